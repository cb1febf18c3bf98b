import { scenario } from '../scenario';
import { areIdentified, feed, takenOf, wantedOf } from './feed';

export const poisonMessage = scenario<'subscription'>({
  id: 'subscription/poison',
  kind: 'subscription',
  title: 'a message that the subscriber never takes ends in the dead-letter queue; the others pass',
  applies: (flow, { queues }) =>
    areIdentified(flow) && queues.find(({ arn }) => arn === flow.queueArn)?.redrive !== undefined,
  async run(stage) {
    const { check, flow, pass, subscriber, world } = stage;
    const control = subscriber(flow.pipe.arn);
    const fed = await feed(stage, 5);
    const poison = fed[0];
    control.behave(({ messageId }) => (messageId === poison?.messageId ? 'fails' : 'accepts'));
    await pass();
    const wanted = wantedOf(stage, fed);
    const taken = takenOf(stage, wanted);
    const others = wanted.filter(({ messageId }) => messageId !== poison?.messageId).length;
    check('the others are delivered', taken.length === others, `${taken.length} of ${others}`);
    check('it is not', !taken.some(({ messageId }) => messageId === poison?.messageId));
    const { deadLettered, waiting } = world.account(flow.queueArn);
    check(
      'it is a dead letter',
      deadLettered === wanted.length - others && waiting === 0,
      `${deadLettered} dead letters, ${waiting} waiting`,
    );
    return `1 of ${wanted.length} a dead letter after ${world.queue(flow.queueArn).settings.redrive?.maxReceiveCount} deliveries`;
  },
});
