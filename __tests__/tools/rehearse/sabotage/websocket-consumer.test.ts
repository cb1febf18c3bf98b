import { test } from 'vitest';
import { dev } from '../../../fixtures/environments/dev';
import { expectHeld, synthesized, testDefects } from './sabotage';

const intact = synthesized(dev);
const stackId = 'dev-websocket-reply';
const mapping = 'aws_lambda_event_source_mapping.reply_source';
const reply = 'aws_lambda_function.reply';
const variables = [reply, 'environment', 'variables'] as const;
const queueArn = 'arn:aws:sqs:ap-northeast-2:111122223333:dev-websocket-messages';

test.each(['echo', 'throttled', 'function-killed', 'poison', 'redrive', 'given-up'])(
  'with its consumer as it is: %s',
  (scenario) => expectHeld(intact, `websocket/${scenario}`),
);

testDefects(intact, { stackId, kind: 'websocket' }, [
  [
    'nothing takes messages to the function',
    'echo',
    (stack) => stack.dropResource(mapping),
    { what: 'the reply is complete: no reply' },
    { what: 'nothing is left on the queue: 1 messages' },
  ],
  [
    'the event source mapping is disabled',
    'echo',
    (stack) => stack.add(stack.block(mapping), 'enabled', false),
    { what: 'nothing is left on the queue: 1 messages' },
  ],
  [
    'the event source mapping names another queue',
    'echo',
    (stack) => stack.set(stack.block(mapping), 'event_source_arn', `${queueArn}-other.fifo`),
    {
      what: `${queueArn}-other.fifo: AWS.SimpleQueueService.NonExistentQueue`,
      at: `${stackId}: ${mapping}`,
    },
  ],
  [
    'the event source mapping names a function that no stack has',
    'echo',
    (stack) => stack.set(stack.block(mapping), 'function_name', 'dev-other'),
    { what: `${stackId}: ${mapping}: no stack has the function dev-other` },
  ],
  [
    'batches fail as a whole, and what failed is taken for done',
    'throttled',
    (stack) => stack.drop(stack.block(mapping), 'function_response_types'),
    { what: 'accepted messages are lost' },
  ],
  [
    'batches of a FIFO queue are too large',
    'echo',
    (stack) => stack.set(stack.block(mapping), 'batch_size', 100),
    { what: `${stackId}: ${mapping}: "batch_size" is 100; Lambda takes 1 to 10 for FIFO queues` },
  ],
  [
    'the archive is another one than its hash says',
    'echo',
    (stack) => stack.set(stack.block(reply), 'source_code_hash', 'AAAA'),
    { what: `${stackId}: ${reply}: "source_code_hash" is AAAA` },
  ],
  [
    'there is no archive',
    'echo',
    (stack) => stack.set(stack.block(reply), 'filename', 'functions/none.zip'),
    { what: `${stackId}: ${reply}: "filename" is "functions/none.zip", and there is no such file` },
  ],
  [
    'the handler is another one',
    'echo',
    (stack) => stack.set(stack.block(reply), 'handler', 'index.other'),
    { what: 'the reply is complete: no reply' },
  ],
  [
    'CONNECTIONS_ENDPOINT is that of another API',
    'echo',
    (stack) =>
      stack.set(
        stack.block(...variables),
        'CONNECTIONS_ENDPOINT',
        'https://abcdefghij.execute-api.ap-northeast-2.amazonaws.com/v1',
      ),
    {
      what: 'ENOTFOUND abcdefghij.execute-api.ap-northeast-2.amazonaws.com',
      at: `${stackId}: ${reply}`,
    },
  ],
  [
    'CONNECTIONS_ENDPOINT is that of another stage',
    'echo',
    (stack) => stack.replace(stack.block(...variables), 'CONNECTIONS_ENDPOINT', '/v1', '/v2'),
    { what: "CONNECTIONS_ENDPOINT names another API's stage", at: `${stackId}: ${reply}` },
  ],
  [
    'the visibility timeout is shorter than the timeout of the function',
    'echo',
    (stack) => stack.set(stack.block('aws_sqs_queue.messages'), 'visibility_timeout_seconds', 20),
    {
      what: 'Queue visibility timeout: 20 seconds is less than Function timeout: 30 seconds',
      at: `${stackId}: ${mapping}`,
    },
  ],
  [
    'a message is given up after one delivery',
    'function-killed',
    (stack) =>
      stack.replace(
        stack.block('aws_sqs_queue_redrive_policy.messages_redrive'),
        'redrive_policy',
        'Count":5',
        'Count":1',
      ),
    { what: 'none is given up: ' },
  ],
  [
    'the function does not know after how many deliveries a message is given up',
    'poison',
    (stack) => stack.drop(stack.block(...variables), 'MAX_RECEIVE_COUNT'),
    { what: 'the poisoned one alone is a dead letter: 2 dead letters' },
    { what: 'the group goes on: first well' },
  ],
  [
    'the function believes in more deliveries than there are',
    'poison',
    (stack) => stack.set(stack.block(...variables), 'MAX_RECEIVE_COUNT', '50'),
    { what: 'the poisoned one alone is a dead letter: 2 dead letters' },
  ],
  [
    'there is no dead-letter queue',
    'given-up',
    (stack) => stack.dropResource('aws_sqs_queue_redrive_policy.messages_redrive'),
    { what: 'the queue has a dead-letter queue: dev-websocket-messages.fifo has no redrive_policy' },
  ],
  [
    'the dead-letter queue is in no stack',
    'echo',
    (stack) => {
      stack.dropResource('aws_sqs_queue.messages_dead_letter');
      stack.dropResource('aws_sqs_queue_policy.messages_dead_letter_policy');
      stack.dropResource('aws_sqs_queue_redrive_allow_policy.messages_dead_letter_redrive_allow');
    },
    { what: `its dead-letter queue ${queueArn}-dead-letter.fifo is in no stack` },
  ],
  [
    'the dead-letter queue is a standard queue',
    'echo',
    (stack) => {
      const deadLetter = stack.block('aws_sqs_queue.messages_dead_letter');
      stack.drop(deadLetter, 'fifo_queue');
      stack.replace(deadLetter, 'name', '.fifo', '');
      const redrive = stack.block('aws_sqs_queue_redrive_policy.messages_redrive');
      stack.replace(redrive, 'redrive_policy', 'dead-letter.fifo', 'dead-letter');
    },
    {
      what: `${stackId}: aws_sqs_queue_redrive_policy.messages_redrive.redrive_policy: deadLetterTargetArn is "${queueArn}-dead-letter"; SQS takes another queue of the same account, region and kind`,
    },
  ],
  [
    'the dead-letter queue does not let the queue in',
    'echo',
    (stack) =>
      stack.replace(
        stack.block('aws_sqs_queue_redrive_allow_policy.messages_dead_letter_redrive_allow'),
        'redrive_allow_policy',
        'messages.fifo',
        'others.fifo',
      ),
    { what: `${queueArn}-dead-letter.fifo does not list it in its redrive allow policy` },
  ],
  [
    'the dead-letter queue forgets sooner than the queue',
    'given-up',
    (stack) =>
      stack.set(stack.block('aws_sqs_queue.messages_dead_letter'), 'message_retention_seconds', 345_600),
    { what: 'its message_retention_seconds is 345600, that of dev-websocket-messages.fifo 604800' },
    { what: '1 accepted messages are lost' },
  ],
  [
    'the queue is FIFO by its name alone',
    'echo',
    (stack) => {
      for (const name of ['messages', 'messages_dead_letter']) {
        stack.drop(stack.block(`aws_sqs_queue.${name}`), 'fifo_queue');
      }
      const queue = stack.block('aws_sqs_queue.messages');
      stack.drop(queue, 'deduplication_scope');
      stack.drop(queue, 'fifo_throughput_limit');
    },
    { what: 'SQS wants the name of a FIFO queue to end in .fifo, and of no other' },
  ],
  [
    'the queue loses messages after a minute',
    'visibility-expiry',
    (stack) => stack.set(stack.block('aws_sqs_queue.messages'), 'message_retention_seconds', 60),
    { what: '1 accepted messages are lost' },
  ],
]);
