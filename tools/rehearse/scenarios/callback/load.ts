import type { Flow } from '../../world/flows';
import type { System } from '../../world/system';
import { faultShare, loadFaults } from '../load-faults';
import { isPoison, shareOf } from '../load-share';
import { scenario } from '../scenario';
import { bodiesOf, isAccepted, post } from './callers';

const perSecond = 200;

const pipeOf = (flow: Flow, { pipes }: System) => pipes.find(({ sourceArn }) => sourceArn === flow.queueArn);

export const callbackLoad = scenario<'callback'>({
  id: 'callback/load',
  kind: 'callback',
  load: true,
  title: `a load of callbacks with ${faultShare * 100} % faults of every kind, through to the subscriber where there is one: nothing lost, the poisoned one alone a dead letter`,
  faults: (random) => loadFaults(random, []),
  async run(stage) {
    const { check, clock, flow, pass, random, subscriber, world } = stage;
    const pipe = pipeOf(flow, world.system);
    const poisoned = new Set<string>();
    const troubles = random.fork('subscriber');
    if (pipe) {
      subscriber(pipe.arn).behave(({ messageId }) => {
        if (poisoned.has(messageId)) return 'fails';
        if (!troubles.chance(faultShare)) return 'accepts';
        return (['fails', 'slow', 'unreachable'] as const)[troubles.between(0, 2)] ?? 'fails';
      });
    }
    const count = shareOf(stage);
    const bodies = await bodiesOf(flow, count);
    const from = clock.now();
    let posts = 0;
    let repeated = 0;
    for (const [number, body] of bodies.entries()) {
      for (;;) {
        const answer = await post(stage, { body });
        posts++;
        const messageId = answer.sqs?.sent?.message.messageId;
        check(
          '2xx is for what SQS has taken',
          isAccepted(answer) === (messageId !== undefined),
          `${answer.status}`,
        );
        if (isPoison(number, count) && messageId !== undefined) poisoned.add(messageId);
        // A caller whose answer is lost on the way posts again, as one that was refused.
        const lostAnswer = random.chance(faultShare);
        if (messageId !== undefined && !lostAnswer) break;
        if (messageId !== undefined) repeated++;
        await pass(50);
      }
      if (number % perSecond === perSecond - 1) await pass(1000);
    }
    const sending = clock.now() - from;
    await pass();
    const { accepted, delivered, deadLettered, waiting, lost } = world.account(flow.queueArn);
    check('nothing is lost', lost.length === 0, `${lost.length} messages`);
    check('every callback is accepted', accepted >= count, `${accepted} of ${count}`);
    if (pipe) {
      check(
        'the poisoned one alone is a dead letter',
        deadLettered === poisoned.size,
        `${deadLettered} instead of ${poisoned.size}`,
      );
      check(
        'everything else is delivered',
        delivered === accepted - poisoned.size,
        `${delivered} of ${accepted - poisoned.size}, ${waiting} waiting`,
      );
    } else {
      check('everything waits for its consumer', waiting === accepted, `${waiting} of ${accepted}`);
    }
    return `${posts} posts in ${Math.round(sending / 1000)} s, ${repeated} of them repeated after a lost answer: ${accepted} messages, ${pipe ? `${delivered} delivered, ${deadLettered} dead letters` : `${waiting} waiting`}`;
  },
});
