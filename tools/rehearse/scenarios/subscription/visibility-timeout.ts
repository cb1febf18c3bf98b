import type { Pipe } from '../../pipe/pipes';
import type { System } from '../../world/system';
import { hasOwnQueue } from '../given-up';
import { scenario } from '../scenario';

/** In seconds. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html */
const apiDestinationTimeout = 5;

/** In seconds; nothing where the target is someone else's function. */
function longestDelivery({ target }: Pipe, { functions }: System): number | undefined {
  if (target.kind === 'api-destination') return apiDestinationTimeout;
  return functions.find(({ arn }) => arn === target.functionArn)?.timeoutSeconds;
}

export const visibilityTimeout = scenario<'subscription'>({
  id: 'subscription/visibility-timeout',
  kind: 'subscription',
  title: 'a message stays hidden for as long as its delivery may take: nobody gets it again meanwhile',
  applies: (flow, system) => hasOwnQueue(flow, system) && longestDelivery(flow.pipe, system) !== undefined,
  async run({ check, flow, world }) {
    const { name, visibilityTimeoutSeconds } = world.queue(flow.queueArn).settings;
    const longest = longestDelivery(flow.pipe, world.system) ?? 0;
    const { target } = flow.pipe;
    check(
      'the queue hides it for longer than that',
      visibilityTimeoutSeconds > longest,
      `visibility_timeout_seconds of ${name} is ${visibilityTimeoutSeconds}; ${target.kind === 'lambda' ? target.functionArn : 'an API destination'} may take ${longest} s`,
    );
    return `hidden for ${visibilityTimeoutSeconds} s, delivered within ${longest} s`;
  },
});
