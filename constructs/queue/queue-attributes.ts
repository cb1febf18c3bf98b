import type { EncryptionKey } from './encryption-key';

/**
 * Fourteen days, the longest SQS keeps a message.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html
 */
export const maximumRetentionSeconds = 14 * 24 * 60 * 60;

/** Twelve hours, the longest SQS hides a received message. */
export const maximumVisibilityTimeoutSeconds = 12 * 60 * 60;

/**
 * A message must stay hidden for six times as long as its consumer may take, or it is delivered again while the
 * first consumer still works on it.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html#events-sqs-queueconfig
 */
export const visibilityTimeoutFactor = 6;

/** The most deliveries after which SQS redrives a message. */
export const maximumReceiveCount = 1000;

export const defaultReceiveCount = 5;

/** How long a queue keeps messages, in days. */
export const defaultRetentionDays = 7;

/**
 * Deliveries that last through an outage of the consumer when each fails and uses up a visibility timeout; at most
 * what SQS allows.
 */
export const receiveCountCovering = (outageSeconds: number, consumerTimeoutSeconds: number): number => {
  const deliveries = Math.ceil(outageSeconds / (visibilityTimeoutFactor * consumerTimeoutSeconds));
  return Math.min(maximumReceiveCount, Math.max(defaultReceiveCount, deliveries));
};

/** With a key of the stack, or with the keys that SQS manages itself. */
export const encryptionAttributes = (key: EncryptionKey | undefined) =>
  key ? { kmsMasterKeyId: key.arn } : { sqsManagedSseEnabled: true };

/**
 * Largest message, attributes included, in bytes. SQS itself takes 1 MiB; version 5 of the AWS provider refuses more
 * than this, and sets it where nothing is set.
 */
export const maximumMessageBytes = 256 * 1024;
