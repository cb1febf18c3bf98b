import { missing, type SqsError } from './errors';
import { wholeNumber } from './fields';
import type { LiveQueue } from './live-queue';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibility.html */
export function changeMessageVisibility(
  queue: LiveQueue,
  fields: ReadonlyMap<string, string>,
): SqsError | undefined {
  const receiptHandle = fields.get('ReceiptHandle');
  const seconds = wholeNumber(fields, 'VisibilityTimeout');
  if (receiptHandle === undefined) return missing('ReceiptHandle');
  if (seconds === undefined) return missing('VisibilityTimeout');
  return queue.changeVisibility(receiptHandle, seconds);
}
