import { test } from 'vitest';
import { prod } from '../../../fixtures/environments/prod';
import { expectHeld, type StackDraft, synthesized, testDefects } from './sabotage';

const intact = synthesized(prod);
const stackId = 'prod-subscriber-pipe';
const https = 'aws_pipes_pipe.delivery_results_pipe';
const archive = 'aws_pipes_pipe.payment_events_archive_pipe';
const writer = 'aws_lambda_function.payment_events_archive_writer';

test.each(['delivers', 'visibility-timeout', 'poison', 'given-up', 'down'])('as it is: %s', (scenario) =>
  expectHeld(intact, `subscription/${scenario}`),
);

const filterAway = (pipe: string) => (stack: StackDraft) =>
  stack.add(stack.block(pipe, 'source_parameters'), 'filter_criteria', {
    filter: [{ pattern: JSON.stringify({ body: { never: ['there'] } }) }],
  });

testDefects(intact, { stackId, kind: 'subscription' }, [
  [
    'the function has the name of another bucket',
    'delivers',
    (stack) => stack.set(stack.block(writer, 'environment', 'variables'), 'BUCKET_NAME', 'prod-other'),
    { what: 'ENOTFOUND prod-other.s3.ap-northeast-2.amazonaws.com', at: `${stackId}: ${writer}` },
  ],
  [
    'the function names objects by a field that messages do not have',
    'delivers',
    (stack) => stack.set(stack.block(writer, 'environment', 'variables'), 'MESSAGE_KEY_FIELD', 'MSGID'),
    { what: 'the body\'s field "MSGID" (MESSAGE_KEY_FIELD) is missing', at: `${stackId}: ${writer}` },
  ],
  [
    'the function does not know after how many deliveries a message is given up',
    'poisoned-group',
    (stack) => stack.drop(stack.block(writer, 'environment', 'variables'), 'MAX_RECEIVE_COUNT'),
    { what: 'it alone is a dead letter: ' },
  ],
  [
    'the archive of the function is another one than its hash says',
    'delivers',
    (stack) => stack.set(stack.block(writer), 'source_code_hash', 'AAAA'),
    { what: `${stackId}: ${writer}: "source_code_hash" is AAAA` },
  ],
  [
    'an API destination is to get batches',
    'delivers',
    (stack) => stack.set(stack.block(https, 'source_parameters', 'sqs_queue_parameters'), 'batch_size', 10),
    { what: `${stackId}: ${https}: "batch_size" is 10; an API destination takes no batches: set it to 1` },
  ],
  [
    'the input template is the bare body',
    'delivers',
    (stack) => stack.set(stack.block(https, 'target_parameters'), 'input_template', '<$.body>'),
    { what: `${stackId}: ${https}.input_template: <$.body>` },
  ],
  [
    'a function that reads records gets something else',
    'delivers',
    (stack) => stack.add(stack.block(archive, 'target_parameters'), 'input_template', '{"data":<$.body>}'),
    { what: 'the subscriber gets every message: 0 of ' },
  ],
  [
    'the filter of a pipe to a server drops everything',
    'delivers',
    filterAway(https),
    { what: `${stackId}: ${https}: a filter that lets through none of the messages` },
  ],
  [
    'the filter of a pipe to a function drops everything',
    'delivers',
    filterAway(archive),
    { what: `${stackId}: ${archive}: a filter that lets through none of the messages` },
  ],
  [
    'the filter takes JSON for text',
    'delivers',
    (stack) =>
      stack.add(stack.block(https, 'source_parameters'), 'filter_criteria', {
        filter: [{ pattern: JSON.stringify({ body: [{ prefix: '{' }] }) }],
      }),
    { what: `${stackId}: ${https}: a filter that lets through none of the messages` },
  ],
  [
    'the pipe is stopped',
    'delivers',
    (stack) => stack.set(stack.block(https), 'desired_state', 'STOPPED'),
    { what: 'its desired_state is STOPPED', at: `${stackId}: ${https}` },
  ],
  [
    'the pipe takes from a queue that does not exist',
    'delivers',
    (stack) => stack.replace(stack.block(https), 'source', 'delivery-results', 'results'),
    { what: 'the subscription delivery-results: its pipe takes messages from' },
    {
      what: 'no stack has the queue arn:aws:sqs:ap-northeast-2:444455556666:prod-results',
      at: `${stackId}: ${https}`,
    },
  ],
  [
    'the pipe goes to a function that does not exist',
    'delivers',
    (stack) => stack.replace(stack.block(archive), 'target', 'archive-writer', 'archive'),
    { what: 'prod-payment-events-archive' },
  ],
  [
    'there is no pipe',
    'delivers',
    (stack) => stack.dropResource(https),
    { what: 'the subscription delivery-results: no stack has' },
  ],
]);

testDefects(intact, { stackId: 'prod-callback-receiver', kind: 'subscription' }, [
  [
    'the visibility timeout is shorter than the timeout of the function',
    'visibility-timeout',
    (stack) => stack.set(stack.block('aws_sqs_queue.payment_events_queue'), 'visibility_timeout_seconds', 20),
    {
      what: 'visibility_timeout_seconds of prod-payment-events.fifo is 20; arn:aws:lambda:ap-northeast-2:444455556666:function:prod-payment-events-archive-writer may take 30 s',
    },
  ],
  [
    'the visibility timeout is shorter than an API destination may take',
    'visibility-timeout',
    (stack) =>
      stack.set(stack.block('aws_sqs_queue.delivery_results_queue'), 'visibility_timeout_seconds', 3),
    { what: 'visibility_timeout_seconds of prod-delivery-results is 3; an API destination may take 5 s' },
  ],
  [
    'a message is given up after one delivery',
    'down',
    (stack) =>
      stack.replace(
        stack.block('aws_sqs_queue_redrive_policy.delivery_results_queue_redrive'),
        'redrive_policy',
        'Count":480',
        'Count":1',
      ),
    { what: 'nothing is given up: 20 dead letters, 0 waiting' },
  ],
  [
    'there is no dead-letter queue',
    'given-up',
    (stack) => stack.dropResource('aws_sqs_queue_redrive_policy.delivery_results_queue_redrive'),
    { what: 'the queue has a dead-letter queue: prod-delivery-results has no redrive_policy' },
  ],
  [
    'the dead-letter queue forgets sooner than the queue',
    'given-up',
    (stack) =>
      stack.set(
        stack.block('aws_sqs_queue.delivery_results_queue_dead_letter'),
        'message_retention_seconds',
        604_800,
      ),
    { what: 'its message_retention_seconds is 604800, that of prod-delivery-results 1123200' },
    { what: 'accepted messages are lost' },
  ],
]);
