import { describe, expect, test } from 'vitest';
import type { CallbackSettings } from '../../environments/environment';
import { callbackTemplate } from '../constructs/api/callback-template';
import { type Configuration, resource, statements } from '../support/synthesized';
import { exampleCallback, receiver } from './example-environment';

const queueArn = 'arn:aws:sqs:ap-northeast-2:111122223333:test-orders';

const integration = (configuration: Configuration) =>
  resource(configuration, 'aws_api_gateway_integration', 'api_orders_route_integration');

const templatesOf = (callback: Partial<CallbackSettings>) =>
  integration(receiver(callback)).request_templates;

const fifo = (ids: object) => ({ queue: { kind: 'fifo', ...ids } }) as Partial<CallbackSettings>;

const byRequest = 'MessageDeduplicationId=$util.urlEncode($context.requestId)';

describe('a FIFO callback', () => {
  test('has a FIFO queue', () => {
    const configuration = receiver(
      fifo({ messageGroupId: { from: 'constant', value: 'all' }, retentionDays: 2 }),
    );

    expect(resource(configuration, 'aws_sqs_queue', 'orders_queue')).toMatchObject({
      name: 'test-orders.fifo',
      fifo_queue: true,
      message_retention_seconds: 172800,
    });
    expect(integration(configuration).uri).toBe(
      'arn:aws:apigateway:ap-northeast-2:sqs:path/111122223333/test-orders.fifo',
    );
  });

  test.each<[string, object, string]>([
    [
      'a header',
      { from: 'header', name: 'X-Order' },
      callbackTemplate(['x-order', 'content-type'], ['MessageGroupId=$util.urlEncode($header1)', byRequest]),
    ],
    [
      'a field of the body',
      { from: 'body', field: 'id' },
      callbackTemplate(['content-type'], ["MessageGroupId=$util.urlEncode($input.path('$.id'))", byRequest]),
    ],
    [
      'a constant',
      { from: 'constant', value: 'all orders' },
      callbackTemplate(['content-type'], ['MessageGroupId=all%20orders', byRequest]),
    ],
  ])('takes its group id from %s, and counts every request', (_what, messageGroupId, expected) => {
    expect(templatesOf(fifo({ messageGroupId }))).toEqual({ 'application/json': expected });
  });

  test.each<[string, object, string]>([
    [
      'a header',
      { from: 'header', name: 'content-type' },
      'MessageDeduplicationId=$util.urlEncode($header1)',
    ],
    [
      'a field of the body',
      { from: 'body', field: 'id' },
      "MessageDeduplicationId=$util.urlEncode($input.path('$.id'))",
    ],
    ['a constant', { from: 'constant', value: 'once' }, 'MessageDeduplicationId=once'],
  ])('can take its deduplication id from %s', (_what, messageDeduplicationId, expected) => {
    const ids = { messageGroupId: { from: 'constant', value: 'all' }, messageDeduplicationId };

    expect(templatesOf(fifo(ids))).toEqual({
      'application/json': callbackTemplate(['content-type'], ['MessageGroupId=all', expected]),
    });
  });
});

describe('an existing queue', () => {
  const theirs = 'arn:aws:sqs:ap-northeast-2:444455556666:their-orders';
  const keyArn = 'arn:aws:kms:ap-northeast-2:444455556666:key/1111-2222';
  const sends = (arn: string) => ({
    sid: 'SendToTheQueue',
    effect: 'Allow',
    actions: ['sqs:SendMessage'],
    resources: [arn],
  });

  test('is sent to, and nothing of it is made', () => {
    const configuration = receiver({ queue: { kind: 'existing', arn: theirs } });

    expect(integration(configuration)).toMatchObject({
      uri: 'arn:aws:apigateway:ap-northeast-2:sqs:path/444455556666/their-orders',
      request_templates: { 'application/json': callbackTemplate() },
      depends_on: ['aws_iam_role_policy.orders_sender_grants'],
    });
    expect(statements(configuration, 'orders_sender_grants_document')).toEqual([sends(theirs)]);
    expect(
      Object.keys(configuration.resource).filter((type) => /^aws_(sqs|kms|cloudwatch_metric)/.test(type)),
    ).toEqual([]);
    expect(configuration.output.queue_urls?.value).toEqual({
      orders: 'https://sqs.ap-northeast-2.amazonaws.com/444455556666/their-orders',
    });
  });

  test('with a key is sent to with the use of that key', () => {
    const configuration = receiver({ queue: { kind: 'existing', arn: theirs, keyArn } });

    expect(statements(configuration, 'orders_sender_grants_document')).toEqual([
      sends(theirs),
      {
        sid: 'EncryptThroughTheQueueKey',
        effect: 'Allow',
        actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
        resources: [keyArn],
        condition: [
          { test: 'StringEquals', variable: 'kms:ViaService', values: ['sqs.ap-northeast-2.amazonaws.com'] },
        ],
      },
    ]);
  });

  test('that is FIFO gets its group id, and the request’s id as deduplication id', () => {
    expect(
      templatesOf({
        queue: {
          kind: 'existing',
          arn: `${theirs}.fifo`,
          messageGroupId: { from: 'body', field: 'id' },
        },
      }),
    ).toEqual({
      'application/json': callbackTemplate(
        ['content-type'],
        ["MessageGroupId=$util.urlEncode($input.path('$.id'))", byRequest],
      ),
    });
  });
});

test('with customer keys, the stack’s queues have one key of their own', () => {
  const configuration = receiver({}, { encryption: 'customer-key' });

  expect(configuration.resource.aws_kms_key).toEqual({
    key: {
      description: 'Encrypts the queues, logs and variables of test-callback-receiver',
      enable_key_rotation: true,
      deletion_window_in_days: 30,
      policy: '${data.aws_iam_policy_document.key_policy.json}',
    },
  });
  expect(configuration.resource.aws_kms_alias).toEqual({
    key_alias: { name: 'alias/test-callback-receiver', target_key_id: '${aws_kms_key.key.key_id}' },
  });
  expect(statements(configuration, 'orders_sender_grants_document')).toEqual([
    { sid: 'SendToTheQueue', effect: 'Allow', actions: ['sqs:SendMessage'], resources: [queueArn] },
    {
      sid: 'EncryptThroughTheQueueKey',
      effect: 'Allow',
      actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
      resources: ['arn:aws:kms:ap-northeast-2:111122223333:key/*'],
      condition: [
        {
          test: 'ForAnyValue:StringEquals',
          variable: 'kms:ResourceAliases',
          values: ['alias/test-callback-receiver'],
        },
        { test: 'StringEquals', variable: 'kms:ViaService', values: ['sqs.ap-northeast-2.amazonaws.com'] },
      ],
    },
  ]);
});

test('each callback has its own queue, role and route, whatever the others have', () => {
  const { resource: resources } = receiver(
    {},
    {},
    {
      callbacks: [
        exampleCallback,
        {
          ...exampleCallback,
          name: 'refunds',
          path: '/orders/refunds',
          queue: { kind: 'standard', retentionDays: 1 },
        },
      ],
    },
  );

  expect(Object.values(resources.aws_sqs_queue ?? {}).map(({ name }) => name)).toEqual([
    'test-orders',
    'test-orders-dead-letter',
    'test-refunds',
    'test-refunds-dead-letter',
  ]);
  expect(
    Object.values(resources.aws_api_gateway_integration ?? {}).map(({ uri, credentials }) => [
      uri,
      credentials,
    ]),
  ).toEqual([
    [
      'arn:aws:apigateway:ap-northeast-2:sqs:path/111122223333/test-orders',
      '${aws_iam_role.orders_sender.arn}',
    ],
    [
      'arn:aws:apigateway:ap-northeast-2:sqs:path/111122223333/test-refunds',
      '${aws_iam_role.refunds_sender.arn}',
    ],
  ]);
});
