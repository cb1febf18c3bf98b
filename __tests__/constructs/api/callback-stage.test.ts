import { expect, test } from 'vitest';
import { restAccessLogFormat } from '../../../constructs/api/access-log';
import { AccountLogging } from '../../../constructs/api/account-logging';
import { CallbackStage } from '../../../constructs/api/callback-stage';
import { resource, synthesized } from '../../support/synthesized';
import { exampleReceiver } from './example-receiver';

const restApi = { rest_api_id: '${aws_api_gateway_rest_api.api.id}' };

const stage = {
  ...restApi,
  deployment_id: '${aws_api_gateway_deployment.stage_deployment.id}',
  stage_name: 'v1',
  xray_tracing_enabled: true,
  access_log_settings: {
    destination_arn: '${aws_cloudwatch_log_group.stage_access_log.arn}',
    format: restAccessLogFormat,
  },
};

test('the stage is traced and has an access log', () => {
  const { resource: resources } = synthesized(exampleReceiver().stack);

  expect(resources.aws_api_gateway_stage).toEqual({ stage });
  expect(resources.aws_cloudwatch_log_group).toEqual({
    stage_access_log: { name: '/aws/apigateway/dev-receiver', retention_in_days: 30 },
  });
});

test('every method is throttled and measured, and logs errors but no payload', () => {
  const { stack } = exampleReceiver({ stage: { throttling: { rateLimit: 7, burstLimit: 11 } } });

  expect(synthesized(stack).resource.aws_api_gateway_method_settings).toEqual({
    stage_settings: {
      ...restApi,
      stage_name: '${aws_api_gateway_stage.stage.stage_name}',
      method_path: '*/*',
      settings: {
        metrics_enabled: true,
        logging_level: 'ERROR',
        data_trace_enabled: false,
        throttling_rate_limit: 7,
        throttling_burst_limit: 11,
      },
    },
  });
});

test('the stage waits for the account’s logging role where its stack sets that', () => {
  const { stack, api } = exampleReceiver();
  const accountLogging = new AccountLogging(stack, 'account-logging', 'dev-logs').resource;

  new CallbackStage(stack, 'logged', {
    api,
    stageName: 'v2',
    throttling: { rateLimit: 100, burstLimit: 200 },
    logRetentionDays: 30,
    accountLogging,
  });

  expect(resource(synthesized(stack), 'aws_api_gateway_stage', 'logged').depends_on).toEqual([
    'aws_api_gateway_account.account_logging',
  ]);
});

test('a deployment waits for everything that completes the API, and replaces the old one before that goes', () => {
  const { stack } = exampleReceiver({ callbacks: [{ name: 'orders' }, { name: 'refunds' }] });

  const { triggers, ...deployment } = resource(
    synthesized(stack),
    'aws_api_gateway_deployment',
    'stage_deployment',
  );

  expect(deployment).toEqual({
    ...restApi,
    description: expect.stringMatching(/^dev-receiver, configuration [0-9a-f]{64}$/),
    lifecycle: { create_before_destroy: true },
    depends_on: [
      'aws_api_gateway_rest_api_policy.api_policy',
      'aws_api_gateway_gateway_response.api_gateway_responses_bad_request_body',
      'aws_api_gateway_gateway_response.api_gateway_responses_bad_request_parameters',
      'aws_api_gateway_gateway_response.api_gateway_responses_access_denied',
      'aws_api_gateway_gateway_response.api_gateway_responses_missing_authentication_token',
      'aws_api_gateway_gateway_response.api_gateway_responses_request_too_large',
      'aws_api_gateway_gateway_response.api_gateway_responses_unsupported_media_type',
      'aws_api_gateway_gateway_response.api_gateway_responses_throttled',
      'aws_api_gateway_gateway_response.api_gateway_responses_default_4xx',
      'aws_api_gateway_gateway_response.api_gateway_responses_default_5xx',
      'aws_api_gateway_integration_response.api_orders_route_integration_response_200',
      'aws_api_gateway_integration_response.api_orders_route_integration_response_502',
      'aws_api_gateway_integration_response.api_refunds_route_integration_response_200',
      'aws_api_gateway_integration_response.api_refunds_route_integration_response_502',
    ],
  });
  expect(triggers).toEqual({ configuration: String(deployment.description).split(' ').at(-1) });
});
