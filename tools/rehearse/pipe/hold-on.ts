import { NotSimulated } from '../../not-simulated';
import type { LiveQueue } from '../sqs/live-queue';
import type { ReceivedMessage } from '../sqs/received-message';

/**
 * All that a message can be in flight after one receive, in milliseconds.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibility.html
 */
const longestInFlight = 12 * 60 * 60_000;

/**
 * Keeps messages in flight until they are tried again. Pipes do it without a permission of their role's, so
 * that it is done behind the consumer's back.
 *
 * @param heldFor milliseconds since they were received
 * @param retry milliseconds until they are tried again
 * @returns false when that is not possible any more: they have expired, or SQS's limit makes them come back
 * @throws NotSimulated when coming back makes dead letters of them: EventBridge says that it does not, and
 *   not how
 */
export function holdOn(
  queue: LiveQueue,
  messages: readonly ReceivedMessage[],
  { heldFor, retry }: { readonly heldFor: number; readonly retry: number },
): boolean {
  const { visibilityTimeoutSeconds, redrive, arn } = queue.settings;
  const seconds = Math.ceil(retry / 1000) + visibilityTimeoutSeconds;
  if (heldFor + seconds * 1000 > longestInFlight) {
    const last = messages.find(
      ({ attributes }) => redrive && Number(attributes.ApproximateReceiveCount) >= redrive.maxReceiveCount,
    );
    if (!last) return false;
    throw new NotSimulated(
      arn,
      'a target without connection for longer than SQS keeps a message in flight, at the last delivery of ' +
        last.messageId,
    );
  }
  return messages
    .map(({ receiptHandle }) => queue.changeVisibility(receiptHandle, seconds))
    .some((error) => error === undefined);
}
