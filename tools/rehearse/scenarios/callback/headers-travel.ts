import { scenario } from '../scenario';
import { asSender, bodiesOf, contentTypesOf, requiredHeaders } from './callers';

export const headersTravel = scenario<'callback'>({
  id: 'callback/headers-travel',
  kind: 'callback',
  title:
    'headers that the route requires are refused when they are missing, and travel in any case of letters',
  applies: (flow) => requiredHeaders(flow).length > 0,
  async run(stage) {
    const { check, flow, world } = stage;
    const [body = ''] = await bodiesOf(flow, 1);
    const { headers: asked, ...from } = asSender(stage);
    const contentType = contentTypesOf(flow)[0] ?? 'application/json';
    const answer = world.request(flow.api, {
      method: flow.method.httpMethod,
      path: flow.method.path,
      headers: new Map([['Content-Type', contentType], ...asked]),
      body,
      ...from,
    });
    check('without them: 400', answer.status === 400, `${answer.status} ${answer.body}`);
    const headers = requiredHeaders(flow).map((name): [string, string] => [
      name,
      `value-of-${name}&more=%20`,
    ]);
    for (const written of [
      headers,
      headers.map(([name, value]): [string, string] => [name.toLowerCase(), value]),
    ]) {
      const { sqs, status } = world.request(flow.api, {
        method: flow.method.httpMethod,
        path: flow.method.path,
        headers: new Map([['content-type', contentType], ...asked, ...written]),
        body,
        ...from,
      });
      const values = sqs?.sent?.message.attributes.map(({ value }) => value) ?? [];
      for (const [name, value] of written) {
        check(
          `${name} travels as a message attribute`,
          values.includes(value) || usedAsId(sqs?.sent?.message, value),
          `${status} ${values}`,
        );
      }
    }
    return `${headers.map(([name]) => name).join(', ')}: 400 without, an attribute with`;
  },
});

/** A header may be what messages are grouped or told apart by. */
const usedAsId = (
  message: { readonly messageGroupId?: string; readonly messageDeduplicationId?: string } | undefined,
  value: string,
) => message?.messageGroupId === value || message?.messageDeduplicationId === value;
