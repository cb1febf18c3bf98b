import type { HttpCallbackFlow } from '../../world/flows';
import { scenario } from '../scenario';
import { bodiesOf, idSourcesOf, isAccepted, post } from './callers';

/** Each is a text that SQS takes as an id, and that would be more than one value if it were not kept apart. */
const taken = ['plain', 'x&MessageBody=other', 'a+b%26c=%zz#;"\'\\,{}', '"},"victim":{"x":"'];

const refused = ['', 'two words', 'x'.repeat(129), 'line\nbreak'];

export const hostileIds = scenario<'http-callback'>({
  id: 'http-callback/hostile-ids',
  kind: 'http-callback',
  title: 'ids that callers choose arrive as they were sent or get 4xx, and touch nothing else of the message',
  applies: (flow) => idSourcesOf(flow).length > 0,
  async run(stage) {
    const { check, flow, world } = stage;
    const calls = callsOf(flow);
    let queued = 0;
    for (const { what, parameter, value, fine, ...call } of calls) {
      const answer = post(stage, call);
      const message = answer.sqs?.sent?.message;
      if (!fine) {
        check(
          `${what} gets 4xx`,
          answer.status >= 400 && answer.status < 500,
          `${answer.status} ${answer.body}`,
        );
        check(`${what} is not queued`, message === undefined);
        continue;
      }
      check(`${what} is accepted`, isAccepted(answer), `${answer.status} ${answer.body}`);
      const id = parameter === 'MessageGroupId' ? message?.messageGroupId : message?.messageDeduplicationId;
      check(`${what} arrives as it was sent`, id === value, id);
      check(`${what} leaves the body as it was`, message?.body === call.body, message?.body);
      check(`${what} adds no attribute`, message?.attributes.length === 3);
      if (answer.sqs?.sent?.duplicateOf === undefined) queued++;
    }
    check('nothing else is queued', world.account(flow.queueArn).accepted === queued);
    return `${calls.length} ids of ${idSourcesOf(flow)
      .map(({ from, name }) => `${from} ${name}`)
      .join(' and ')}`;
  },
});

function callsOf(flow: HttpCallbackFlow) {
  const values = [
    ...taken.map((value) => ({ value, fine: true })),
    ...refused.map((value) => ({ value, fine: false })),
  ];
  const sources = idSourcesOf(flow);
  const bodies = bodiesOf(flow, sources.length * values.length);
  return sources.flatMap(({ parameter, from, name }, row) =>
    values
      // No header has a line break.
      .filter(({ value }) => from === 'body' || !value.includes('\n'))
      .map(({ value, fine }, column) => {
        const body = bodies[row * values.length + column] ?? '{}';
        const what = `${name} ${JSON.stringify(value.slice(0, 40))}`;
        return from === 'header'
          ? { what, parameter, value, fine, body, headers: [[name, value] as const] }
          : { what, parameter, value, fine, body: JSON.stringify({ ...JSON.parse(body), [name]: value }) };
      }),
  );
}
