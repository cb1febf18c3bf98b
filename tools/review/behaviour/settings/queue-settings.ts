import { counted } from '../../counted';
import { type Finding, notice, type Subject, setting } from '../notice';
import { queueName } from '../read/integration';
import type { Queue } from '../read/queues';
import { duration, size } from '../units';

/** Limits of a queue that is in both versions. */
export function queueSettings(subject: Subject, base: Queue, head: Queue): readonly Finding[] {
  const seconds = (name: string, was: number, is: number, consequence?: string) =>
    setting(subject, name, duration(was), duration(is), {
      consequence: was === is ? undefined : consequence,
    });
  return [
    ...setting(
      subject,
      'message retention',
      duration(base.retentionSeconds),
      duration(head.retentionSeconds),
      head.retentionSeconds < base.retentionSeconds
        ? { level: 'attention', consequence: 'messages that wait for longer are deleted' }
        : {},
    ),
    ...givenUpFindings(subject, base, head),
    ...setting(
      subject,
      'largest message',
      size(base.maximumMessageSize),
      size(head.maximumMessageSize),
      head.maximumMessageSize < base.maximumMessageSize
        ? { level: 'attention', consequence: 'larger ones are refused' }
        : {},
    ),
    ...seconds(
      'visibility timeout',
      base.visibilityTimeoutSeconds,
      head.visibilityTimeoutSeconds,
      'a message that its consumer has not deleted by then is delivered again',
    ),
    ...seconds('delivery delay', base.delaySeconds, head.delaySeconds),
    ...seconds('wait of a receive', base.waitSeconds, head.waitSeconds),
    ...setting(
      subject,
      'content-based deduplication',
      base.contentBasedDeduplication,
      head.contentBasedDeduplication,
    ),
    ...setting(
      subject,
      'deduplication within',
      base.deduplicationScope,
      head.deduplicationScope,
      head.deduplicationScope === base.deduplicationScope
        ? {}
        : { consequence: 'a deduplication id counts within this' },
    ),
    ...setting(subject, 'FIFO throughput limit', base.throughputLimit, head.throughputLimit),
  ];
}

/**
 * A consumer that fails uses up a delivery each visibility timeout.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
 */
function givenUpFindings(subject: Subject, base: Queue, head: Queue): readonly Finding[] {
  const [was, is] = [base.redrive, head.redrive];
  if (was && !is) {
    const text =
      'has no dead-letter queue any longer: messages that fail are delivered until their retention ends, and deleted';
    return [notice('operators', subject, 'attention', text)];
  }
  if (!is) return [];
  if (!was) {
    const text = `messages go to ${queueName(is.deadLetterTargetArn)} after ${deliveries(head)} from now on`;
    return [notice('operators', subject, undefined, text)];
  }
  const [target, other] = [queueName(was.deadLetterTargetArn), queueName(is.deadLetterTargetArn)];
  const earlier = lasting(head) < lasting(base);
  return [
    ...setting(subject, 'dead-letter queue', target, other),
    ...setting(
      subject,
      'given up after',
      deliveries(base),
      deliveries(head),
      earlier
        ? {
            level: 'attention',
            consequence: 'messages may be given up earlier, while their consumer is still down',
          }
        : {},
    ),
  ];
}

const lasting = ({ redrive, visibilityTimeoutSeconds }: Queue) =>
  (redrive?.maxReceiveCount ?? 0) * visibilityTimeoutSeconds;

function deliveries(queue: Queue): string {
  const count = counted(queue.redrive?.maxReceiveCount ?? 0, 'delivery', 'deliveries');
  return `${count} (${duration(lasting(queue))} of failing)`;
}
