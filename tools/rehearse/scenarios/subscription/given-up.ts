import { checkGivenUp, hasOwnQueue } from '../given-up';
import { scenario } from '../scenario';
import { feed, wantedOf } from './feed';

export const deliveryGivenUp = scenario<'subscription'>({
  id: 'subscription/given-up',
  kind: 'subscription',
  title: 'what the subscriber never takes is given up, and kept for longer than the queue would have kept it',
  applies: hasOwnQueue,
  async run(stage) {
    const { flow, pass, subscriber } = stage;
    subscriber(flow.pipe.arn).behave(() => 'fails');
    return checkGivenUp(stage, async () => {
      const fed = await feed(stage, 2);
      await pass();
      wantedOf(stage, fed);
    });
  },
});
