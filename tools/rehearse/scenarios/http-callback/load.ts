import { faultShare, loadFaults } from '../load-faults';
import { shareOf } from '../load-share';
import { scenario } from '../scenario';
import { bodiesOf, isAccepted, post } from './callers';

const perSecond = 200;

export const httpLoad = scenario<'http-callback'>({
  id: 'http-callback/load',
  kind: 'http-callback',
  load: true,
  title: `a load of callbacks with ${faultShare * 100} % faults of every kind, through to the subscriber where there is one: nothing lost`,
  faults: (random) => loadFaults(random, []),
  async run(stage) {
    const { check, clock, flow, pass, random, subscriber, world } = stage;
    const pipe = world.system.pipes.find(({ sourceArn }) => sourceArn === flow.queueArn);
    const troubles = random.fork('subscriber');
    if (pipe) {
      subscriber(pipe.arn).behave(() => (troubles.chance(faultShare) ? 'fails' : 'accepts'));
    }
    const count = shareOf(stage);
    const from = clock.now();
    let posts = 0;
    for (const [number, body] of bodiesOf(flow, count).entries()) {
      for (;;) {
        const answer = post(stage, { body });
        posts++;
        const taken = answer.sqs?.sent !== undefined;
        check('2xx is for what SQS has taken', isAccepted(answer) === taken, `${answer.status}`);
        // A caller whose answer is lost on the way posts again, as one that was refused.
        if (taken && !random.chance(faultShare)) break;
        await pass(50);
      }
      if (number % perSecond === perSecond - 1) await pass(1000);
    }
    const sending = clock.now() - from;
    await pass();
    const { accepted, delivered, deadLettered, waiting, lost } = world.account(flow.queueArn);
    check('nothing is lost', lost.length === 0, `${lost.length} messages`);
    check('every callback is accepted', accepted >= count, `${accepted} of ${count}`);
    const done = pipe ? delivered : waiting;
    check(
      pipe ? 'everything is delivered' : 'everything waits for its consumer',
      done === accepted,
      `${done} of ${accepted}, ${deadLettered} dead letters`,
    );
    return `${posts} posts in ${Math.round(sending / 1000)} s: ${accepted} messages, ${pipe ? `${delivered} delivered` : `${waiting} waiting`}`;
  },
});
