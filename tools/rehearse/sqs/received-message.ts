import type { MessageAttribute } from './message-attributes';

/**
 * A message as ReceiveMessage hands it out.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_Message.html
 */
export interface ReceivedMessage {
  readonly messageId: string;
  /** Another one with every receive. */
  readonly receiptHandle: string;
  readonly body: string;
  readonly md5OfBody: string;
  readonly attributes: SystemAttributes;
  readonly messageAttributes: readonly MessageAttribute[];
  /** Of messages that have attributes. */
  readonly md5OfMessageAttributes?: string;
}

/** What SQS says of a message, under its own names; times are milliseconds since 1970, all as text. */
export interface SystemAttributes {
  readonly ApproximateReceiveCount: string;
  readonly ApproximateFirstReceiveTimestamp: string;
  readonly SentTimestamp: string;
  readonly SenderId: string;
  readonly MessageGroupId?: string;
  /** On FIFO queues alone, as is the next. */
  readonly MessageDeduplicationId?: string;
  readonly SequenceNumber?: string;
  /** On a dead-letter queue: where the message was moved from. */
  readonly DeadLetterQueueSourceArn?: string;
}
