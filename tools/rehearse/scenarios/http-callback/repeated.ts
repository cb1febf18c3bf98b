import { scenario } from '../scenario';
import { bodiesOf, isAccepted, post } from './callers';

export const httpRepeated = scenario<'http-callback'>({
  id: 'http-callback/repeated',
  kind: 'http-callback',
  title: 'a caller that repeats a request gets 2xx again, and the message is there at least once',
  async run(stage) {
    const { check, flow, pass, world } = stage;
    const [body = ''] = bodiesOf(flow, 1);
    const ids = new Set<string | undefined>();
    for (let time = 0; time < 3; time++) {
      const answer = post(stage, { body });
      check('the caller gets a 2xx', isAccepted(answer), `${answer.status} ${answer.body}`);
      ids.add(answer.sqs?.sent?.message.messageId);
      await pass(1000);
    }
    const { accepted } = world.account(flow.queueArn);
    check('each answer stands for a message of the queue', accepted === ids.size && !ids.has(undefined));
    return accepted === 1
      ? '3 times the same request: one message, SQS took the others for repetitions'
      : `3 times the same request: ${accepted} messages, for the consumer to tell apart`;
  },
});

export const httpToldApart = scenario<'http-callback'>({
  id: 'http-callback/told-apart',
  kind: 'http-callback',
  title: 'different callbacks are different messages, also within five minutes',
  applies: (flow, { queues }) => queues.find(({ arn }) => arn === flow.queueArn)?.fifo === true,
  async run(stage) {
    const { check, flow, world } = stage;
    const bodies = bodiesOf(flow, 3);
    for (const body of bodies) {
      const { body: said, status, sqs } = post(stage, { body });
      check(
        `SQS takes it for a message of its own: ${body}`,
        sqs?.sent !== undefined && sqs.sent.duplicateOf === undefined,
        `${status} ${said}: ${sqs?.sent?.message.messageDeduplicationId}, by ${flow.route.integration.address}`,
      );
    }
    const { accepted } = world.account(flow.queueArn);
    check('each is a message', accepted === bodies.length, `${accepted} of ${bodies.length}`);
    return `${bodies.length} callbacks, ${accepted} messages`;
  },
});
