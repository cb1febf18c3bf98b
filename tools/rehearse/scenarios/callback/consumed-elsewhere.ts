import { scenario } from '../scenario';
import { bodiesOf, post } from './callers';

export const consumedElsewhere = scenario<'callback'>({
  id: 'callback/consumed-elsewhere',
  kind: 'callback',
  title:
    'each role of another account that is to consume the queue can, with what is printed for it and nothing else',
  essential: true,
  applies: ({ consumerRoleArns }) => consumerRoleArns.length > 0,
  async run(stage) {
    const { check, flow, world } = stage;
    const bodies = await bodiesOf(flow, flow.consumerRoleArns.length);
    for (const [index, roleArn] of flow.consumerRoleArns.entries()) {
      const body = bodies[index] ?? '';
      const answer = await post(stage, { body });
      const sent = answer.sqs?.sent?.message;
      check('the callback is queued', sent !== undefined);
      const consumer = world.consumerAs(roleArn, flow.queueArn);
      check(`a policy is printed for ${roleArn}`, consumer !== undefined);
      if (!consumer || !sent) continue;
      const unseen = consumer.attributes();
      check(`${roleArn} sees the queue`, unseen === undefined, unseen?.message);
      const received = consumer.receive(10);
      const messages = 'code' in received ? [] : received;
      check(
        `${roleArn} gets the message`,
        messages.length === 1 && messages[0]?.body === body,
        'code' in received ? received.message : `${received.length} messages`,
      );
      const kept = messages[0] && consumer.delete(messages[0].receiptHandle);
      check(`${roleArn} deletes it`, kept === undefined, kept?.message);
      world.ledger.delivered(sent.messageId);
    }
    const left = world.queue(flow.queueArn).messages().length;
    check('nothing is left on the queue', left === 0, `${left} messages`);
    return `${flow.consumerRoleArns.join(', ')}: received and deleted`;
  },
});
