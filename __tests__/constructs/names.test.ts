import { expect, test } from 'vitest';
import {
  actorRoleName,
  aliasName,
  bucketName,
  deadLetterQueueName,
  functionLogGroupName,
  queueName,
  senderRoleName,
} from '../../constructs/names';

test.each([
  ['a standard queue', queueName('dev-orders', false), 'dev-orders'],
  ['a FIFO queue', queueName('dev-orders', true), 'dev-orders.fifo'],
  ['a standard dead-letter queue', deadLetterQueueName('dev-orders', false), 'dev-orders-dead-letter'],
  ['a FIFO dead-letter queue', deadLetterQueueName('dev-orders', true), 'dev-orders-dead-letter.fifo'],
  ['an alias', aliasName('dev-callback-receiver'), 'alias/dev-callback-receiver'],
  ['a log group', functionLogGroupName('dev-websocket-reply'), '/aws/lambda/dev-websocket-reply'],
  ['the role that sends to a queue', senderRoleName('dev-orders'), 'dev-orders-to-queue'],
  ['the role of a function or pipe', actorRoleName('dev-orders'), 'dev-orders-role'],
  [
    'a bucket',
    bucketName('dev-orders', '111122223333', 'ap-northeast-2'),
    'dev-orders-111122223333-ap-northeast-2',
  ],
])('%s has a name without a random part', (_what, name, expected) => {
  expect(name).toBe(expected);
});
