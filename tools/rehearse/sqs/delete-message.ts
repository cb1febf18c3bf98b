import { missing, type SqsError } from './errors';
import type { LiveQueue } from './live-queue';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessage.html */
export function deleteMessage(queue: LiveQueue, fields: ReadonlyMap<string, string>): SqsError | undefined {
  const receiptHandle = fields.get('ReceiptHandle');
  return receiptHandle === undefined ? missing('ReceiptHandle') : queue.delete(receiptHandle);
}
