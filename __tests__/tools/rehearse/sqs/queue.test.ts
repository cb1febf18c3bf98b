import { describe, expect, test } from 'vitest';
import { type Configuration, readPlan } from '../../../../tools/plan/plan';
import { existingQueue, queuesOf } from '../../../../tools/rehearse/sqs/queue';
import { environments } from '../../../fixtures/environments';
import { plansOf } from '../synthesized-plans';

const plan = (queue: Readonly<Record<string, unknown>>) =>
  readPlan('stack', {
    provider: { aws: [{ region: 'eu-central-1', allowed_account_ids: ['111122223333'] }] },
    resource: { aws_sqs_queue: { q: queue } },
  } as Configuration);

const settingsOf = (queue: Readonly<Record<string, unknown>>) => queuesOf(plan({ name: 'q', ...queue }))[0];

test('what a plan does not say is as SQS and the provider have it', () => {
  expect(settingsOf({})).toEqual({
    arn: 'arn:aws:sqs:eu-central-1:111122223333:q',
    name: 'q',
    accountId: '111122223333',
    region: 'eu-central-1',
    fifo: false,
    contentBasedDeduplication: false,
    deduplicationScope: 'queue',
    fifoThroughputLimit: 'perQueue',
    maximumMessageSize: 262_144,
    visibilityTimeoutSeconds: 30,
    messageRetentionSeconds: 345_600,
    delaySeconds: 0,
    receiveWaitTimeSeconds: 0,
    redrive: undefined,
    kmsMasterKeyId: undefined,
  });
});

test('what a plan says is read', () => {
  const deadLetterTargetArn = 'arn:aws:sqs:eu-central-1:111122223333:dead.fifo';

  expect(
    settingsOf({
      name: 'q.fifo',
      fifo_queue: true,
      content_based_deduplication: true,
      deduplication_scope: 'messageGroup',
      fifo_throughput_limit: 'perMessageGroupId',
      max_message_size: 1024,
      visibility_timeout_seconds: 43_200,
      message_retention_seconds: 60,
      delay_seconds: 900,
      receive_wait_time_seconds: 20,
      redrive_policy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 1000 }),
      kms_master_key_id: 'alias/own',
    }),
  ).toEqual({
    arn: 'arn:aws:sqs:eu-central-1:111122223333:q.fifo',
    name: 'q.fifo',
    accountId: '111122223333',
    region: 'eu-central-1',
    fifo: true,
    contentBasedDeduplication: true,
    deduplicationScope: 'messageGroup',
    fifoThroughputLimit: 'perMessageGroupId',
    maximumMessageSize: 1024,
    visibilityTimeoutSeconds: 43_200,
    messageRetentionSeconds: 60,
    delaySeconds: 900,
    receiveWaitTimeSeconds: 20,
    redrive: { deadLetterTargetArn, maxReceiveCount: 1000 },
    kmsMasterKeyId: 'alias/own',
  });
});

test.each([
  ['visibility_timeout_seconds', -1, 0, 43_200],
  ['visibility_timeout_seconds', 43_201, 0, 43_200],
  ['message_retention_seconds', 59, 60, 1_209_600],
  ['message_retention_seconds', 1_209_601, 60, 1_209_600],
  ['delay_seconds', 0.5, 0, 900],
  ['delay_seconds', 901, 0, 900],
  ['receive_wait_time_seconds', 21, 0, 20],
  ['max_message_size', 1023, 1024, 1_048_576],
  ['max_message_size', 1_048_577, 1024, 1_048_576],
])('%s %d is refused by name', (attribute, value, lowest, highest) => {
  expect(() => settingsOf({ [attribute]: value })).toThrow(
    `stack: aws_sqs_queue.q: "${attribute}" is ${value}; SQS takes whole numbers from ${lowest} to ${highest}`,
  );
});

test.each([
  ['deduplication_scope', 'queue or messageGroup'],
  ['fifo_throughput_limit', 'perQueue or perMessageGroupId'],
])('%s takes its two values alone', (attribute, values) => {
  expect(() => settingsOf({ [attribute]: 'other' })).toThrow(
    `"${attribute}" is "other"; SQS takes ${values}`,
  );
});

test('an attribute that is not known is refused by name', () => {
  expect(() => settingsOf({ policy: '{}' })).toThrow('its attribute "policy" is not simulated');
});

describe('a redrive policy', () => {
  const dead = 'arn:aws:sqs:eu-central-1:111122223333:dead';
  const reading = (policy: unknown) => () =>
    settingsOf({ redrive_policy: typeof policy === 'string' ? policy : JSON.stringify(policy) });

  test('that is empty is none', () => {
    expect(reading('')()?.redrive).toBeUndefined();
  });

  test.each(['no JSON', '[]', 'null', '1'])('that is %s is refused', (policy) => {
    expect(reading(policy)).toThrow('stack: aws_sqs_queue.q.redrive_policy: ');
    expect(reading(policy)).toThrow('is not a JSON object');
  });

  test.each([0, 1001, 1.5, '5', undefined])('with the receives %j is refused', (maxReceiveCount) => {
    expect(reading({ deadLetterTargetArn: dead, maxReceiveCount })).toThrow(
      `maxReceiveCount is ${JSON.stringify(maxReceiveCount)}; SQS takes whole numbers from 1 to 1000`,
    );
  });

  test.each([
    undefined,
    'arn:aws:sqs:eu-central-1:111122223333:q',
    'arn:aws:sqs:eu-central-1:111122223333:dead.fifo',
    'arn:aws:sqs:eu-central-1:444455556666:dead',
    'arn:aws:sqs:eu-west-1:111122223333:dead',
  ])('to %s is refused', (deadLetterTargetArn) => {
    expect(reading({ deadLetterTargetArn, maxReceiveCount: 1 })).toThrow(
      'SQS takes another queue of the same account, region and kind as arn:aws:sqs:eu-central-1:111122223333:q',
    );
  });

  test('with an unknown key is not simulated', () => {
    expect(reading({ deadLetterTargetArn: dead, maxReceiveCount: 1, after: 5 })).toThrow(
      'stack: aws_sqs_queue.q.redrive_policy: the key "after" is not simulated',
    );
  });
});

describe('a redrive policy that is a resource of its own', () => {
  const dead = 'arn:aws:sqs:eu-central-1:111122223333:dead';
  const redrive_policy = JSON.stringify({ deadLetterTargetArn: dead, maxReceiveCount: 7 });
  const apart = { queue_url: '${aws_sqs_queue.q.url}', redrive_policy };
  const queues = (q: object, redrives: object) =>
    queuesOf(
      readPlan('stack', {
        provider: { aws: [{ region: 'eu-central-1', allowed_account_ids: ['111122223333'] }] },
        resource: {
          aws_sqs_queue: { q: { name: 'q', ...q } },
          aws_sqs_queue_redrive_policy: { ...redrives },
        },
      }),
    );

  test('is the queue’s', () => {
    expect(queues({}, { r: apart })[0]?.redrive).toEqual({ deadLetterTargetArn: dead, maxReceiveCount: 7 });
  });

  test('beside one within the queue is refused', () => {
    expect(() => queues({ redrive_policy }, { r: apart })).toThrow(
      'stack: aws_sqs_queue.q.redrive_policy and an aws_sqs_queue_redrive_policy overwrite each other',
    );
  });

  test('beside another one is refused', () => {
    expect(() => queues({}, { r: apart, s: apart })).toThrow(
      'stack: aws_sqs_queue_redrive_policy.s: arn:aws:sqs:eu-central-1:111122223333:q has another redrive policy',
    );
  });
});

test('a queue of someone else has SQS’s own settings', () => {
  expect(existingQueue('arn:aws:sqs:eu-west-1:444455556666:theirs.fifo')).toEqual({
    arn: 'arn:aws:sqs:eu-west-1:444455556666:theirs.fifo',
    name: 'theirs.fifo',
    accountId: '444455556666',
    region: 'eu-west-1',
    fifo: true,
    contentBasedDeduplication: false,
    deduplicationScope: 'queue',
    fifoThroughputLimit: 'perQueue',
    maximumMessageSize: 1_048_576,
    visibilityTimeoutSeconds: 30,
    messageRetentionSeconds: 345_600,
    delaySeconds: 0,
    receiveWaitTimeSeconds: 0,
    redrive: undefined,
    kmsMasterKeyId: undefined,
  });
  expect(() => existingQueue('arn:aws:sns:eu-west-1:444455556666:topic')).toThrow(
    '"arn:aws:sns:eu-west-1:444455556666:topic" is not the ARN of an SQS queue',
  );
});

test('the synthesized queues are read, each with a dead-letter queue beside it that keeps longer', () => {
  const queues = plansOf(environments).flatMap(({ plan: synthesized }) => queuesOf(synthesized));
  const redriven = queues.filter(({ redrive }) => redrive);

  expect(redriven.length).toBeGreaterThan(0);
  for (const { redrive, messageRetentionSeconds } of redriven) {
    const dead = queues.find(({ arn }) => arn === redrive?.deadLetterTargetArn);
    expect(dead?.messageRetentionSeconds).toBeGreaterThan(messageRetentionSeconds);
  }
});
