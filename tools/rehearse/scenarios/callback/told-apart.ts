import { scenario } from '../scenario';
import { bodiesOfOneGroup, isAccepted, post } from './callers';

export const toldApart = scenario<'callback'>({
  id: 'callback/told-apart',
  kind: 'callback',
  title: 'different callbacks are different messages, also in one group and within five minutes',
  applies: (flow, { queues }) => queues.find(({ arn }) => arn === flow.queueArn)?.fifo === true,
  async run(stage) {
    const { check, flow, world } = stage;
    const bodies = await bodiesOfOneGroup(flow, 3);
    for (const body of bodies) {
      const answer = await post(stage, { body });
      const sent = answer.sqs?.sent;
      check(`${body} is accepted`, isAccepted(answer), `${answer.status} ${answer.sqs?.body ?? answer.body}`);
      check(
        `SQS takes it for a message of its own: ${body}`,
        sent?.duplicateOf === undefined,
        `its MessageDeduplicationId ${sent?.message.messageDeduplicationId} was there before, by ${flow.method.integration.address}`,
      );
    }
    const { accepted } = world.account(flow.queueArn);
    check('each is a message', accepted === bodies.length, `${accepted} of ${bodies.length}`);
    return `${bodies.length} callbacks of one group, ${accepted} messages`;
  },
});
