import { hostileTexts } from '../../samples/hostile-texts';
import type { CallbackFlow } from '../../world/flows';
import { scenario } from '../scenario';
import { bodiesOf, contentTypesOf, post } from './callers';

export const hostileText = scenario<'callback'>({
  id: 'callback/hostile-text',
  kind: 'callback',
  title: 'text that looks like parameters, templates or markup stays text, in body and headers',
  async run(stage) {
    const { check, flow, world } = stage;
    const calls = await callsOf(flow);
    for (const { body, contentType, text } of calls) {
      const answer = await post(stage, {
        body,
        contentType,
        headers: [['User-Agent', text.replace(/[^ -~]/g, '')]],
      });
      const message = answer.sqs?.sent?.message;
      check(
        `${JSON.stringify(text)} is queued`,
        message !== undefined,
        `${answer.status} ${answer.sqs?.body ?? answer.body}`,
      );
      check(`${JSON.stringify(text)} arrives as it was sent`, message?.body === body, message?.body);
      check(
        `${JSON.stringify(text)} adds no message attribute`,
        !message?.attributes.some(({ value }) => value === 'victim'),
      );
    }
    check('each is one message', world.account(flow.queueArn).accepted === calls.length);
    return `${calls.length} bodies, each as it was sent`;
  },
});

/** Hostile text as the whole body where that is allowed, else within a JSON body that the schema takes. */
async function callsOf(flow: CallbackFlow) {
  const model = flow.method.models.get('application/json');
  const plain = contentTypesOf(flow).filter((type) => type !== 'application/json');
  const samples = await bodiesOf(flow, hostileTexts.length);
  return [
    ...plain.flatMap((contentType) => hostileTexts.map((text) => ({ contentType, text, body: text }))),
    ...(contentTypesOf(flow).includes('application/json') ? hostileTexts : []).flatMap((text, index) => {
      const sample = JSON.parse(samples[index] ?? '{}') as Readonly<Record<string, unknown>>;
      const candidates = [
        { ...sample, USERDATA: text },
        ...Object.keys(sample).map((field) => ({ ...sample, [field]: text })),
      ].map((candidate) => JSON.stringify(candidate));
      const body = candidates.find((candidate) => model?.fault(candidate) === undefined);
      return body === undefined ? [] : [{ contentType: 'application/json', text, body }];
    }),
  ];
}
