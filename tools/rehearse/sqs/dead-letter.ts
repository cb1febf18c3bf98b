import { NotSimulated } from '../../not-simulated';
import type { IdSource } from '../simulation/ids';
import type { QueueCore } from './queue-core';
import type { StoredMessage } from './stored-message';

/**
 * Moves a message to the dead-letter queue. It keeps its id and its receives. On a standard queue it keeps its first
 * timestamp too, and so the end of its retention may be near; on a FIFO queue that starts anew, and the message's id
 * becomes its deduplication id.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
 *
 * @throws NotSimulated when the queue is not there, or has settings with which it is not known what becomes of it
 */
export function moveToDeadLetterQueue(
  message: StoredMessage,
  source: QueueCore,
  target: QueueCore | undefined,
  now: number,
): void {
  const { arn, redrive } = source.settings;
  if (!target || target.settings.arn !== redrive?.deadLetterTargetArn) {
    throw new NotSimulated(arn, `its dead-letter queue ${redrive?.deadLetterTargetArn}, which is not there,`);
  }
  if (target.settings.redrive || target.settings.delaySeconds > 0) {
    throw new NotSimulated(target.settings.arn, 'a dead-letter queue with a delay or with one of its own');
  }
  const { facts } = message;
  source.sendAway(message, target, facts.messageId);
  const anew = target.fifo && {
    sentAt: now,
    sequenceNumber: target.fifo.nextSequenceNumber(),
    messageDeduplicationId: facts.messageId,
  };
  target.enter({ ...facts, ...anew, deadLetterQueueSourceArn: arn }, now, 0, message);
}

/**
 * Moves what can be received from a queue, in the order in which it came, as StartMessageMoveTask does: as new
 * messages, which were never received.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html
 *
 * @param ids for the new messages
 * @returns how many
 * @throws NotSimulated for a destination of the other kind, which AWS refuses
 */
export function redriveMessages(
  source: QueueCore,
  destination: QueueCore,
  { ids, now }: { readonly ids: IdSource; readonly now: number },
): number {
  if (destination === source || destination.settings.fifo !== source.settings.fifo) {
    throw new NotSimulated(source.settings.arn, `moving its messages to ${destination.settings.arn}`);
  }
  const messages = [...source.store.receivable()].sort((a, b) => a.arrival - b.arrival);
  for (const message of messages) {
    const messageId = ids();
    source.sendAway(message, destination, messageId);
    const { body, attributes, senderId, messageGroupId, messageDeduplicationId } = message.facts;
    const content = {
      body,
      attributes,
      ...(messageGroupId !== undefined && { messageGroupId }),
      ...(messageDeduplicationId !== undefined && { messageDeduplicationId }),
    };
    const fifoIds = destination.fifo?.accept(content, messageId, now);
    destination.enter(
      { ...content, ...fifoIds, messageId, senderId },
      now,
      destination.settings.delaySeconds,
    );
  }
  return messages.length;
}
