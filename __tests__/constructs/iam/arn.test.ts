import { describe, expect, test } from 'vitest';
import {
  accountRootArn,
  anyKeyArn,
  apiDestinationArn,
  bucketArn,
  bucketObjectsArn,
  executeApiArn,
  functionArn,
  logStreamsArn,
  parseQueueArn,
  pipeArn,
  postToConnectionsArn,
  queueArn,
  queueUrl,
  roleArn,
  sqsIntegrationUri,
} from '../../../constructs/iam/arn';
import { placement } from '../../../constructs/iam/placement';

const account = '111122223333';

describe.each([
  ['aws', 'ap-northeast-2', 'amazonaws.com'],
  ['aws-cn', 'cn-north-1', 'amazonaws.com.cn'],
  ['aws-us-gov', 'us-gov-west-1', 'amazonaws.com'],
  ['aws-iso', 'us-iso-east-1', 'c2s.ic.gov'],
  ['aws-iso-b', 'us-isob-east-1', 'sc2s.sgov.gov'],
  ['aws-iso-e', 'eu-isoe-west-1', 'cloud.adc-e.uk'],
  ['aws-iso-f', 'us-isof-south-1', 'csp.hci.ic.gov'],
  ['aws-eusc', 'eusc-de-east-1', 'amazonaws.eu'],
])('in the partition %s (%s)', (partition, region, dnsSuffix) => {
  const at = placement(region, account);

  test.each([
    ['the account itself', accountRootArn(at), `arn:${partition}:iam::${account}:root`],
    ['a role', roleArn(at, 'dev-reply-role'), `arn:${partition}:iam::${account}:role/dev-reply-role`],
    ['a queue', queueArn(at, 'orders.fifo'), `arn:${partition}:sqs:${region}:${account}:orders.fifo`],
    ['any key of the account', anyKeyArn(at), `arn:${partition}:kms:${region}:${account}:key/*`],
    [
      'a function',
      functionArn(at, 'dev-reply'),
      `arn:${partition}:lambda:${region}:${account}:function:dev-reply`,
    ],
    ['a pipe', pipeArn(at, 'dev-orders'), `arn:${partition}:pipes:${region}:${account}:pipe/dev-orders`],
    [
      'an API destination, whatever id EventBridge appends',
      apiDestinationArn(at, 'dev-orders'),
      `arn:${partition}:events:${region}:${account}:api-destination/dev-orders/*`,
    ],
    [
      'the streams of a log group',
      logStreamsArn(at, '/aws/lambda/dev-reply'),
      `arn:${partition}:logs:${region}:${account}:log-group:/aws/lambda/dev-reply:*`,
    ],
    ['a bucket', bucketArn(at, 'dev-archive'), `arn:${partition}:s3:::dev-archive`],
    ['the objects of a bucket', bucketObjectsArn(at, 'dev-archive'), `arn:${partition}:s3:::dev-archive/*`],
    [
      'one method of an API',
      executeApiArn(at, 'a1b2c3', 'v1', 'POST', '/orders/events'),
      `arn:${partition}:execute-api:${region}:${account}:a1b2c3/v1/POST/orders/events`,
    ],
    [
      'every method of an API',
      executeApiArn(at, 'a1b2c3', 'v1', '*', '/*'),
      `arn:${partition}:execute-api:${region}:${account}:a1b2c3/v1/*/*`,
    ],
    [
      'posting to the connections of a WebSocket stage',
      postToConnectionsArn(at, 'a1b2c3', 'v1'),
      `arn:${partition}:execute-api:${region}:${account}:a1b2c3/v1/POST/@connections/*`,
    ],
    [
      'the integration with one queue, of another account too',
      sqsIntegrationUri(at, '444455556666', 'orders.fifo'),
      `arn:${partition}:apigateway:${region}:sqs:path/444455556666/orders.fifo`,
    ],
    [
      'the URL of a queue, of another account too',
      queueUrl(at, '444455556666', 'orders.fifo'),
      `https://sqs.${region}.${dnsSuffix}/444455556666/orders.fifo`,
    ],
  ])('%s', (_what, built, expected) => {
    expect(built).toBe(expected);
  });

  test('the ARN of a queue is read back into its parts', () => {
    expect(parseQueueArn(queueArn(at, 'orders.fifo'))).toEqual({
      partition,
      region,
      accountId: account,
      name: 'orders.fifo',
    });
  });
});

const arnOf = (name: string) => `arn:aws:sqs:eu-west-1:${account}:${name}`;

test.each([
  ['one character', 'a'],
  ['letters, digits, hyphens and underscores', 'Orders_2-x'],
  ['80 characters', 'a'.repeat(80)],
  ['.fifo after 75 characters', `${'a'.repeat(75)}.fifo`],
])('a queue name of %s is one', (_what, name) => {
  expect(parseQueueArn(arnOf(name))).toEqual({
    partition: 'aws',
    region: 'eu-west-1',
    accountId: account,
    name,
  });
});

test.each([
  ['nothing', ''],
  ['a queue URL', `https://sqs.eu-west-1.amazonaws.com/${account}/orders`],
  ['a name alone', 'orders'],
  ['no name', arnOf('')],
  ['a name of 81 characters', arnOf('a'.repeat(81))],
  ['.fifo after 76 characters', arnOf(`${'a'.repeat(76)}.fifo`)],
  ['nothing before .fifo', arnOf('.fifo')],
  ['a dot within the name', arnOf('orders.events')],
  ['.fifo in capitals', arnOf('orders.FIFO')],
  ['a name with a slash', arnOf('orders/events')],
  ['a name with a colon', arnOf('orders:events')],
  ['a wildcard', arnOf('orders-*')],
  ['a wildcard for the account', 'arn:aws:sqs:eu-west-1:*:orders'],
  ['eleven digits of account', 'arn:aws:sqs:eu-west-1:11112222333:orders'],
  ['thirteen digits of account', 'arn:aws:sqs:eu-west-1:1111222233334:orders'],
  ['no region', `arn:aws:sqs::${account}:orders`],
  ['another service', `arn:aws:sns:eu-west-1:${account}:orders`],
  ['a partition that is not of AWS', `arn:gcp:sqs:eu-west-1:${account}:orders`],
  ['a reference', '${aws_sqs_queue.orders.arn}'],
  ['a newline behind it', `${arnOf('orders')}\n`],
  ['a space before it', ` ${arnOf('orders')}`],
])('%s is not the ARN of a queue', (_what, arn) => {
  expect(parseQueueArn(arn)).toBeUndefined();
});
