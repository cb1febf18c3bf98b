import { expect, test } from 'vitest';
import { resource, statements, synthesized } from '../../support/synthesized';
import { everyQueuePolicy } from './every-queue-policy';
import { arn, exampleQueue, exampleRole } from './example-queue';

test('the policy of a queue lets the account operate it and nobody in without TLS, and nobody send, until a role is granted that', () => {
  const { stack } = exampleQueue();

  const configuration = synthesized(stack);

  expect(statements(configuration, 'orders_policy_document')).toEqual(everyQueuePolicy(arn));
  expect(resource(configuration, 'aws_sqs_queue_policy', 'orders_policy')).toEqual({
    queue_url: '${aws_sqs_queue.orders.url}',
    policy: '${data.aws_iam_policy_document.orders_policy_document.json}',
  });
});

test('it names each sender, and comes after its role: SQS refuses principals that do not exist', () => {
  const { stack, queue } = exampleQueue();

  queue.grantSend(exampleRole(stack, 'api-sender'));
  queue.grantSend(exampleRole(stack, 'batch-sender'));

  const configuration = synthesized(stack);
  expect(statements(configuration, 'orders_policy_document')).toEqual([
    ...everyQueuePolicy(arn),
    {
      sid: 'DevApiSenderSends',
      effect: 'Allow',
      principals: [{ type: 'AWS', identifiers: ['arn:aws:iam::111122223333:role/dev-api-sender'] }],
      actions: ['sqs:SendMessage'],
      resources: [arn],
    },
    {
      sid: 'DevBatchSenderSends',
      effect: 'Allow',
      principals: [{ type: 'AWS', identifiers: ['arn:aws:iam::111122223333:role/dev-batch-sender'] }],
      actions: ['sqs:SendMessage'],
      resources: [arn],
    },
  ]);
  expect(resource(configuration, 'aws_sqs_queue_policy', 'orders_policy')).toEqual({
    queue_url: '${aws_sqs_queue.orders.url}',
    policy: '${data.aws_iam_policy_document.orders_policy_document.json}',
    depends_on: ['aws_iam_role.api_sender', 'aws_iam_role.batch_sender'],
  });
});

test('it does not name consumers: their own policy lets them in', () => {
  const { stack, queue } = exampleQueue();

  queue.grantConsume(exampleRole(stack, 'consumer'));

  expect(statements(synthesized(stack), 'orders_policy_document')).toEqual(everyQueuePolicy(arn));
});
