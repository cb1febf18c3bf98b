import { describe, expect, test } from 'vitest';
import { HttpsSubscriber } from '../../../constructs/pipe/https-subscriber';
import { LambdaSubscriber } from '../../../constructs/pipe/lambda-subscriber';
import { Pipe, type PipeProps } from '../../../constructs/pipe/pipe';
import type { Subscriber } from '../../../constructs/pipe/subscriber';
import { ExistingQueue, type ExistingQueueProps } from '../../../constructs/queue/existing-queue';
import type { ReadableStack } from '../../../synthesis/readable-stack';
import { exampleStack, statements, synthesized } from '../../support/synthesized';
import { exampleFunction } from '../function/example-function';

const queueArn = 'arn:aws:sqs:ap-northeast-2:111122223333:dev-orders';
const functionArn = 'arn:aws:lambda:ap-northeast-2:111122223333:function:orders';

const toFunction = () => new LambdaSubscriber({ functionArn });
const toServer =
  (headers: Readonly<Record<string, string>> = {}) =>
  (stack: ReadableStack) =>
    new HttpsSubscriber(stack, 'subscriber', {
      name: 'dev-orders',
      url: 'https://subscriber.example.com/orders',
      authorization: { kind: 'api-key', header: 'X-Api-Key' },
      rateLimitPerSecond: 10,
      headers,
    });

function examplePipe(
  subscriber: (stack: ReadableStack) => Subscriber,
  props: Partial<PipeProps> = {},
  key?: ExistingQueueProps['key'],
) {
  const stack = exampleStack();
  new Pipe(stack, 'orders', {
    name: 'dev-orders',
    description: 'Delivers orders',
    source: new ExistingQueue(stack, 'source', { arn: queueArn, ...(key && { key }) }),
    subscriber: subscriber(stack),
    logRetentionDays: 30,
    ...props,
  });
  return synthesized(stack);
}

/** What every pipe of the example is, whatever its subscriber. */
const common = {
  name: 'dev-orders',
  description: 'Delivers orders',
  role_arn: '${aws_iam_role.orders_role.arn}',
  source: queueArn,
  desired_state: 'RUNNING',
  log_configuration: {
    level: 'ERROR',
    cloudwatch_logs_log_destination: { log_group_arn: '${aws_cloudwatch_log_group.orders_log.arn}' },
  },
  depends_on: ['aws_iam_role_policy.orders_role_grants'],
};

const consume = {
  sid: 'ConsumeFromTheQueue',
  effect: 'Allow',
  actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
  resources: [queueArn],
};

describe('to an HTTPS server', () => {
  test('a pipe delivers message by message, each as JSON with its id', () => {
    expect(examplePipe(toServer()).resource.aws_pipes_pipe).toEqual({
      orders: {
        ...common,
        target: '${aws_cloudwatch_event_api_destination.subscriber_destination.arn}',
        source_parameters: { sqs_queue_parameters: { batch_size: 1 } },
        target_parameters: { input_template: '{"messageId":<$.messageId>,"data":<$.body>}' },
      },
    });
  });

  test('its headers are parameters of the target, beside the template', () => {
    expect(examplePipe(toServer({ 'X-Source': 'dev' })).resource.aws_pipes_pipe).toEqual({
      orders: {
        ...common,
        target: '${aws_cloudwatch_event_api_destination.subscriber_destination.arn}',
        source_parameters: { sqs_queue_parameters: { batch_size: 1 } },
        target_parameters: {
          input_template: '{"messageId":<$.messageId>,"data":<$.body>}',
          http_parameters: { header_parameters: { 'X-Source': 'dev' } },
        },
      },
    });
  });

  test('its role may consume and deliver, and nothing else', () => {
    expect(statements(examplePipe(toServer()), 'orders_role_grants_document')).toEqual([
      consume,
      {
        sid: 'DeliverToTheSubscriber',
        effect: 'Allow',
        actions: ['events:InvokeApiDestination'],
        resources: ['arn:aws:events:ap-northeast-2:111122223333:api-destination/dev-orders/*'],
      },
    ]);
  });
});

describe('to a function', () => {
  test('a pipe delivers ten records at once, as they are', () => {
    expect(examplePipe(toFunction).resource.aws_pipes_pipe).toEqual({
      orders: {
        ...common,
        target: functionArn,
        source_parameters: { sqs_queue_parameters: { batch_size: 10 } },
        target_parameters: { lambda_function_parameters: { invocation_type: 'REQUEST_RESPONSE' } },
      },
    });
  });

  test('its role may consume and invoke, and nothing else', () => {
    expect(statements(examplePipe(toFunction), 'orders_role_grants_document')).toEqual([
      consume,
      {
        sid: 'InvokeTheSubscriber',
        effect: 'Allow',
        actions: ['lambda:InvokeFunction'],
        resources: [functionArn],
      },
    ]);
  });

  test('the pipe waits for a function of its own stack', () => {
    const { stack, reply } = exampleFunction();
    new Pipe(stack, 'orders', {
      name: 'dev-orders',
      description: 'Delivers orders',
      source: new ExistingQueue(stack, 'source', { arn: queueArn }),
      subscriber: new LambdaSubscriber({ functionArn: reply.arn, ready: [reply.resource, ...reply.ready] }),
      logRetentionDays: 30,
    });

    expect(synthesized(stack).resource.aws_pipes_pipe).toMatchObject({
      orders: {
        target: 'arn:aws:lambda:ap-northeast-2:111122223333:function:dev-reply',
        depends_on: [
          'aws_iam_role_policy.orders_role_grants',
          'aws_lambda_function.reply',
          'aws_iam_role_policy.reply_role_grants',
        ],
      },
    });
  });
});

test('an input template replaces the subscriber’s own', () => {
  const inputTemplate = '{"order":<$.body.id>}';

  expect(examplePipe(toServer(), { inputTemplate }).resource.aws_pipes_pipe).toMatchObject({
    orders: { target_parameters: { input_template: '{"order":<$.body.id>}' } },
  });
  expect(
    examplePipe(toFunction, { inputTemplate }).resource.aws_pipes_pipe?.orders?.target_parameters,
  ).toEqual({
    input_template: '{"order":<$.body.id>}',
    lambda_function_parameters: { invocation_type: 'REQUEST_RESPONSE' },
  });
});

test('an input template and a filter are no templates of Terraform', () => {
  const { resource } = examplePipe(toFunction, {
    inputTemplate: '"${a} %{b}"',
    filter: [{ body: { id: [{ prefix: '${c}' }] } }],
  });

  expect(resource.aws_pipes_pipe).toMatchObject({
    orders: {
      source_parameters: {
        filter_criteria: { filter: [{ pattern: '{"body":{"id":[{"prefix":"$${c}"}]}}' }] },
      },
      target_parameters: { input_template: '"$${a} %%{b}"' },
    },
  });
});

test('a filter is a list of event patterns, their keys in order', () => {
  const { resource } = examplePipe(toFunction, {
    filter: [{ body: { status: ['failed'], media: ['SMS'] } }, { body: { status: ['expired'] } }],
  });

  expect(resource.aws_pipes_pipe?.orders?.source_parameters).toEqual({
    sqs_queue_parameters: { batch_size: 10 },
    filter_criteria: {
      filter: [
        { pattern: '{"body":{"media":["SMS"],"status":["failed"]}}' },
        { pattern: '{"body":{"status":["expired"]}}' },
      ],
    },
  });
});

test('only this pipe of this account may assume its role', () => {
  const configuration = examplePipe(toFunction);

  expect(configuration.resource.aws_iam_role).toEqual({
    orders_role: {
      name: 'dev-orders-role',
      description: 'What the pipe dev-orders acts as',
      assume_role_policy: '${data.aws_iam_policy_document.orders_role_trust.json}',
    },
  });
  expect(statements(configuration, 'orders_role_trust')).toEqual([
    {
      sid: 'OnePipeAssumesThisRole',
      effect: 'Allow',
      principals: [{ type: 'Service', identifiers: ['pipes.amazonaws.com'] }],
      actions: ['sts:AssumeRole'],
      condition: [
        { test: 'StringEquals', variable: 'aws:SourceAccount', values: ['111122223333'] },
        {
          test: 'ArnEquals',
          variable: 'aws:SourceArn',
          values: ['arn:aws:pipes:ap-northeast-2:111122223333:pipe/dev-orders'],
        },
      ],
    },
  ]);
});

test('with a key on its queue, the role may decrypt through SQS too', () => {
  const keyArn = 'arn:aws:kms:ap-northeast-2:111122223333:key/1111-2222';

  expect(statements(examplePipe(toFunction, {}, { arn: keyArn }), 'orders_role_grants_document')).toEqual([
    consume,
    {
      sid: 'DecryptThroughTheQueueKey',
      effect: 'Allow',
      actions: ['kms:Decrypt'],
      resources: [keyArn],
      condition: [
        { test: 'StringEquals', variable: 'kms:ViaService', values: ['sqs.ap-northeast-2.amazonaws.com'] },
      ],
    },
    {
      sid: 'InvokeTheSubscriber',
      effect: 'Allow',
      actions: ['lambda:InvokeFunction'],
      resources: [functionArn],
    },
  ]);
});

test('its log group is one whose delivery permission is shared, and keeps lines for as long as it is told', () => {
  expect(examplePipe(toFunction, { logRetentionDays: 365 }).resource.aws_cloudwatch_log_group).toEqual({
    orders_log: { name: '/aws/vendedlogs/pipes/dev-orders', retention_in_days: 365 },
  });
});
