import { flag, optionalNumber, optionalText } from '../../../plan/attributes';
import { type Actor, senderKinds } from '../../affected';
import type { Finding } from '../../finding';
import type { QueueAttributes } from './queue-attributes';
import { names } from './queue-consequences';
import type { PlannedQueue } from './queue-plan';

/** A finding as far as the setting itself tells it. */
export type SettingDifference = Pick<
  Finding,
  'code' | 'severity' | 'problem' | 'synthesized' | 'deployed' | 'seen'
>;

/** The numbers that a queue was given. @param actors who sends to it and takes from it */
export function numberDifferences(
  { resource, sources }: PlannedQueue,
  deployed: QueueAttributes,
  actors: readonly Actor[],
): readonly SettingDifference[] {
  const wanted = (attribute: string) => optionalNumber(resource, attribute);
  const takers = names(actors, 'function', 'pipe') || 'whoever takes from it';
  const senders = names(actors, ...senderKinds) || 'whoever sends to it';
  const isDeadLetterQueue = sources.length > 0;
  return [
    ...differing(deployed, {
      code: 'queue-visibility-timeout',
      attribute: 'VisibilityTimeout',
      what: 'a message that was received stays hidden',
      unit: 's',
      wanted: wanted('visibility_timeout_seconds') ?? 30,
      // Who takes from a dead-letter queue is a person.
      lower: isDeadLetterQueue ? 'warning' : 'error',
      seenLower: `${takers} may still work on a message when it is delivered again: it is processed twice, and on a FIFO queue can no longer be deleted by the first`,
      seenHigher: `a message that ${takers} fails on comes back that much later, and holds its FIFO group meanwhile`,
    }),
    ...differing(deployed, {
      code: 'queue-retention',
      attribute: 'MessageRetentionPeriod',
      what: 'it keeps messages',
      unit: 's',
      wanted: wanted('message_retention_seconds') ?? 345_600,
      lower: 'error',
      seenLower: isDeadLetterQueue
        ? 'messages that were given up are deleted before anyone has looked at them; on a standard queue their age counts from the first send'
        : `messages that ${takers} has not come to by then are deleted for ever, and no dead-letter queue has them`,
      seenHigher: isDeadLetterQueue
        ? 'nothing'
        : 'nothing, as long as its dead-letter queue keeps messages longer still: on a standard queue their age counts from the first send',
    }),
    ...differing(deployed, {
      code: 'queue-message-size',
      attribute: 'MaximumMessageSize',
      what: 'it takes messages',
      unit: 'bytes',
      // Which default holds depends on the provider's version, so that a plan without one is about none.
      wanted: wanted('max_message_size'),
      lower: 'error',
      seenLower: isDeadLetterQueue
        ? 'messages that are moved to it were taken by its source, which may take larger ones'
        : `SQS answers InvalidParameterValue to larger messages: of ${senders}, callers get 413 and WebSocket clients no answer`,
      seenHigher: `${takers} gets messages that are larger than agreed`,
    }),
    ...differing(deployed, {
      code: 'queue-delay',
      attribute: 'DelaySeconds',
      what: 'a new message waits',
      unit: 's',
      wanted: wanted('delay_seconds') ?? 0,
      lower: 'warning',
      seenLower: `${takers} gets messages earlier`,
      seenHigher: `${takers} gets every message that much later`,
    }),
    ...differing(deployed, {
      code: 'queue-receive-wait',
      attribute: 'ReceiveMessageWaitTimeSeconds',
      what: 'a receive waits for messages',
      unit: 's',
      wanted: wanted('receive_wait_time_seconds') ?? 0,
      lower: 'warning',
      seenLower: 'more receives come back empty, and each of them is paid for',
      seenHigher: 'nothing: functions and pipes say themselves how long they wait',
    }),
  ];
}

interface NumberSetting {
  readonly code: string;
  readonly attribute: string;
  /** Goes on from `it is deployed so that `, the number after it. */
  readonly what: string;
  readonly unit: string;
  readonly wanted: number | undefined;
  readonly lower: Finding['severity'];
  readonly seenLower: string;
  readonly seenHigher: string;
}

function differing(deployed: QueueAttributes, setting: NumberSetting): readonly SettingDifference[] {
  const { code, attribute, what, unit, wanted, lower, seenLower, seenHigher } = setting;
  const there = Number(deployed[attribute] ?? wanted);
  if (wanted === undefined || there === wanted) return [];
  const isLower = there < wanted;
  return [
    {
      code,
      severity: isLower ? lower : 'warning',
      problem: `${what}: ${there} ${unit} instead of ${wanted} ${unit}`,
      synthesized: `${attribute} ${wanted}`,
      deployed: `${attribute} ${there}`,
      seen: isLower ? seenLower : seenHigher,
    },
  ];
}

/**
 * What makes a FIFO queue one, as far as it can be changed afterwards.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
 */
export function fifoDifferences(
  { resource, name }: PlannedQueue,
  deployed: QueueAttributes,
  actors: readonly Actor[],
): readonly SettingDifference[] {
  if (!name.endsWith('.fifo')) return [];
  const senders = names(actors, ...senderKinds) || 'whoever sends to it';
  const compared = (
    code: string,
    attribute: string,
    wanted: string,
    told: readonly [Finding['severity'], string],
  ) => {
    const there = deployed[attribute] ?? wanted;
    if (there === wanted) return [];
    const [severity, seen] = told;
    const problem = `its ${attribute} is ${there} instead of ${wanted}`;
    return [{ code, severity, problem, synthesized: wanted, deployed: there, seen }];
  };
  const byContent = flag(resource, 'content_based_deduplication');
  const scope = optionalText(resource, 'deduplication_scope') ?? 'queue';
  const limit = optionalText(resource, 'fifo_throughput_limit') ?? 'perQueue';
  return [
    ...compared(
      'queue-content-deduplication',
      'ContentBasedDeduplication',
      String(byContent),
      byContent
        ? [
            'error',
            `SQS answers InvalidParameterValue to messages of ${senders} without a MessageDeduplicationId: callers get 400, WebSocket clients no answer`,
          ]
        : ['warning', 'messages without a MessageDeduplicationId are taken, and equal bodies count as one'],
    ),
    ...compared(
      'queue-deduplication-scope',
      'DeduplicationScope',
      scope,
      scope === 'messageGroup'
        ? [
            'error',
            `of two messages of ${senders} with one deduplication id in different groups, the second is taken and dropped: its sender sees 200 or nothing, and nobody gets it`,
          ]
        : ['warning', 'a message that is sent again under another group within five minutes arrives twice'],
    ),
    ...compared(
      'queue-throughput-limit',
      'FifoThroughputLimit',
      limit,
      limit === 'perMessageGroupId'
        ? [
            'warning',
            `beyond 300 requests a second SQS answers ThrottlingException to ${senders}: callers get 502, WebSocket clients {"message":"Internal server error"} or no answer`,
          ]
        : ['warning', 'nothing: the queue takes more than it was meant to'],
    ),
  ];
}
