import { describe, expect, test } from 'vitest';
import type { Environment, SubscriptionSettings } from '../../environments/environment';
import { resource, statements } from '../support/synthesized';
import { exampleCallback, exampleSubscription, pipe } from './example-environment';

const consumes = (arn: string) => ({
  sid: 'ConsumeFromTheQueue',
  effect: 'Allow',
  actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
  resources: [arn],
});

const throughSqs = {
  test: 'StringEquals',
  variable: 'kms:ViaService',
  values: ['sqs.ap-northeast-2.amazonaws.com'],
};

const decrypts = (resources: readonly string[], condition: readonly unknown[]) => ({
  sid: 'DecryptThroughTheQueueKey',
  effect: 'Allow',
  actions: ['kms:Decrypt'],
  resources,
  condition,
});

const keyArn = 'arn:aws:kms:ap-northeast-2:444455556666:key/1111-2222';

describe('a subscription takes from', () => {
  /** The queue that the pipe takes from, and what its role may do there. */
  function source(subscription: Partial<SubscriptionSettings>, environment: Partial<Environment> = {}) {
    const configuration = pipe(subscription, environment);
    return {
      arn: resource(configuration, 'aws_pipes_pipe', 'orders_out_pipe').source,
      grants: (statements(configuration, 'orders_out_pipe_role_grants_document') as { sid: string }[]).filter(
        ({ sid }) => sid !== 'InvokeTheSubscriber',
      ),
    };
  }

  const theirs = 'arn:aws:sqs:ap-northeast-2:444455556666:orders';
  const ours = 'arn:aws:sqs:ap-northeast-2:111122223333:test-orders';

  const withCallback = (queue?: (typeof exampleCallback)['queue']): Partial<Environment> => ({
    callbackReceiver: { callbacks: [{ ...exampleCallback, ...(queue && { queue }) }] },
  });

  test('any queue by its ARN', () => {
    expect(source({ source: { queueArn: theirs } })).toEqual({ arn: theirs, grants: [consumes(theirs)] });
  });

  test('an encrypted queue by its ARN and its key’s', () => {
    expect(source({ source: { queueArn: theirs, keyArn } })).toEqual({
      arn: theirs,
      grants: [consumes(theirs), decrypts([keyArn], [throughSqs])],
    });
  });

  test('the queue of a callback, by that callback’s name', () => {
    expect(source({ source: { callback: 'orders' } }, withCallback())).toEqual({
      arn: ours,
      grants: [consumes(ours)],
    });
  });

  test('the FIFO queue of a callback', () => {
    const fifo = { kind: 'fifo', messageGroupId: { from: 'body', field: 'id' } } as const;

    expect(source({ source: { callback: 'orders' } }, withCallback(fifo))).toEqual({
      arn: `${ours}.fifo`,
      grants: [consumes(`${ours}.fifo`)],
    });
  });

  test('the queue of a callback that its stack’s key encrypts, by that key’s alias', () => {
    const environment: Partial<Environment> = { ...withCallback(), encryption: 'customer-key' };

    expect(source({ source: { callback: 'orders' } }, environment)).toEqual({
      arn: ours,
      grants: [
        consumes(ours),
        decrypts(
          ['arn:aws:kms:ap-northeast-2:111122223333:key/*'],
          [
            {
              test: 'ForAnyValue:StringEquals',
              variable: 'kms:ResourceAliases',
              values: ['alias/test-callback-receiver'],
            },
            throughSqs,
          ],
        ),
      ],
    });
  });

  test('the existing queue of a callback, with its own key and not the stack’s', () => {
    const environment: Partial<Environment> = {
      ...withCallback({ kind: 'existing', arn: theirs, keyArn }),
      encryption: 'customer-key',
    };

    expect(source({ source: { callback: 'orders' } }, environment)).toEqual({
      arn: theirs,
      grants: [consumes(theirs), decrypts([keyArn], [throughSqs])],
    });
  });
});

describe('a subscription delivers to', () => {
  test('an HTTPS server, ten times a second unless it says otherwise', () => {
    const subscriber = {
      kind: 'https',
      url: 'https://subscriber.example.com/orders',
      authorization: { kind: 'basic', username: 'orders' },
    } as const;

    const configuration = pipe({ subscriber });
    const faster = pipe({ subscriber: { ...subscriber, rateLimitPerSecond: 300, method: 'PUT' } });
    const named = pipe({ subscriber: { ...subscriber, headers: { 'X-Source': 'test' } } });

    const destination = {
      name: 'test-orders-out',
      description: 'Deliveries of test-orders-out',
      connection_arn: '${aws_cloudwatch_event_connection.orders_out_subscriber_connection.arn}',
      http_method: 'POST',
      invocation_endpoint: 'https://subscriber.example.com/orders',
      invocation_rate_limit_per_second: 10,
    };
    expect(configuration.resource.aws_cloudwatch_event_api_destination).toEqual({
      orders_out_subscriber_destination: destination,
    });
    expect(faster.resource.aws_cloudwatch_event_api_destination).toEqual({
      orders_out_subscriber_destination: {
        ...destination,
        http_method: 'PUT',
        invocation_rate_limit_per_second: 300,
      },
    });
    expect(resource(named, 'aws_pipes_pipe', 'orders_out_pipe').target_parameters).toEqual({
      input_template: '{"messageId":<$.messageId>,"data":<$.body>}',
      http_parameters: { header_parameters: { 'X-Source': 'test' } },
    });
    expect(configuration.resource.aws_cloudwatch_event_connection).toEqual({
      orders_out_subscriber_connection: {
        name: 'test-orders-out',
        description: 'How deliveries of test-orders-out are authorized',
        authorization_type: 'BASIC',
        auth_parameters: { basic: { username: 'orders', password: '${var.orders_out_subscriber_secret}' } },
      },
    });
    expect(Object.keys(configuration.variable)).toEqual(['orders_out_subscriber_secret']);
  });

  test('a function that someone else owns', () => {
    const configuration = pipe();

    expect(configuration.resource.aws_pipes_pipe).toEqual({
      orders_out_pipe: {
        name: 'test-orders-out',
        description: 'Delivers the messages of orders to their subscriber',
        role_arn: '${aws_iam_role.orders_out_pipe_role.arn}',
        source: 'arn:aws:sqs:ap-northeast-2:444455556666:orders',
        source_parameters: { sqs_queue_parameters: { batch_size: 10 } },
        target: 'arn:aws:lambda:ap-northeast-2:111122223333:function:orders',
        target_parameters: { lambda_function_parameters: { invocation_type: 'REQUEST_RESPONSE' } },
        desired_state: 'RUNNING',
        log_configuration: {
          level: 'ERROR',
          cloudwatch_logs_log_destination: {
            log_group_arn: '${aws_cloudwatch_log_group.orders_out_pipe_log.arn}',
          },
        },
        depends_on: ['aws_iam_role_policy.orders_out_pipe_role_grants'],
      },
    });
    expect(configuration.resource.aws_lambda_function).toBeUndefined();
    expect(configuration.variable).toEqual({});
  });

  test.each([
    ['a queue of the callback, covering a day', undefined, '480'],
    ['a queue with a limit of its own', { kind: 'standard', maxReceiveCount: 700 } as const, '700'],
    [
      'a queue that someone else owns',
      { kind: 'existing', arn: 'arn:aws:sqs:ap-northeast-2:111122223333:o' } as const,
      undefined,
    ],
  ])('an archive of %s knows how often a message is delivered', (_, queue, count) => {
    const archive: Partial<SubscriptionSettings> = {
      source: { callback: 'orders' },
      subscriber: { kind: 's3-archive' },
    };
    const configuration = pipe(archive, {
      callbackReceiver: { callbacks: [{ ...exampleCallback, ...(queue && { queue }) }] },
      subscriberPipe: { subscriptions: [{ ...exampleSubscription, ...archive }] },
    });

    const { environment } = resource(configuration, 'aws_lambda_function', 'orders_out_writer') as {
      environment: { variables: Record<string, string> };
    };
    expect(environment.variables.MAX_RECEIVE_COUNT).toBe(count);
  });

  test('an archive: a function that may write to a bucket of the stack', () => {
    const configuration = pipe({ subscriber: { kind: 's3-archive', messageKeyField: 'id' } });

    expect(configuration.resource.aws_s3_bucket).toEqual({
      orders_out_bucket: { bucket: 'test-orders-out-111122223333-ap-northeast-2' },
    });
    expect(resource(configuration, 'aws_lambda_function', 'orders_out_writer')).toMatchObject({
      function_name: 'test-orders-out-writer',
      filename: 'functions/archive-to-s3.zip',
      timeout: 30,
      reserved_concurrent_executions: 10,
      environment: {
        variables: {
          BUCKET_NAME: 'test-orders-out-111122223333-ap-northeast-2',
          MESSAGE_KEY_FIELD: 'id',
        },
      },
    });
    expect((statements(configuration, 'orders_out_writer_role_grants_document') as unknown[]).at(-1)).toEqual(
      {
        sid: 'WriteToTheArchive',
        effect: 'Allow',
        actions: ['s3:PutObject'],
        resources: ['arn:aws:s3:::test-orders-out-111122223333-ap-northeast-2/*'],
      },
    );
    expect(resource(configuration, 'aws_pipes_pipe', 'orders_out_pipe')).toMatchObject({
      target: 'arn:aws:lambda:ap-northeast-2:111122223333:function:test-orders-out-writer',
      depends_on: [
        'aws_iam_role_policy.orders_out_pipe_role_grants',
        'aws_lambda_function.orders_out_writer',
        'aws_iam_role_policy.orders_out_writer_role_grants',
      ],
    });
  });

  test('an archive whose objects are named by SQS’s message id where no field is named', () => {
    const configuration = pipe({ subscriber: { kind: 's3-archive' } });

    expect(resource(configuration, 'aws_lambda_function', 'orders_out_writer').environment).toEqual({
      variables: { BUCKET_NAME: 'test-orders-out-111122223333-ap-northeast-2' },
    });
  });
});

test('filter and input template reach the pipe', () => {
  const configuration = pipe({
    filter: [{ body: { status: ['failed'] } }],
    inputTemplate: '{"id":<$.body.id>}',
  });

  expect(resource(configuration, 'aws_pipes_pipe', 'orders_out_pipe')).toMatchObject({
    source_parameters: { filter_criteria: { filter: [{ pattern: '{"body":{"status":["failed"]}}' }] } },
    target_parameters: { input_template: '{"id":<$.body.id>}' },
  });
});

test('logs are kept for as long as the environment says', () => {
  const configuration = pipe({ subscriber: { kind: 's3-archive' } }, { logRetentionDays: 365 });

  expect(configuration.resource.aws_cloudwatch_log_group).toEqual({
    orders_out_pipe_log: { name: '/aws/vendedlogs/pipes/test-orders-out', retention_in_days: 365 },
    orders_out_writer_log: { name: '/aws/lambda/test-orders-out-writer', retention_in_days: 365 },
  });
});

test('each subscription is a pipe of its own', () => {
  const subscriptions = ['orders-out', 'orders-copy'].map((name) => ({ ...exampleSubscription, name }));

  const { resource: resources, output } = pipe({}, {}, { subscriptions });

  expect(Object.keys(resources.aws_pipes_pipe ?? {}).sort()).toEqual(['orders_copy_pipe', 'orders_out_pipe']);
  expect(output.pipe_names?.value).toEqual({
    'orders-out': 'test-orders-out',
    'orders-copy': 'test-orders-copy',
  });
});
