import { scenario } from '../scenario';
import { asSender, bodiesOf, contentTypesOf, freeHeaders, postWith } from './callers';

export const headersTravel = scenario<'callback'>({
  id: 'callback/headers-travel',
  kind: 'callback',
  title:
    'headers that the route requires are refused when they are missing, and travel in any case of letters',
  applies: (flow) => freeHeaders(flow).length > 0,
  async run(stage) {
    const { check, flow } = stage;
    const [body = ''] = await bodiesOf(flow, 1);
    const { headers: asked } = asSender(stage, { body });
    const contentType = contentTypesOf(flow)[0] ?? 'application/json';
    const answer = await postWith(stage, {
      body,
      headers: [['Content-Type', contentType], ...asked],
    });
    check('without them: 400', answer.status === 400, `${answer.status} ${answer.body}`);
    const headers = freeHeaders(flow).map((name): [string, string] => [name, `value-of-${name}&more=%20`]);
    for (const written of [
      headers,
      headers.map(([name, value]): [string, string] => [name.toLowerCase(), value]),
    ]) {
      const { sqs, status } = await postWith(stage, {
        body,
        headers: [['content-type', contentType], ...asked, ...written],
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
