import { scenario } from '../scenario';
import { areIdentified, feed, takenOf, wantedOf } from './feed';

const hour = 60 * 60_000;

export const down = scenario<'subscription'>({
  id: 'subscription/down',
  kind: 'subscription',
  title:
    'a subscriber that answers with errors for an hour gets everything afterwards, and nothing is given up',
  async run(stage) {
    const { check, flow, pass, subscriber, world } = stage;
    subscriber(flow.pipe.arn).behave(() => 'fails');
    const before = await feed(stage, 20);
    await pass(hour);
    check('nothing is delivered meanwhile', takenOf(stage, before).length === 0);
    subscriber(flow.pipe.arn).behave(() => 'accepts');
    await pass();
    const wanted = wantedOf(stage, before);
    const taken = takenOf(stage, wanted);
    check('all of it is delivered', taken.length === wanted.length, `${taken.length} of ${wanted.length}`);
    const { deadLettered, waiting } = world.account(flow.queueArn);
    check(
      'nothing is given up',
      deadLettered + waiting === 0,
      `${deadLettered} dead letters, ${waiting} waiting`,
    );
    return `${wanted.length} messages waited for an hour, all delivered`;
  },
});

export const unreachable = scenario<'subscription'>({
  id: 'subscription/unreachable',
  kind: 'subscription',
  title: 'a subscriber that cannot be connected to for two days gets everything afterwards',
  applies: ({ pipe }) => pipe.target.kind === 'api-destination',
  async run(stage) {
    const { check, flow, pass, subscriber, world } = stage;
    subscriber(flow.pipe.arn).behave(() => 'unreachable');
    const before = await feed(stage, 20);
    await pass(48 * hour);
    subscriber(flow.pipe.arn).behave(() => 'accepts');
    await pass();
    const wanted = wantedOf(stage, before);
    const taken = takenOf(stage, wanted);
    check('all of it is delivered', taken.length === wanted.length, `${taken.length} of ${wanted.length}`);
    check('nothing is a dead letter', world.account(flow.queueArn).deadLettered === 0);
    return `${wanted.length} messages waited for two days, all delivered`;
  },
});

export const slow = scenario<'subscription'>({
  id: 'subscription/slow',
  kind: 'subscription',
  title: 'a subscriber that answers too late gets messages again, with the same id, and loses none',
  applies: areIdentified,
  async run(stage) {
    const { check, flow, pass, subscriber, world } = stage;
    const control = subscriber(flow.pipe.arn);
    const seen = new Set<string>();
    control.behave(({ messageId }) => {
      if (seen.has(messageId)) return 'accepts';
      seen.add(messageId);
      return 'slow';
    });
    const fed = await feed(stage, 10);
    await pass();
    const wanted = wantedOf(stage, fed);
    const taken = takenOf(stage, wanted);
    check('all of it is delivered', taken.length === wanted.length, `${taken.length} of ${wanted.length}`);
    check('nothing is a dead letter', world.account(flow.queueArn).deadLettered === 0);
    return `${wanted.length} messages, ${control.taken.length} deliveries with ${new Set(control.taken.map(({ messageId }) => messageId)).size} ids`;
  },
});
