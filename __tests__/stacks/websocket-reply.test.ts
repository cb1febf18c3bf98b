import { describe, expect, test } from 'vitest';
import { resource, statements } from '../support/synthesized';
import { exampleCallback, reply } from './example-environment';

const attributes = [
  'MessageAttribute.1.Name=connectionId',
  'MessageAttribute.1.Value.DataType=String',
  'MessageAttribute.1.Value.StringValue=$util.urlEncode($context.connectionId)',
  'MessageAttribute.2.Name=requestId',
  'MessageAttribute.2.Value.DataType=String',
  'MessageAttribute.2.Value.StringValue=$util.urlEncode($context.requestId)',
];

const template = (...ids: readonly string[]) =>
  ['Action=SendMessage', 'MessageBody=$util.urlEncode($input.body)', ...ids, ...attributes].join('&');

const byRequest = 'MessageDeduplicationId=$util.urlEncode($context.requestId)';

const schemaOf = (...fields: readonly string[]) =>
  JSON.stringify({
    $schema: 'http://json-schema.org/draft-04/schema#',
    properties: Object.fromEntries(
      [...fields].sort().map((field) => [field, { pattern: '^[!-~]{1,128}$', type: 'string' }]),
    ),
    required: fields,
    type: 'object',
  });

/** What decides where a message goes: its template, the model it must satisfy, and the queue's name. */
function messages(settings: Parameters<typeof reply>[0]) {
  const { resource: resources } = reply(settings);
  return {
    templates: resources.aws_apigatewayv2_integration?.api_default_route_integration?.request_templates,
    schema: resources.aws_apigatewayv2_model?.api_default_route_model?.schema,
    queue: resources.aws_sqs_queue?.messages?.name,
  };
}

test('messages are answered at once where that is set, and only there', () => {
  expect(
    Object.keys(reply({ acknowledgement: true }).resource.aws_apigatewayv2_route_response ?? {}),
  ).toEqual(['api_default_route_route_response']);
  expect(reply({ acknowledgement: false }).resource.aws_apigatewayv2_route_response).toBeUndefined();
});

test('by default, messages are grouped by their MessageGroupId, and each request counts', () => {
  expect(messages({})).toEqual({
    templates: {
      $default: template("MessageGroupId=$util.urlEncode($input.path('$.MessageGroupId'))", byRequest),
    },
    schema: schemaOf('MessageGroupId'),
    queue: 'test-websocket-messages.fifo',
  });
});

test('another field of the body can be the group', () => {
  expect(messages({ queue: { kind: 'fifo', messageGroupId: { from: 'body', field: 'room' } } })).toEqual({
    templates: { $default: template("MessageGroupId=$util.urlEncode($input.path('$.room'))", byRequest) },
    schema: schemaOf('room'),
    queue: 'test-websocket-messages.fifo',
  });
});

test('a connection can be a group', () => {
  expect(messages({ queue: { kind: 'fifo', messageGroupId: { from: 'connection' } } })).toEqual({
    templates: { $default: template('MessageGroupId=$util.urlEncode($context.connectionId)', byRequest) },
    schema: undefined,
    queue: 'test-websocket-messages.fifo',
  });
});

test('all messages can be one group', () => {
  expect(messages({ queue: { kind: 'fifo', messageGroupId: { from: 'constant', value: 'all' } } })).toEqual({
    templates: { $default: template('MessageGroupId=all', byRequest) },
    schema: undefined,
    queue: 'test-websocket-messages.fifo',
  });
});

test('the deduplication id can be a field of the body, which is then wanted too', () => {
  expect(
    messages({ queue: { kind: 'fifo', messageDeduplicationId: { from: 'body', field: 'id' } } }),
  ).toEqual({
    templates: {
      $default: template(
        "MessageGroupId=$util.urlEncode($input.path('$.MessageGroupId'))",
        "MessageDeduplicationId=$util.urlEncode($input.path('$.id'))",
      ),
    },
    schema: schemaOf('MessageGroupId', 'id'),
    queue: 'test-websocket-messages.fifo',
  });
});

test('a standard queue needs no ids', () => {
  expect(messages({ queue: { kind: 'standard' } })).toEqual({
    templates: { $default: template() },
    schema: undefined,
    queue: 'test-websocket-messages',
  });
});

describe('the reply function', () => {
  test.each([
    [undefined, '5'],
    [{ kind: 'fifo', maxReceiveCount: 9 } as const, '9'],
  ])('with the queue %j knows how often a message is delivered', (queue, count) => {
    const configuration = reply(queue ? { queue } : {});

    expect(resource(configuration, 'aws_lambda_function', 'reply')).toMatchObject({
      environment: { variables: { MAX_RECEIVE_COUNT: count } },
    });
    expect(
      resource(configuration, 'aws_sqs_queue_redrive_policy', 'messages_redrive').redrive_policy,
    ).toContain(`"maxReceiveCount":${count}`);
  });

  test('is told where to post to, and may post to the connections of that stage', () => {
    const configuration = reply({ stageName: 'chat' });

    expect(resource(configuration, 'aws_lambda_function', 'reply')).toMatchObject({
      function_name: 'test-websocket-reply',
      filename: 'functions/websocket-reply.zip',
      environment: {
        variables: {
          CONNECTIONS_ENDPOINT:
            'https://${aws_apigatewayv2_api.api.id}.execute-api.ap-northeast-2.amazonaws.com/chat',
        },
      },
    });
    expect(statements(configuration, 'reply_role_connections_document')).toEqual([
      {
        sid: 'ReplyOnTheConnectionsOfThisStage',
        effect: 'Allow',
        actions: ['execute-api:ManageConnections'],
        resources: [
          'arn:aws:execute-api:ap-northeast-2:111122223333:${aws_apigatewayv2_api.api.id}/chat/POST/@connections/*',
        ],
      },
    ]);
  });

  test('has 30 seconds and 256 MB, in ten executions at once, unless the settings say otherwise', () => {
    expect(resource(reply(), 'aws_lambda_function', 'reply')).toMatchObject({
      timeout: 30,
      memory_size: 256,
      reserved_concurrent_executions: 10,
    });
    expect(
      resource(
        reply({ functionTimeoutSeconds: 60, functionMemoryMegabytes: 512, maximumConcurrency: 50 }),
        'aws_lambda_function',
        'reply',
      ),
    ).toMatchObject({ timeout: 60, memory_size: 512, reserved_concurrent_executions: 50 });
  });

  test('gets batches of ten, no more of them at once than it has executions', () => {
    expect(reply({ maximumConcurrency: 50 }).resource.aws_lambda_event_source_mapping).toEqual({
      reply_source: {
        event_source_arn: 'arn:aws:sqs:ap-northeast-2:111122223333:test-websocket-messages.fifo',
        function_name: '${aws_lambda_function.reply.function_name}',
        batch_size: 10,
        function_response_types: ['ReportBatchItemFailures'],
        scaling_config: { maximum_concurrency: 50 },
        depends_on: [
          'aws_iam_role_policy.reply_role_grants',
          'aws_iam_role_policy.reply_role_connections',
          'aws_sqs_queue.messages',
        ],
      },
    });
  });

  test.each([1, 30, 900])(
    'with a timeout of %i s has six times that before a message is shown again',
    (seconds) => {
      expect(resource(reply({ functionTimeoutSeconds: seconds }), 'aws_sqs_queue', 'messages')).toMatchObject(
        {
          visibility_timeout_seconds: 6 * seconds,
        },
      );
    },
  );
});

test('deliveries and retention of the queue are the settings’', () => {
  const configuration = reply({ queue: { kind: 'standard', maxReceiveCount: 3, retentionDays: 1 } });

  expect(resource(configuration, 'aws_sqs_queue', 'messages')).toMatchObject({
    message_retention_seconds: 86400,
  });
  expect(resource(configuration, 'aws_sqs_queue_redrive_policy', 'messages_redrive')).toMatchObject({
    redrive_policy:
      '{"deadLetterTargetArn":"arn:aws:sqs:ap-northeast-2:111122223333:test-websocket-messages-dead-letter","maxReceiveCount":3}',
  });
});

test.each(['NONE', 'AWS_IAM'] as const)(
  'connections can have the authorization %s',
  (connectAuthorization) => {
    expect(reply({ connectAuthorization }).resource.aws_apigatewayv2_route).toMatchObject({
      api_default_route: { route_key: '$default' },
      api_connect_route: { route_key: '$connect', authorization_type: connectAuthorization },
    });
  },
);

test('by default everyone may connect: there is no $connect route', () => {
  expect(Object.keys(reply().resource.aws_apigatewayv2_route ?? {})).toEqual(['api_default_route']);
});

test('the stage is v1 and takes 100 messages a second, unless the settings say otherwise', () => {
  expect(reply().resource.aws_apigatewayv2_stage).toMatchObject({
    stage: {
      name: 'v1',
      default_route_settings: { throttling_rate_limit: 100, throttling_burst_limit: 200 },
    },
  });
  expect(
    reply({ stageName: 'chat', throttling: { rateLimit: 5, burstLimit: 6 } }).resource.aws_apigatewayv2_stage,
  ).toMatchObject({
    stage: { name: 'chat', default_route_settings: { throttling_rate_limit: 5, throttling_burst_limit: 6 } },
  });
});

test('retention of logs and the topic of alarms are the environment’s', () => {
  const topic = 'arn:aws:sns:ap-northeast-2:111122223333:on-call';

  const { resource: resources } = reply({}, { logRetentionDays: 365, alarmTopicArn: topic });

  expect(resources.aws_cloudwatch_log_group).toEqual({
    reply_log: { name: '/aws/lambda/test-websocket-reply', retention_in_days: 365 },
    stage_access_log: { name: '/aws/apigateway/test-websocket-reply', retention_in_days: 365 },
  });
  expect(
    Object.values(resources.aws_cloudwatch_metric_alarm ?? {}).map(({ alarm_actions, ok_actions }) => [
      alarm_actions,
      ok_actions,
    ]),
  ).toEqual([
    [[topic], [topic]],
    [[topic], [topic]],
  ]);
});

describe('the account’s logging role', () => {
  test('is left alone by default', () => {
    expect(reply().resource.aws_api_gateway_account).toBeUndefined();
  });

  test('is set by this stack, before its stage logs, where no receiver does it', () => {
    const configuration = reply({}, { manageAccountLogging: true });

    expect(Object.keys(configuration.resource.aws_api_gateway_account ?? {})).toEqual(['account_logging']);
    expect(resource(configuration, 'aws_apigatewayv2_stage', 'stage').depends_on).toEqual([
      'aws_api_gateway_account.account_logging',
    ]);
  });

  test('is left to the receiver where there is one', () => {
    const configuration = reply(
      {},
      { manageAccountLogging: true, callbackReceiver: { callbacks: [exampleCallback] } },
    );

    expect(configuration.resource.aws_api_gateway_account).toBeUndefined();
    expect(resource(configuration, 'aws_apigatewayv2_stage', 'stage').depends_on).toBeUndefined();
  });
});

test('with customer keys, the queue has a key, which sender and function may use through SQS', () => {
  const configuration = reply({}, { encryption: 'customer-key' });

  const key = {
    resources: ['arn:aws:kms:ap-northeast-2:111122223333:key/*'],
    condition: [
      {
        test: 'ForAnyValue:StringEquals',
        variable: 'kms:ResourceAliases',
        values: ['alias/test-websocket-reply'],
      },
      { test: 'StringEquals', variable: 'kms:ViaService', values: ['sqs.ap-northeast-2.amazonaws.com'] },
    ],
  };
  expect((statements(configuration, 'sender_grants_document') as unknown[]).at(-1)).toEqual({
    sid: 'EncryptThroughTheQueueKey',
    effect: 'Allow',
    actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
    ...key,
  });
  expect((statements(configuration, 'reply_role_grants_document') as unknown[]).at(-1)).toEqual({
    sid: 'DecryptThroughTheQueueKey',
    effect: 'Allow',
    actions: ['kms:Decrypt'],
    ...key,
  });
});
