import { Testing } from 'cdktf';
import { describe, expect, test } from 'vitest';
import type { HttpCallbackReceiverSettings } from '../../environments/environment';
import { DeploymentRolesStack } from '../../stacks/deployment-roles';
import { addStacks } from '../../stacks/environment-stacks';
import { HttpCallbackReceiverStack } from '../../stacks/http-callback-receiver';
import { SubscriberPipeStack } from '../../stacks/subscriber-pipe';
import { resource, statements, synthesized } from '../support/synthesized';
import { exampleEnvironment, exampleSubscription } from './example-environment';

const settings: HttpCallbackReceiverSettings = {
  cors: { allowOrigins: ['https://shop.example.com'], allowHeaders: ['X-Trace'] },
  callbacks: [
    { name: 'open', path: '/open' },
    {
      name: 'signed',
      path: '/signed/orders',
      jwt: { issuer: 'https://login.example.com', audience: ['gateway'], scopes: ['orders:write'] },
      queue: {
        kind: 'fifo',
        messageGroupId: { from: 'header', name: 'X-Tenant' },
        messageDeduplicationId: { from: 'body', field: 'id' },
      },
    },
    {
      name: 'theirs',
      path: '/theirs',
      queue: {
        kind: 'existing',
        arn: 'arn:aws:sqs:ap-northeast-2:111122223333:shared.fifo',
        messageGroupId: { from: 'constant', value: 'all' },
      },
    },
  ],
};

const environment = {
  ...exampleEnvironment,
  encryption: 'customer-key',
  httpCallbackReceiver: settings,
} as const;
const configuration = synthesized(new HttpCallbackReceiverStack(Testing.app(), environment, settings));

const apiId = '${aws_apigatewayv2_api.api.id}';

/** Values that no caller can choose, and no others: whether API Gateway escapes them is not documented. */
const attributes = JSON.stringify({
  receivedAt: { DataType: 'Number', StringValue: '$${context.requestTimeEpoch}' },
  requestId: { DataType: 'String', StringValue: '$${context.requestId}' },
  sourceIp: { DataType: 'String', StringValue: '$${context.identity.sourceIp}' },
});

describe('an HTTP API', () => {
  test('lets pages of the listed origins send what the callbacks read', () => {
    expect(resource(configuration, 'aws_apigatewayv2_api', 'api')).toEqual({
      name: 'test-http-callback-receiver',
      description: 'Receives callbacks of test and puts them on queues',
      protocol_type: 'HTTP',
      disable_execute_api_endpoint: false,
      cors_configuration: {
        allow_origins: ['https://shop.example.com'],
        allow_methods: ['POST'],
        allow_headers: ['authorization', 'content-type', 'x-tenant', 'x-trace'],
        max_age: 300,
      },
    });
  });

  test('sends each body as it is, with what no caller can choose', () => {
    expect(resource(configuration, 'aws_apigatewayv2_integration', 'api_open_route_integration')).toEqual({
      api_id: apiId,
      integration_type: 'AWS_PROXY',
      integration_subtype: 'SQS-SendMessage',
      payload_format_version: '1.0',
      credentials_arn: '${aws_iam_role.open_sender.arn}',
      request_parameters: {
        QueueUrl: 'https://sqs.ap-northeast-2.amazonaws.com/111122223333/test-open',
        MessageBody: '$request.body',
        MessageAttributes: attributes,
      },
      depends_on: [
        'aws_iam_role_policy.open_sender_grants',
        'aws_sqs_queue_policy.open_queue_policy',
        'aws_sqs_queue_redrive_policy.open_queue_redrive',
        'aws_kms_alias.key_alias',
      ],
    });
  });

  test.each([
    ['signed', '$request.header.X-Tenant', '$request.body.id'],
    ['theirs', 'all', '$context.requestId'],
  ])('%s takes its ids whole', (name, group, deduplication) => {
    expect(
      resource(configuration, 'aws_apigatewayv2_integration', `api_${name}_route_integration`)
        .request_parameters,
    ).toMatchObject({ MessageGroupId: group, MessageDeduplicationId: deduplication });
  });

  test('asks for a token where a callback wants one', () => {
    expect(configuration.resource.aws_apigatewayv2_authorizer).toEqual({
      api_signed_route_authorizer: {
        api_id: apiId,
        name: 'signed',
        authorizer_type: 'JWT',
        identity_sources: ['$request.header.Authorization'],
        jwt_configuration: { issuer: 'https://login.example.com', audience: ['gateway'] },
        lifecycle: { create_before_destroy: true },
      },
    });
    expect(configuration.resource.aws_apigatewayv2_route).toEqual({
      api_open_route: {
        api_id: apiId,
        route_key: 'POST /open',
        target: 'integrations/${aws_apigatewayv2_integration.api_open_route_integration.id}',
        authorization_type: 'NONE',
      },
      api_signed_route: {
        api_id: apiId,
        route_key: 'POST /signed/orders',
        target: 'integrations/${aws_apigatewayv2_integration.api_signed_route_integration.id}',
        authorization_type: 'JWT',
        authorizer_id: '${aws_apigatewayv2_authorizer.api_signed_route_authorizer.id}',
        authorization_scopes: ['orders:write'],
      },
      api_theirs_route: expect.objectContaining({ route_key: 'POST /theirs' }),
    });
  });

  test('serves each change at once, throttled and logged without payload', () => {
    expect(resource(configuration, 'aws_apigatewayv2_stage', 'stage')).toEqual({
      api_id: apiId,
      name: 'v1',
      auto_deploy: true,
      access_log_settings: {
        destination_arn: '${aws_cloudwatch_log_group.stage_access_log.arn}',
        format: expect.not.stringMatching(/body|authorization"/i),
      },
      default_route_settings: {
        detailed_metrics_enabled: true,
        throttling_rate_limit: 100,
        throttling_burst_limit: 200,
      },
      depends_on: ['open', 'signed', 'theirs'].map((name) => `aws_apigatewayv2_route.api_${name}_route`),
    });
    expect(resource(configuration, 'aws_cloudwatch_log_group', 'stage_access_log').name).toBe(
      '/aws/vendedlogs/apigateway/test-http-callback-receiver',
    );
  });

  test('has queues, roles and a key like those of the REST API', () => {
    expect(Object.keys(configuration.resource.aws_sqs_queue ?? {})).toEqual([
      'open_queue',
      'open_queue_dead_letter',
      'signed_queue',
      'signed_queue_dead_letter',
    ]);
    expect(statements(configuration, 'open_sender_grants_document')).toMatchObject([
      {
        actions: ['sqs:SendMessage'],
        resources: ['arn:aws:sqs:ap-northeast-2:111122223333:test-open'],
      },
      { actions: ['kms:GenerateDataKey', 'kms:Decrypt'] },
    ]);
    expect(configuration.output.callback_urls).toMatchObject({
      value: { open: '${aws_apigatewayv2_stage.stage.invoke_url}/open' },
    });
  });
});

test('without CORS there is none', () => {
  const { cors: _, ...without } = settings;
  const stack = new HttpCallbackReceiverStack(Testing.app(), environment, without);
  expect(resource(synthesized(stack), 'aws_apigatewayv2_api', 'api').cors_configuration).toBeUndefined();
});

test('a subscription finds the callback, its key, and gives its queue deliveries for a day', () => {
  const subscriberPipe = { subscriptions: [{ ...exampleSubscription, source: { callback: 'open' } }] };
  const delivered = { ...environment, subscriberPipe };
  const pipe = synthesized(new SubscriberPipeStack(Testing.app(), delivered, subscriberPipe));
  const receiver = synthesized(new HttpCallbackReceiverStack(Testing.app(), delivered, settings));
  expect(Object.values(pipe.resource.aws_pipes_pipe ?? {})).toMatchObject([
    { source: 'arn:aws:sqs:ap-northeast-2:111122223333:test-open' },
  ]);
  expect(JSON.stringify(pipe.data)).toContain('alias/test-http-callback-receiver');
  const { redrive_policy } = resource(receiver, 'aws_sqs_queue_redrive_policy', 'open_queue_redrive');
  expect(redrive_policy).toContain('maxReceiveCount');
  expect(redrive_policy).not.toBe(
    resource(configuration, 'aws_sqs_queue_redrive_policy', 'open_queue_redrive').redrive_policy,
  );
});

test('pipelines may change authorizers and the log of the HTTP API where there is one', () => {
  const roles = { github: { repository: 'example/gateways' } };
  const text = (extra: object) =>
    JSON.stringify(
      synthesized(new DeploymentRolesStack(Testing.app(), { ...exampleEnvironment, ...extra }, roles)).data,
    );
  const own = [
    'apigateway:ap-northeast-2::/apis/*/authorizers/*',
    'apigateway:ap-northeast-2::/apis/*/cors',
    'log-group:/aws/vendedlogs/apigateway/test-*',
  ];
  for (const part of own) {
    expect(text({ httpCallbackReceiver: settings })).toContain(part);
    expect(text({})).not.toContain(part);
  }
});

test('the stack is made only where it is asked for, before the pipes and after the roles', () => {
  const app = Testing.app();
  addStacks(app, {
    ...environment,
    subscriberPipe: { subscriptions: [exampleSubscription] },
    deploymentRoles: { github: { repository: 'example/gateways' } },
  });
  const dependencies = Object.fromEntries(
    app.node.children.map((stack) => [
      stack.node.id,
      (stack as HttpCallbackReceiverStack).dependencies.map(({ node }) => node.id),
    ]),
  );
  expect(dependencies).toEqual({
    'test-deployment-roles': [],
    'test-http-callback-receiver': ['test-deployment-roles'],
    'test-subscriber-pipe': ['test-deployment-roles', 'test-http-callback-receiver'],
  });
  const none = Testing.app();
  addStacks(none, { ...exampleEnvironment, websocketReply: {} });
  expect(none.node.children.map(({ node }) => node.id)).toEqual(['test-websocket-reply']);
});
