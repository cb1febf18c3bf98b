import { checkGivenUp, hasOwnQueue } from '../given-up';
import { scenario } from '../scenario';
import { bodiesOf, post } from './callers';

export const httpGivenUp = scenario<'http-callback'>({
  id: 'http-callback/given-up',
  kind: 'http-callback',
  title: 'what a consumer never finishes is given up, and kept for longer than the queue would have kept it',
  // A pipe's own scenarios say what becomes of its queue.
  applies: (flow, system) =>
    hasOwnQueue(flow, system) && !system.pipes.some(({ sourceArn }) => sourceArn === flow.queueArn),
  async run(stage) {
    const { flow, pass, world } = stage;
    const [body = ''] = bodiesOf(flow, 1);
    return checkGivenUp(stage, async () => {
      post(stage, { body });
      const queue = world.queue(flow.queueArn);
      const { redrive, visibilityTimeoutSeconds } = queue.settings;
      for (let receives = 0; receives <= (redrive?.maxReceiveCount ?? 0); receives++) {
        queue.receive({ maxMessages: 1 });
        await pass(visibilityTimeoutSeconds * 1000);
      }
    });
  },
});
