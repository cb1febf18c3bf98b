import type { Invoke } from '../../../../tools/rehearse/lambda/invocation';
import { PipeRunner, type PipeRunnerOptions } from '../../../../tools/rehearse/pipe/pipe-runner';
import type { Pipe } from '../../../../tools/rehearse/pipe/pipes';
import { type Behave, Subscriber } from '../../../../tools/rehearse/pipe/subscriber';
import { idSource } from '../../../../tools/rehearse/simulation/ids';
import { VirtualClock } from '../../../../tools/rehearse/simulation/virtual-clock';
import { LiveQueue } from '../../../../tools/rehearse/sqs/live-queue';
import { existingQueue, type Queue } from '../../../../tools/rehearse/sqs/queue';
import { plainConsumer, type QueueConsumer } from '../../../../tools/rehearse/sqs/queue-consumer';

export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const start = 1_767_225_600_000;

export interface RigOptions {
  readonly pipe: Pipe;
  readonly queue?: Partial<Queue>;
  /** @default 480 */
  readonly maxReceiveCount?: number;
  readonly behave?: Behave;
  readonly invoke?: (clock: VirtualClock) => Invoke;
  readonly consumer?: (queue: LiveQueue) => QueueConsumer;
  readonly runner?: Partial<PipeRunnerOptions>;
}

/** A queue with its dead-letter queue, a pipe, and what stands at its end. */
export function rig({
  pipe,
  queue: settings,
  maxReceiveCount = 480,
  behave,
  invoke,
  consumer,
  runner,
}: RigOptions) {
  const clock = new VirtualClock(start);
  const ids = idSource('rig');
  const source = existingQueue(pipe.sourceArn);
  const deadLetterArn = pipe.sourceArn.replace(/(\.fifo)?$/, '-dlq$1');
  const deadLetters = new LiveQueue(
    { ...existingQueue(deadLetterArn), messageRetentionSeconds: 1_209_600 },
    clock,
    ids,
  );
  const queue = new LiveQueue(
    {
      ...source,
      visibilityTimeoutSeconds: 180,
      contentBasedDeduplication: source.fifo,
      redrive: { deadLetterTargetArn: deadLetterArn, maxReceiveCount },
      ...settings,
    },
    clock,
    ids,
    () => deadLetters,
  );
  const subscriber = new Subscriber({
    clock,
    ...(behave && { behave }),
    idOf: ({ body }) => (JSON.parse(body.toString()) as { readonly messageId: string }).messageId,
  });
  const delivered: string[] = [];
  const filtered: string[] = [];
  const failed: { readonly at: number; readonly ids: readonly string[]; readonly reason: string }[] = [];
  const running = new PipeRunner(pipe, {
    clock,
    consumer: (consumer ?? plainConsumer)(queue),
    network: subscriber.network,
    invoke: () => invoke?.(clock) ?? (async () => ({ kind: 'returned', payload: null })),
    authorizeTarget: () => undefined,
    onDelivered: (messageIds) => delivered.push(...messageIds),
    onFiltered: (messageIds) => filtered.push(...messageIds),
    onFailed: (messageIds, reason) => failed.push({ at: clock.now(), ids: messageIds, reason }),
    ...runner,
  });
  running.start();
  return {
    clock,
    queue,
    deadLetters,
    subscriber,
    runner: running,
    delivered,
    filtered,
    failed,
    /** @returns the message's id */
    send: (body: string, messageGroupId = 'g') =>
      queue.send({ body, attributes: [], ...(source.fifo && { messageGroupId }) }, 'AROASENDER:s').messageId,
    waiting: () => queue.messages().map(({ messageId }) => messageId),
    dead: () => deadLetters.messages().map(({ messageId }) => messageId),
  };
}
