import { expect, test } from 'vitest';
import { AccessLog, restAccessLogFormat, webSocketAccessLogFormat } from '../../../constructs/api/access-log';
import { exampleStack, synthesized } from '../../support/synthesized';

const common = {
  requestId: '$context.requestId',
  requestTimeEpoch: '$context.requestTimeEpoch',
  sourceIp: '$context.identity.sourceIp',
  status: '$context.status',
  errorMessage: '$context.error.message',
  integrationStatus: '$context.integration.status',
  integrationError: '$context.integrationErrorMessage',
  integrationLatency: '$context.integrationLatency',
};

test('the access log of a WebSocket API says who, when, on which route and how it went, without payload', () => {
  expect(JSON.parse(webSocketAccessLogFormat)).toEqual({
    ...common,
    connectedAt: '$context.connectedAt',
    connectionId: '$context.connectionId',
    eventType: '$context.eventType',
    routeKey: '$context.routeKey',
  });
});

test('the access log of a REST API says who, when, on which route and how it went, without payload', () => {
  expect(JSON.parse(restAccessLogFormat)).toEqual({
    ...common,
    extendedRequestId: '$context.extendedRequestId',
    httpMethod: '$context.httpMethod',
    path: '$context.path',
    resourcePath: '$context.resourcePath',
    errorType: '$context.error.responseType',
    responseLatency: '$context.responseLatency',
    responseLength: '$context.responseLength',
    userAgent: '$context.identity.userAgent',
    xrayTraceId: '$context.xrayTraceId',
  });
});

test.each([
  ['REST', restAccessLogFormat],
  ['WebSocket', webSocketAccessLogFormat],
])(
  'each field of the %s access log is one variable of $context, in quotes and on one line',
  (_kind, format) => {
    const values: readonly unknown[] = Object.values(JSON.parse(format));

    expect(values.filter((value) => !/^\$context\.[A-Za-z.]+$/.test(String(value)))).toEqual([]);
    expect(new Set(values).size).toBe(values.length);
    expect(format).not.toContain('\n');
  },
);

test('its log group keeps lines for as long as it is told', () => {
  const stack = exampleStack();

  const { settings } = new AccessLog(stack, 'access-log', {
    name: '/aws/apigateway/dev-api',
    retentionDays: 90,
    format: '{"status":"$context.status"}',
  });

  expect(synthesized(stack).resource).toEqual({
    aws_cloudwatch_log_group: { access_log: { name: '/aws/apigateway/dev-api', retention_in_days: 90 } },
  });
  expect(settings.format).toBe('{"status":"$context.status"}');
});
