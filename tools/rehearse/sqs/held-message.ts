import { hash } from 'node:crypto';
import { attributesDigest, type MessageAttribute } from './message-attributes';
import type { ReceivedMessage } from './received-message';
import type { StoredMessage } from './stored-message';

export type MessageState = 'visible' | 'notVisible' | 'delayed';

/** A message as a queue holds it. Times are in milliseconds since 1970. */
export interface HeldMessage {
  readonly messageId: string;
  readonly body: string;
  readonly attributes: readonly MessageAttribute[];
  readonly messageGroupId?: string | undefined;
  readonly messageDeduplicationId?: string | undefined;
  readonly sequenceNumber?: string | undefined;
  readonly senderId: string;
  /** What it says of when it was sent; a standard queue's dead letters keep theirs. */
  readonly sentAt: number;
  /** All receives, those on the queue that it was moved from included. */
  readonly receiveCount: number;
  readonly firstReceivedAt?: number | undefined;
  readonly deadLetterQueueSourceArn?: string | undefined;
  /** When retention ends. */
  readonly expiresAt: number;
  readonly state: MessageState;
}

/** How a message is now. */
export const heldMessage = ({ facts, receiveCount, firstReceivedAt, state }: StoredMessage): HeldMessage => ({
  ...facts,
  receiveCount,
  firstReceivedAt,
  state,
});

/** What a receive of a message hands out. */
export function receivedMessage(message: StoredMessage, receiptHandle: string): ReceivedMessage {
  const { messageId, body, attributes, sentAt, senderId, ...ids } = message.facts;
  return {
    messageId,
    receiptHandle,
    body,
    md5OfBody: hash('md5', body),
    attributes: {
      ApproximateReceiveCount: String(message.receiveCount),
      ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
      SentTimestamp: String(sentAt),
      SenderId: senderId,
      ...(ids.messageGroupId !== undefined && { MessageGroupId: ids.messageGroupId }),
      ...(ids.messageDeduplicationId !== undefined && { MessageDeduplicationId: ids.messageDeduplicationId }),
      ...(ids.sequenceNumber !== undefined && { SequenceNumber: ids.sequenceNumber }),
      ...(ids.deadLetterQueueSourceArn !== undefined && {
        DeadLetterQueueSourceArn: ids.deadLetterQueueSourceArn,
      }),
    },
    messageAttributes: attributes,
    ...(attributes.length > 0 && { md5OfMessageAttributes: attributesDigest(attributes) }),
  };
}
