import { checkGivenUp, hasOwnQueue } from '../given-up';
import { scenario } from '../scenario';
import { feed, takenOf, wantedOf } from './feed';

export const deliveryGivenUp = scenario<'subscription'>({
  id: 'subscription/given-up',
  kind: 'subscription',
  title:
    'what the subscriber never takes is given up, kept for longer than the queue would have kept it, and delivered by a redrive',
  applies: hasOwnQueue,
  async run(stage) {
    const { check, flow, pass, subscriber, world } = stage;
    const control = subscriber(flow.pipe.arn);
    control.behave(() => 'fails');
    const fed = await feed(stage, 1);
    const outcome = await checkGivenUp(stage, () => pass());
    control.behave(() => 'accepts');
    world.redrive(flow.queueArn);
    await pass();
    const wanted = wantedOf(stage, fed);
    const taken = takenOf(stage, wanted);
    check('a redrive delivers it', taken.length === wanted.length, `${taken.length} of ${wanted.length}`);
    return `${outcome}; delivered by a redrive`;
  },
});
