import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { describe, expect, test } from 'vitest';
import { EncryptionKey } from '../../../constructs/queue/encryption-key';
import { MessageQueue } from '../../../constructs/queue/message-queue';
import { exampleStack, resource, statements, synthesized } from '../../support/synthesized';
import { arn, exampleQueue, exampleRole } from './example-queue';

test('a standard queue hides messages for six times its consumer’s timeout, and keeps them for a week', () => {
  const { stack } = exampleQueue();

  expect(resource(synthesized(stack), 'aws_sqs_queue', 'orders')).toEqual({
    name: 'dev-orders',
    visibility_timeout_seconds: 180,
    message_retention_seconds: 604800,
    max_message_size: 262144,
    sqs_managed_sse_enabled: true,
  });
});

test('a FIFO queue is named so, and counts duplicates and throughput per message group', () => {
  const { stack } = exampleQueue({ fifo: true });

  expect(resource(synthesized(stack), 'aws_sqs_queue', 'orders')).toEqual({
    name: 'dev-orders.fifo',
    fifo_queue: true,
    deduplication_scope: 'messageGroup',
    fifo_throughput_limit: 'perMessageGroupId',
    visibility_timeout_seconds: 180,
    message_retention_seconds: 604800,
    max_message_size: 262144,
    sqs_managed_sse_enabled: true,
  });
});

test('a message that was delivered five times goes to the dead-letter queue, once that is there', () => {
  const { stack } = exampleQueue({ fifo: true });

  expect(resource(synthesized(stack), 'aws_sqs_queue_redrive_policy', 'orders_redrive')).toEqual({
    queue_url: '${aws_sqs_queue.orders.url}',
    redrive_policy:
      '{"deadLetterTargetArn":"arn:aws:sqs:ap-northeast-2:111122223333:dev-orders-dead-letter.fifo","maxReceiveCount":5}',
    depends_on: ['aws_sqs_queue.orders_dead_letter'],
  });
});

test('consumer timeout, deliveries and retention are the user’s to choose', () => {
  const { stack } = exampleQueue({ consumerTimeoutSeconds: 7200, maxReceiveCount: 1000, retentionDays: 13 });

  expect(resource(synthesized(stack), 'aws_sqs_queue', 'orders')).toEqual({
    name: 'dev-orders',
    visibility_timeout_seconds: 43200,
    message_retention_seconds: 1123200,
    max_message_size: 262144,
    sqs_managed_sse_enabled: true,
  });
  expect(
    resource(synthesized(stack), 'aws_sqs_queue_redrive_policy', 'orders_redrive').redrive_policy,
  ).toContain('"maxReceiveCount":1000');
});

test('a queue is made of exactly itself, its dead-letter queue, their policies and two alarms', () => {
  const { stack } = exampleQueue();

  const { resource: resources } = synthesized(stack);

  expect(Object.entries(resources).map(([type, named]) => [type, Object.keys(named)])).toEqual([
    ['aws_cloudwatch_metric_alarm', ['orders_alarms_age', 'orders_alarms_dead_letters']],
    ['aws_sqs_queue', ['orders', 'orders_dead_letter']],
    ['aws_sqs_queue_policy', ['orders_dead_letter_policy', 'orders_policy']],
    ['aws_sqs_queue_redrive_allow_policy', ['orders_dead_letter_redrive_allow']],
    ['aws_sqs_queue_redrive_policy', ['orders_redrive']],
  ]);
});

describe('a grant', () => {
  test('to send is sending and nothing else', () => {
    const { stack, queue } = exampleQueue();

    queue.grantSend(exampleRole(stack, 'sender'));

    expect(statements(synthesized(stack), 'sender_grants_document')).toEqual([
      { sid: 'SendToTheQueue', effect: 'Allow', actions: ['sqs:SendMessage'], resources: [arn] },
    ]);
  });

  test('to consume is what an event source mapping or a pipe does, and nothing else', () => {
    const { stack, queue } = exampleQueue();

    queue.grantConsume(exampleRole(stack, 'consumer'));

    expect(statements(synthesized(stack), 'consumer_grants_document')).toEqual([
      {
        sid: 'ConsumeFromTheQueue',
        effect: 'Allow',
        actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
        resources: [arn],
      },
    ]);
  });

  test('to send is in place once the role’s and the queue’s policies are, redrive included', () => {
    const { stack, queue } = exampleQueue();

    new CloudwatchLogGroup(stack, 'late', { dependsOn: [...queue.grantSend(exampleRole(stack, 'sender'))] });

    expect(resource(synthesized(stack), 'aws_cloudwatch_log_group', 'late').depends_on).toEqual([
      'aws_iam_role_policy.sender_grants',
      'aws_sqs_queue_policy.orders_policy',
      'aws_sqs_queue_redrive_policy.orders_redrive',
    ]);
  });

  test('to consume is in place once the role’s policies are', () => {
    const { stack, queue } = exampleQueue();

    new CloudwatchLogGroup(stack, 'late', {
      dependsOn: [...queue.grantConsume(exampleRole(stack, 'consumer'))],
    });

    expect(resource(synthesized(stack), 'aws_cloudwatch_log_group', 'late').depends_on).toEqual([
      'aws_iam_role_policy.consumer_grants',
    ]);
  });
});

describe('with a customer managed key', () => {
  const throughSqsByAlias = {
    resources: ['arn:aws:kms:ap-northeast-2:111122223333:key/*'],
    condition: [
      {
        test: 'ForAnyValue:StringEquals',
        variable: 'kms:ResourceAliases',
        values: ['alias/dev-queues'],
      },
      { test: 'StringEquals', variable: 'kms:ViaService', values: ['sqs.ap-northeast-2.amazonaws.com'] },
    ],
  };

  function encryptedQueue() {
    const stack = exampleStack();
    const key = new EncryptionKey(stack, 'key', { name: 'dev-queues', description: 'Encrypts queues' });
    const queue = new MessageQueue(stack, 'orders', { name: 'dev-orders', consumerTimeoutSeconds: 30, key });
    return { stack, queue };
  }

  test('both queues are encrypted with it', () => {
    const { stack } = encryptedQueue();

    expect(synthesized(stack).resource.aws_sqs_queue).toEqual({
      orders: {
        name: 'dev-orders',
        visibility_timeout_seconds: 180,
        message_retention_seconds: 604800,
        max_message_size: 262144,
        kms_master_key_id: '${aws_kms_key.key.arn}',
      },
      orders_dead_letter: {
        name: 'dev-orders-dead-letter',
        message_retention_seconds: 1209600,
        max_message_size: 262144,
        kms_master_key_id: '${aws_kms_key.key.arn}',
      },
    });
  });

  test('a grant is in place once the alias is, by which the key is granted', () => {
    const { stack, queue } = encryptedQueue();

    new CloudwatchLogGroup(stack, 'sending', {
      dependsOn: [...queue.grantSend(exampleRole(stack, 'sender'))],
    });
    new CloudwatchLogGroup(stack, 'consuming', {
      dependsOn: [...queue.grantConsume(exampleRole(stack, 'consumer'))],
    });

    const configuration = synthesized(stack);
    expect(resource(configuration, 'aws_cloudwatch_log_group', 'sending').depends_on).toEqual([
      'aws_iam_role_policy.sender_grants',
      'aws_sqs_queue_policy.orders_policy',
      'aws_sqs_queue_redrive_policy.orders_redrive',
      'aws_kms_alias.key_alias',
    ]);
    expect(resource(configuration, 'aws_cloudwatch_log_group', 'consuming').depends_on).toEqual([
      'aws_iam_role_policy.consumer_grants',
      'aws_kms_alias.key_alias',
    ]);
  });

  test('senders have data keys made and read them back, through SQS only', () => {
    const { stack, queue } = encryptedQueue();

    queue.grantSend(exampleRole(stack, 'sender'));

    expect(statements(synthesized(stack), 'sender_grants_document')).toEqual([
      { sid: 'SendToTheQueue', effect: 'Allow', actions: ['sqs:SendMessage'], resources: [arn] },
      {
        sid: 'EncryptThroughTheQueueKey',
        effect: 'Allow',
        actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
        ...throughSqsByAlias,
      },
    ]);
  });

  test('receivers read data keys back, through SQS only', () => {
    const { stack, queue } = encryptedQueue();

    queue.grantConsume(exampleRole(stack, 'consumer'));

    expect(statements(synthesized(stack), 'consumer_grants_document')).toEqual([
      {
        sid: 'ConsumeFromTheQueue',
        effect: 'Allow',
        actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
        resources: [arn],
      },
      {
        sid: 'DecryptThroughTheQueueKey',
        effect: 'Allow',
        actions: ['kms:Decrypt'],
        ...throughSqsByAlias,
      },
    ]);
  });
});

test('what the queue is called is written out, in the partition of its stack', () => {
  const queue = new MessageQueue(exampleStack('cn-north-1'), 'orders', {
    name: 'dev-orders',
    fifo: true,
    consumerTimeoutSeconds: 30,
  });

  expect({ ...queue, name: queue.name }).toMatchObject({
    name: 'dev-orders.fifo',
    arn: 'arn:aws-cn:sqs:cn-north-1:111122223333:dev-orders.fifo',
    url: 'https://sqs.cn-north-1.amazonaws.com.cn/111122223333/dev-orders.fifo',
    accountId: '111122223333',
    fifo: true,
    visibilityTimeoutSeconds: 180,
  });
});

test.each([0, -1, 0.5, 7201, 100_000])('a consumer timeout of %s seconds is refused', (seconds) => {
  expect(() => exampleQueue({ consumerTimeoutSeconds: seconds })).toThrow(
    `example/orders: consumerTimeoutSeconds ${seconds} is not a whole number from 1 to 7200: the visibility timeout is six times that, and SQS allows twelve hours`,
  );
});

test.each([0, -1, 0.5, 14, 15])('a retention of %s days is refused', (days) => {
  expect(() => exampleQueue({ retentionDays: days })).toThrow(
    `example/orders: retentionDays ${days} is not a whole number from 1 to 13: the dead-letter queue keeps messages for 14 days, counted from the first send, and must keep them longer than the queue`,
  );
});

test.each([0, 1001, 2.5, Number.NaN])('a receive count of %s is refused', (count) => {
  expect(() => exampleQueue({ maxReceiveCount: count })).toThrow(
    `example/orders: maxReceiveCount ${count} is not a whole number from 1 to 1000: SQS redrives after that many deliveries`,
  );
});
