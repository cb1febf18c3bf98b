import { describe, expect, test } from 'vitest';
import type { CallbackSettings } from '../../environments/environment';
import { callbackTemplate } from '../constructs/api/callback-template';
import { type Configuration, resource, statements } from '../support/synthesized';
import { exampleSubscription, receiver } from './example-environment';

const integration = (configuration: Configuration) =>
  resource(configuration, 'aws_api_gateway_integration', 'api_orders_route_integration');

const templatesOf = (callback: Partial<CallbackSettings>) =>
  integration(receiver(callback)).request_templates;

describe('by default', () => {
  const configuration = receiver();

  test('a callback is JSON, on a standard queue that keeps messages for a week', () => {
    expect(integration(configuration).request_templates).toEqual({
      'application/json': callbackTemplate(),
    });
    expect(resource(configuration, 'aws_sqs_queue', 'orders_queue')).toEqual({
      name: 'test-orders',
      visibility_timeout_seconds: 180,
      message_retention_seconds: 604800,
      max_message_size: 262144,
      sqs_managed_sse_enabled: true,
    });
  });

  test('the stage is v1, takes 100 requests a second, and its logs are kept for 30 days', () => {
    expect(configuration.resource.aws_api_gateway_stage).toMatchObject({ stage: { stage_name: 'v1' } });
    expect(configuration.resource.aws_api_gateway_method_settings).toMatchObject({
      stage_settings: { settings: { throttling_rate_limit: 100, throttling_burst_limit: 200 } },
    });
    expect(configuration.resource.aws_cloudwatch_log_group).toEqual({
      stage_access_log: { name: '/aws/apigateway/test-callback-receiver', retention_in_days: 30 },
    });
  });

  test('the account’s logging role is left alone', () => {
    expect(configuration.resource.aws_api_gateway_account).toBeUndefined();
    expect(configuration.resource.aws_api_gateway_stage?.stage?.depends_on).toBeUndefined();
  });

  test('there is no key, and alarms notify nobody', () => {
    expect(configuration.resource.aws_kms_key).toBeUndefined();
    expect(
      Object.values(configuration.resource.aws_cloudwatch_metric_alarm ?? {}).map(
        ({ alarm_actions }) => alarm_actions,
      ),
    ).toEqual([undefined, undefined]);
  });

  test('the role that sends is the callback’s own', () => {
    expect(configuration.resource.aws_iam_role).toEqual({
      orders_sender: {
        name: 'test-orders-to-queue',
        description: 'Sends the callbacks of orders to test-orders',
        assume_role_policy: '${data.aws_iam_policy_document.orders_sender_trust.json}',
      },
    });
    expect(statements(configuration, 'orders_sender_trust')).toEqual([
      {
        sid: 'ApiGatewayAssumesThisRole',
        effect: 'Allow',
        principals: [{ type: 'Service', identifiers: ['apigateway.amazonaws.com'] }],
        actions: ['sts:AssumeRole'],
      },
    ]);
  });
});

test('a callback can take forms and text beside JSON, all with their raw body', () => {
  const raw = callbackTemplate();

  expect(
    templatesOf({ contentTypes: ['application/json', 'application/x-www-form-urlencoded', 'text/plain'] }),
  ).toEqual({ 'application/json': raw, 'application/x-www-form-urlencoded': raw, 'text/plain': raw });
});

test('a callback that takes forms only checks no body', () => {
  const configuration = receiver({ contentTypes: ['application/x-www-form-urlencoded'] });

  expect(integration(configuration).request_templates).toEqual({
    'application/x-www-form-urlencoded': callbackTemplate(),
  });
  expect(
    resource(configuration, 'aws_api_gateway_method', 'api_orders_route_method').request_models,
  ).toBeUndefined();
});

test('where the environment says so, the stack sets the account’s logging role before its stage logs', () => {
  const configuration = receiver({}, { manageAccountLogging: true });

  expect(configuration.resource.aws_api_gateway_account).toEqual({
    account_logging: {
      cloudwatch_role_arn: '${aws_iam_role.account_logging_role.arn}',
      depends_on: ['aws_iam_role_policy.account_logging_role_grants'],
    },
  });
  expect(resource(configuration, 'aws_iam_role', 'account_logging_role').name).toBe('test-api-gateway-logs');
  expect(resource(configuration, 'aws_api_gateway_stage', 'stage').depends_on).toEqual([
    'aws_api_gateway_account.account_logging',
  ]);
});

test('retention of logs and the topic of alarms are the environment’s', () => {
  const topic = 'arn:aws:sns:ap-northeast-2:111122223333:on-call';

  const configuration = receiver({}, { logRetentionDays: 365, alarmTopicArn: topic });

  expect(configuration.resource.aws_cloudwatch_log_group).toEqual({
    stage_access_log: { name: '/aws/apigateway/test-callback-receiver', retention_in_days: 365 },
  });
  expect(
    Object.values(configuration.resource.aws_cloudwatch_metric_alarm ?? {}).map(
      ({ alarm_actions, ok_actions }) => [alarm_actions, ok_actions],
    ),
  ).toEqual([
    [[topic], [topic]],
    [[topic], [topic]],
  ]);
});

test.each<[string, Partial<CallbackSettings>, number]>([
  ['without a setting, for a day', {}, 480],
  [
    'of a slower consumer, in fewer deliveries',
    { queue: { kind: 'standard', consumerTimeoutSeconds: 60 } },
    240,
  ],
  ['with a setting, as often as that says', { queue: { kind: 'standard', maxReceiveCount: 20 } }, 20],
])('behind a pipe, messages outlast an outage of their subscriber %s', (_what, callback, count) => {
  const subscriberPipe = {
    subscriptions: [{ ...exampleSubscription, source: { callback: 'orders' } }],
  };

  const { redrive_policy } = resource(
    receiver(callback, { subscriberPipe }),
    'aws_sqs_queue_redrive_policy',
    'orders_queue_redrive',
  );

  expect(JSON.parse(String(redrive_policy)).maxReceiveCount).toBe(count);
});

test('stage, throttling and endpoint are the settings’', () => {
  const configuration = receiver(
    {},
    {},
    { stageName: 'in', throttling: { rateLimit: 5, burstLimit: 6 }, disableExecuteApiEndpoint: true },
  );

  expect(configuration.resource).toMatchObject({
    aws_api_gateway_stage: { stage: { stage_name: 'in' } },
    aws_api_gateway_method_settings: {
      stage_settings: { settings: { throttling_rate_limit: 5, throttling_burst_limit: 6 } },
    },
    aws_api_gateway_rest_api: { api: { disable_execute_api_endpoint: true } },
  });
  expect(statements(configuration, 'api_policy_document')).toMatchObject([
    {
      resources: [
        'arn:aws:execute-api:ap-northeast-2:111122223333:${aws_api_gateway_rest_api.api.id}/in/*/*',
      ],
    },
    {
      resources: [
        'arn:aws:execute-api:ap-northeast-2:111122223333:${aws_api_gateway_rest_api.api.id}/in/*/*',
      ],
    },
  ]);
});

test('a callback that answers with the message’s id says so in its 200 only', () => {
  const { resource: resources } = receiver({ response: 'message-id' });

  expect(
    resources.aws_api_gateway_integration_response?.api_orders_route_integration_response_200
      ?.response_templates,
  ).toEqual({
    'application/json': '{"messageId":"$input.path(\'$.SendMessageResponse.SendMessageResult.MessageId\')"}',
  });
});
