import { expect, test } from 'vitest';
import { QueueEventSource } from '../../../constructs/function/queue-event-source';
import { ExistingQueue } from '../../../constructs/queue/existing-queue';
import { MessageQueue } from '../../../constructs/queue/message-queue';
import { statements, synthesized } from '../../support/synthesized';
import { exampleFunction } from './example-function';

const arn = 'arn:aws:sqs:ap-northeast-2:111122223333:dev-messages.fifo';

/** The example function, and a queue made for a consumer that takes so long. */
function exampleConsumer(consumerTimeoutSeconds = 30, timeoutSeconds = 30) {
  const { stack, reply } = exampleFunction({ timeoutSeconds });
  const queue = new MessageQueue(stack, 'messages', {
    name: 'dev-messages',
    fifo: true,
    consumerTimeoutSeconds,
  });
  return { stack, reply, queue };
}

test('a function gets batches of ten, gives failed messages back one by one, and stays below its ceiling', () => {
  const { stack, reply, queue } = exampleConsumer();

  new QueueEventSource(stack, 'source', { queue, function: reply, maximumConcurrency: 10 });

  expect(synthesized(stack).resource.aws_lambda_event_source_mapping).toEqual({
    source: {
      event_source_arn: arn,
      function_name: '${aws_lambda_function.reply.function_name}',
      batch_size: 10,
      function_response_types: ['ReportBatchItemFailures'],
      scaling_config: { maximum_concurrency: 10 },
      depends_on: ['aws_iam_role_policy.reply_role_grants', 'aws_sqs_queue.messages'],
    },
  });
});

test('the function is let consume', () => {
  const { stack, reply, queue } = exampleConsumer();

  new QueueEventSource(stack, 'source', { queue, function: reply, maximumConcurrency: 10 });

  expect((statements(synthesized(stack), 'reply_role_grants_document') as unknown[]).slice(2)).toEqual([
    {
      sid: 'ConsumeFromTheQueue',
      effect: 'Allow',
      actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
      resources: [arn],
    },
  ]);
});

test('an existing queue is taken too: there is nothing of it to wait for', () => {
  const { stack, reply } = exampleFunction();
  const queue = new ExistingQueue(stack, 'existing', { arn });

  new QueueEventSource(stack, 'source', { queue, function: reply, maximumConcurrency: 2 });

  expect(synthesized(stack).resource.aws_lambda_event_source_mapping).toEqual({
    source: {
      event_source_arn: arn,
      function_name: '${aws_lambda_function.reply.function_name}',
      batch_size: 10,
      function_response_types: ['ReportBatchItemFailures'],
      scaling_config: { maximum_concurrency: 2 },
      depends_on: ['aws_iam_role_policy.reply_role_grants'],
    },
  });
});

test('a queue that hides messages for six times the function’s timeout, or longer, is taken', () => {
  const { stack, reply, queue } = exampleConsumer(60, 60);
  const { stack: other, reply: shorter, queue: longer } = exampleConsumer(60, 59);

  expect(() => {
    new QueueEventSource(stack, 'source', { queue, function: reply, maximumConcurrency: 10 });
    new QueueEventSource(other, 'source', { queue: longer, function: shorter, maximumConcurrency: 10 });
  }).not.toThrow();
});

test('a queue that hides messages for a shorter time is refused, with what to do', () => {
  const { stack, reply, queue } = exampleConsumer(30, 31);

  expect(
    () => new QueueEventSource(stack, 'source', { queue, function: reply, maximumConcurrency: 10 }),
  ).toThrow(
    "example/source: the queue dev-messages.fifo hides messages for 180 s; the function dev-reply may take 31 s, which wants at least 186 s: raise the queue's consumerTimeoutSeconds to 31",
  );
});
