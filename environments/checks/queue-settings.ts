import { parseQueueArn } from '../../constructs/iam/arn';
import type { Placement } from '../../constructs/iam/placement';
import {
  maximumRetentionSeconds,
  maximumVisibilityTimeoutSeconds,
  visibilityTimeoutFactor,
} from '../../constructs/queue/queue-attributes';
import type {
  CallbackIdSource,
  CallbackQueueSettings,
  QueueSettings,
  WebSocketGroupSource,
  WebSocketQueueSettings,
} from '../environment';
import { all, below, type Check, type Checks, optional, type Problem, rule, tagged } from './check';
import { consumerRoleArns } from './consumer-roles';
import { requestHeaderRule } from './headers';
import { keyArnRule, queueArnRule } from './place';
import { isObject, valueAt } from './reading';
import { firstOf, integer, matching } from './rules';

const longestConsumerTimeout = maximumVisibilityTimeoutSeconds / visibilityTimeoutFactor;
const longestRetentionDays = maximumRetentionSeconds / 86_400 - 1;

const redrive = {
  maxReceiveCount: optional(rule(integer(1, 1000))),
  /** One day less than the dead-letter queue, which must keep messages longer than its source. */
  retentionDays: optional(rule(integer(1, longestRetentionDays, 'of days'))),
};

const ownQueue = (home: Placement | undefined): Checks<QueueSettings> => ({
  consumerTimeoutSeconds: optional(rule(integer(1, longestConsumerTimeout, 'of seconds'))),
  ...redrive,
  consumerRoleArns: optional(consumerRoleArns(home)),
});

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
const idRule = matching(/^[!-~]{1,128}$/, '1 to 128 visible ASCII characters, without spaces');

/** It becomes a part of a JSON path in the mapping template. */
export const bodyFieldRule = matching(
  /^[A-Za-z_][A-Za-z0-9_]{0,127}$/,
  'a top-level field of the body whose name is letters, digits and _, not starting with a digit',
);

const constant = { value: rule(idRule) };
const bodyField = { field: rule(bodyFieldRule) };

const callbackId = tagged<CallbackIdSource, 'from'>('from', {
  constant,
  header: { name: rule(requestHeaderRule) },
  body: bodyField,
});

/** With one id for all of them, SQS would drop every message but the first of five minutes. */
const varying: Check = (value, field) =>
  valueAt(value, 'from') === 'constant'
    ? [
        {
          field: below(field, 'from'),
          value: 'constant',
          rule: 'must be "header" or "body": SQS drops messages that repeat an id within five minutes; leave the setting out and each request counts',
        },
      ]
    : [];

const deduplicationId = all(callbackId, varying);

/** The queue of a callback. */
export const callbackQueue = (home: Placement | undefined) =>
  all(
    tagged<CallbackQueueSettings, 'kind'>('kind', {
      standard: ownQueue(home),
      fifo: {
        ...ownQueue(home),
        messageGroupId: callbackId,
        messageDeduplicationId: optional(deduplicationId),
      },
      existing: {
        arn: rule(queueArnRule(home)),
        keyArn: optional(rule(keyArnRule(home))),
        messageGroupId: optional(callbackId),
        messageDeduplicationId: optional(deduplicationId),
      },
    }),
    idsOfExistingQueue,
  );

const idsOfExistingQueue: Check = (queue, field): readonly Problem[] => {
  const arn = valueAt(queue, 'arn');
  const parts = typeof arn === 'string' ? parseQueueArn(arn) : undefined;
  if (valueAt(queue, 'kind') !== 'existing' || !parts) return [];
  const { messageGroupId, messageDeduplicationId } = isObject(queue) ? queue : {};
  if (parts.name.endsWith('.fifo')) {
    return messageGroupId === undefined
      ? [
          {
            field: below(field, 'messageGroupId'),
            value: undefined,
            rule: 'must say what groups the messages, since the queue is FIFO: from a constant, a header or the body',
          },
        ]
      : [];
  }
  return messageDeduplicationId === undefined
    ? []
    : [
        {
          field: below(field, 'messageDeduplicationId'),
          value: messageDeduplicationId,
          rule: 'must be left out: the queue is not FIFO, and SQS refuses a deduplication id there',
        },
      ];
};

/**
 * With one delivery a function that is killed once, or throttled, sends its whole batch to the dead-letter queue.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html#events-sqs-queueconfig
 */
const redelivered = {
  ...redrive,
  maxReceiveCount: optional(
    rule(
      firstOf(integer(1, 1000), (count) =>
        count === 1
          ? 'must be at least 2: Lambda counts a batch as delivered that a killed or throttled function never finished, and all of it would be dead letters; AWS recommends 5'
          : undefined,
      ),
    ),
  ),
};

/** The queue of WebSocket messages, whose consumer is the reply function. */
export const webSocketQueue = tagged<WebSocketQueueSettings, 'kind'>('kind', {
  fifo: {
    ...redelivered,
    messageGroupId: optional(
      tagged<WebSocketGroupSource, 'from'>('from', { constant, connection: {}, body: bodyField }),
    ),
    messageDeduplicationId: optional(
      tagged<{ readonly from: 'body'; readonly field: string }, 'from'>('from', { body: bodyField }),
    ),
  },
  standard: redelivered,
});
