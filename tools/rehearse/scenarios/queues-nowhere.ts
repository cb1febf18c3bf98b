import type { System } from '../world/system';
import type { Failure } from './result';

/** Queues that are sent to or taken from, and that neither a stack makes nor the environment lists. */
export function queuesNowhere({ queues, flows, mappings, pipes }: System): readonly Failure[] {
  const named = [
    ...flows.flatMap((flow) => {
      if (flow.kind === 'subscription') return [];
      const { integration } = flow.kind === 'callback' ? flow.method : flow.route;
      return [{ place: integration.address, arn: flow.queueArn }];
    }),
    ...mappings.map(({ address, queueArn }) => ({ place: address, arn: queueArn })),
    ...pipes.map(({ address, sourceArn }) => ({ place: address, arn: sourceArn })),
  ];
  return named
    .filter(({ arn }) => !queues.some((queue) => queue.arn === arn))
    .map(({ place, arn }) => ({
      place,
      what: `no stack has the queue ${arn}: AWS.SimpleQueueService.NonExistentQueue`,
    }));
}
