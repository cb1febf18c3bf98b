import type { SqsError } from './errors';
import type { LiveQueue } from './live-queue';
import type { ReceivedMessage } from './received-message';

/** A queue as one role sees it: each call is a request that SQS may refuse to that role. */
export interface QueueConsumer {
  /** For `nextAvailableAt` and `onAvailable`; messages are taken through the consumer. */
  readonly queue: LiveQueue;
  /** GetQueueAttributes, which Lambda and pipes ask for before they poll. */
  attributes(): SqsError | undefined;
  /** A long poll that does not wait. @param maxMessages 1 to 10 */
  receive(maxMessages: number): readonly ReceivedMessage[] | SqsError;
  delete(receiptHandle: string): SqsError | undefined;
}

/** A consumer that may do everything. */
export const plainConsumer = (queue: LiveQueue): QueueConsumer => ({
  queue,
  attributes: () => undefined,
  receive: (maxMessages) => queue.receive({ maxMessages }),
  delete: (receiptHandle) => queue.delete(receiptHandle),
});
