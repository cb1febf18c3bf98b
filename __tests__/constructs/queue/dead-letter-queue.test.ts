import { expect, test } from 'vitest';
import { resource, statements, synthesized } from '../../support/synthesized';
import { everyQueuePolicy } from './every-queue-policy';
import { exampleQueue, exampleRole } from './example-queue';

test('a dead-letter queue keeps messages for 14 days', () => {
  const { stack } = exampleQueue({ maxReceiveCount: 3, retentionDays: 1 });

  expect(resource(synthesized(stack), 'aws_sqs_queue', 'orders_dead_letter')).toEqual({
    name: 'dev-orders-dead-letter',
    message_retention_seconds: 1209600,
    max_message_size: 262144,
    sqs_managed_sse_enabled: true,
  });
});

test('it is FIFO when the queue is', () => {
  const { stack } = exampleQueue({ fifo: true });

  expect(resource(synthesized(stack), 'aws_sqs_queue', 'orders_dead_letter')).toEqual({
    name: 'dev-orders-dead-letter.fifo',
    fifo_queue: true,
    message_retention_seconds: 1209600,
    max_message_size: 262144,
    sqs_managed_sse_enabled: true,
  });
});

test.each([
  [false, 'dev-orders'],
  [true, 'dev-orders.fifo'],
])('it takes dead letters of its queue only (FIFO %s)', (fifo, sourceName) => {
  const { stack } = exampleQueue({ fifo });

  expect(synthesized(stack).resource.aws_sqs_queue_redrive_allow_policy).toEqual({
    orders_dead_letter_redrive_allow: {
      queue_url: '${aws_sqs_queue.orders_dead_letter.url}',
      redrive_allow_policy: `{"redrivePermission":"byQueue","sourceQueueArns":["arn:aws:sqs:ap-northeast-2:111122223333:${sourceName}"]}`,
    },
  });
});

test('it has the queue’s policy without its senders', () => {
  const { stack, queue } = exampleQueue();
  queue.grantSend(exampleRole(stack, 'sender'));

  const configuration = synthesized(stack);

  expect(statements(configuration, 'orders_dead_letter_policy_document')).toEqual(
    everyQueuePolicy('arn:aws:sqs:ap-northeast-2:111122223333:dev-orders-dead-letter'),
  );
  expect(resource(configuration, 'aws_sqs_queue_policy', 'orders_dead_letter_policy')).toEqual({
    queue_url: '${aws_sqs_queue.orders_dead_letter.url}',
    policy: '${data.aws_iam_policy_document.orders_dead_letter_policy_document.json}',
  });
});
