import { expect, test } from 'vitest';
import { webSocketAccessLogFormat } from '../../../constructs/api/access-log';
import { AccountLogging } from '../../../constructs/api/account-logging';
import { WebSocketStage } from '../../../constructs/api/websocket-stage';
import { ServiceRole } from '../../../constructs/iam/service-role';
import { resource, statements, synthesized } from '../../support/synthesized';
import { exampleWebSocket } from './example-web-socket';

const api = { api_id: '${aws_apigatewayv2_api.api.id}' };

test('the stage has an access log, is throttled and measured, and logs errors but no payload', () => {
  const { stack } = exampleWebSocket({ stage: { throttling: { rateLimit: 7, burstLimit: 11 } } });

  const { resource: resources } = synthesized(stack);

  expect(resources.aws_apigatewayv2_stage).toEqual({
    stage: {
      ...api,
      name: 'v1',
      deployment_id: '${aws_apigatewayv2_deployment.stage_deployment.id}',
      access_log_settings: {
        destination_arn: '${aws_cloudwatch_log_group.stage_access_log.arn}',
        format: webSocketAccessLogFormat,
      },
      default_route_settings: {
        detailed_metrics_enabled: true,
        logging_level: 'ERROR',
        data_trace_enabled: false,
        throttling_rate_limit: 7,
        throttling_burst_limit: 11,
      },
    },
  });
  expect(resources.aws_cloudwatch_log_group).toEqual({
    stage_access_log: { name: '/aws/apigateway/dev-chat', retention_in_days: 30 },
  });
});

test('a deployment waits for every route, and replaces the old one before that goes', () => {
  const { stack } = exampleWebSocket({ api: { connectAuthorization: 'AWS_IAM' } });

  const { triggers, ...deployment } = resource(
    synthesized(stack),
    'aws_apigatewayv2_deployment',
    'stage_deployment',
  );

  expect(deployment).toEqual({
    ...api,
    description: expect.stringMatching(/^dev-chat, configuration [0-9a-f]{64}$/),
    lifecycle: { create_before_destroy: true },
    depends_on: [
      'aws_apigatewayv2_route.api_default_route',
      'aws_apigatewayv2_integration_response.api_default_route_integration_response',
      'aws_apigatewayv2_integration_response.api_connect_route_integration_response',
      'aws_apigatewayv2_route_response.api_connect_route_route_response',
    ],
  });
  expect(triggers).toEqual({ configuration: String(deployment.description).split(' ').at(-1) });
});

test('the stage waits for the account’s logging role where its stack sets that', () => {
  const { stack, api: chat } = exampleWebSocket();
  const accountLogging = new AccountLogging(stack, 'account-logging', 'dev-logs').resource;

  new WebSocketStage(stack, 'logged', {
    api: chat,
    stageName: 'v2',
    throttling: { rateLimit: 100, burstLimit: 200 },
    logRetentionDays: 30,
    accountLogging,
  });

  expect(resource(synthesized(stack), 'aws_apigatewayv2_stage', 'logged').depends_on).toEqual([
    'aws_api_gateway_account.account_logging',
  ]);
});

test('a role is let post to the connections of this stage, alone in a policy of its own', () => {
  const { stack, stage } = exampleWebSocket({ stage: { stageName: 'chat' } });
  const role = new ServiceRole(stack, 'replier', {
    name: 'dev-replier',
    description: 'Replies',
    trust: { service: 'lambda' },
  });

  stage.grantPostToConnections(role);

  const configuration = synthesized(stack);
  expect(resource(configuration, 'aws_iam_role_policy', 'replier_connections')).toEqual({
    name: 'dev-replier-connections',
    role: '${aws_iam_role.replier.name}',
    policy: '${data.aws_iam_policy_document.replier_connections_document.json}',
  });
  expect(statements(configuration, 'replier_connections_document')).toEqual([
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
