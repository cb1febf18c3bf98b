import type { SubscriptionFlow } from '../../world/flows';
import { bodiesOfOneGroup, post } from '../callback/callers';
import * as http from '../http-callback/callers';
import type { Stage } from '../scenario';
import { scenario } from '../scenario';
import { areIdentified, type Fed, feed, takenOf, wantedOf } from './feed';

export const poisonedGroup = scenario<'subscription'>({
  id: 'subscription/poisoned-group',
  kind: 'subscription',
  title: 'a message that the subscriber never takes is given up alone: those behind it in its group pass',
  applies: (flow, { queues }) => {
    const queue = queues.find(({ arn }) => arn === flow.queueArn);
    return areIdentified(flow) && queue?.fifo === true && queue.redrive !== undefined;
  },
  async run(stage) {
    const { check, flow, pass, subscriber, world } = stage;
    const fed = await feedOneGroup(stage, 4);
    const [, poison] = fed;
    const isPoison = ({ messageId }: { readonly messageId: string }) => messageId === poison?.messageId;
    subscriber(flow.pipe.arn).behave((delivery) => (isPoison(delivery) ? 'fails' : 'accepts'));
    await pass();
    const wanted = wantedOf(stage, fed).filter((one) => !isPoison(one));
    const taken = takenOf(stage, wanted);
    check('the others are delivered', taken.length === wanted.length, `${taken.length} of ${wanted.length}`);
    const { deadLettered } = world.account(flow.queueArn);
    check('it alone is a dead letter', deadLettered === 1, `${deadLettered} dead letters`);
    return `1 of ${fed.length} in a group a dead letter, the others delivered`;
  },
});

/** Messages of one group, where the callback takes that from the body too. */
async function feedOneGroup(stage: Stage<SubscriptionFlow>, count: number): Promise<readonly Fed[]> {
  const { callback } = stage.flow;
  if (!callback) return feed(stage, count);
  if (callback.kind === 'http-callback') {
    return http.bodiesOfOneGroup(callback, count).map((body): Fed => {
      const { sqs } = http.post({ world: stage.world, flow: callback }, { body });
      return { messageId: sqs?.sent?.message.messageId ?? '', body };
    });
  }
  const fed: Fed[] = [];
  for (const body of await bodiesOfOneGroup(callback, count)) {
    const answer = await post({ ...stage, flow: callback }, { body });
    fed.push({ messageId: answer.sqs?.sent?.message.messageId ?? '', body });
  }
  return fed;
}
