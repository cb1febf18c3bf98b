import { scenario } from '../scenario';
import { bodiesOf, isAccepted, post } from './callers';

export const repeated = scenario<'callback'>({
  id: 'callback/repeated',
  kind: 'callback',
  title: 'a caller that repeats a request gets 2xx again, and the message is there at least once',
  async run(stage) {
    const { check, flow, world, pass } = stage;
    const [body = ''] = await bodiesOf(flow, 1);
    const ids = new Set<string | undefined>();
    for (let time = 0; time < 3; time++) {
      const answer = await post(stage, { body });
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
