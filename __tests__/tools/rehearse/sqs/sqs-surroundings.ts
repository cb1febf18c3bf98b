import type { Surroundings } from '../../../../tools/rehearse/api-gateway/surroundings';
import { idSource } from '../../../../tools/rehearse/simulation/ids';
import { VirtualClock } from '../../../../tools/rehearse/simulation/virtual-clock';
import { LiveQueue } from '../../../../tools/rehearse/sqs/live-queue';
import { SqsEndpoint } from '../../../../tools/rehearse/sqs/query-protocol';
import type { Queue } from '../../../../tools/rehearse/sqs/queue';

/** Around an API nothing but SQS with these queues, empty, to which every role may do everything. */
export function sqsSurroundings(queues: readonly Queue[], seed = 'test'): Surroundings {
  const ids = idSource(seed);
  const clock = new VirtualClock(1_700_000_000_000);
  const endpoint = new SqsEndpoint({ queues: queues.map((queue) => new LiveQueue(queue, clock, ids)), ids });
  return { ids, sqs: (request, credentials) => endpoint.answer(request, credentials) };
}
