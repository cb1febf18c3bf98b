import { describe, expect, test } from 'vitest';
import {
  ApiAlarms,
  httpApiMetrics,
  restApiMetrics,
  webSocketApiMetrics,
} from '../../../constructs/monitoring/api-alarms';
import { alarmState, type Samples } from '../../support/alarm-state';
import { exampleStack, synthesized } from '../../support/synthesized';
import { common, exampleAlarms, exampleTopicArn, threeOfFive } from './example-alarms';

const stack = exampleStack();
const dimensions = { ApiName: 'dev-callback-receiver', Stage: 'v1' };
for (const [id, metrics] of [
  ['rest', restApiMetrics],
  ['socket', webSocketApiMetrics],
  ['http', httpApiMetrics],
] as const) {
  new ApiAlarms(stack, id, {
    apiName: 'dev-callback-receiver',
    dimensions,
    metrics,
    logGroupName: '/aws/apigateway/dev-callback-receiver',
    settings: exampleAlarms,
  });
}
const { resource } = synthesized(stack);
const alarms = resource.aws_cloudwatch_metric_alarm ?? {};

const metric = (id: string, name: string) => ({
  id,
  metric: { namespace: 'AWS/ApiGateway', metric_name: name, dimensions, stat: 'Sum', period: 60 },
});
const result = (label: string) => ({
  id: 'result',
  expression: 'IF(failed > all, 100, IF(failed > 0, 100 * failed / all, 0))',
  label,
  return_data: true,
});

describe('the alarms of an API', () => {
  test('are on the share of 5xx', () => {
    expect(alarms.rest_server_errors).toEqual({
      ...common,
      ...threeOfFive,
      alarm_name: 'dev-callback-receiver-server-errors',
      alarm_description: expect.stringMatching(
        /^More than 1 % .* Look for integrationError in its access log/,
      ),
      metric_query: [
        result('answered with 5xx, in percent'),
        { id: 'failed', expression: 'FILL(e1, 0)', return_data: false },
        { id: 'all', expression: 'FILL(n1, 0)', return_data: false },
        metric('e1', '5XXError'),
        metric('n1', 'Count'),
      ],
      threshold: 1,
    });
  });

  test('are on the share of 4xx', () => {
    expect(alarms.rest_client_errors).toMatchObject({
      alarm_name: 'dev-callback-receiver-client-errors',
      alarm_description: expect.stringMatching(/^More than 10 % .* Look for status and errorType/),
      metric_query: expect.arrayContaining([metric('e1', '4XXError'), metric('n1', 'Count')]),
      threshold: 10,
    });
  });

  test('are on the slowest hundredth of the calls of SQS', () => {
    expect(alarms.rest_integration_latency).toEqual({
      ...common,
      ...threeOfFive,
      alarm_name: 'dev-callback-receiver-integration-latency',
      alarm_description: expect.stringMatching(
        /^SQS took more than 2000 ms .* Look at the AWS Health Dashboard/,
      ),
      namespace: 'AWS/ApiGateway',
      metric_name: 'IntegrationLatency',
      dimensions,
      extended_statistic: 'p99',
      period: 60,
      threshold: 2000,
    });
  });

  test('are on the 429 of the access log, which no metric of API Gateway has', () => {
    expect(resource.aws_cloudwatch_log_metric_filter?.rest_throttled_filter).toEqual({
      name: 'dev-callback-receiver-throttled',
      log_group_name: '/aws/apigateway/dev-callback-receiver',
      pattern: '{ $.status = "429" }',
      metric_transformation: {
        namespace: 'dev-callback-receiver',
        name: 'ThrottledRequests',
        value: '1',
        default_value: '0',
        unit: 'Count',
      },
    });
    expect(alarms.rest_throttled).toEqual({
      ...common,
      alarm_name: 'dev-callback-receiver-throttled',
      alarm_description: expect.stringMatching(
        /^Throttling refused more than 0 requests .* raise throttling/,
      ),
      namespace: 'dev-callback-receiver',
      metric_name: 'ThrottledRequests',
      statistic: 'Sum',
      period: 60,
      evaluation_periods: 1,
      threshold: 0,
      depends_on: ['aws_cloudwatch_log_metric_filter.rest_throttled_filter'],
    });
  });

  test.each([
    ['socket_server_errors', ['ExecutionError', 'IntegrationError', 'ConnectCount', 'MessageCount']],
    ['socket_client_errors', ['ClientError', 'ConnectCount', 'MessageCount']],
    ['http_server_errors', ['5xx', 'Count']],
    ['http_client_errors', ['4xx', 'Count']],
  ])('%s count what that kind of API calls so', (name, metrics) => {
    const queries = (alarms[name]?.metric_query ?? []) as { metric?: { metric_name: string } }[];
    expect(queries.flatMap(({ metric: one }) => (one ? [one.metric_name] : []))).toEqual(metrics);
  });

  test('tell the same topic', () => {
    expect(new Set(Object.values(alarms).map(({ alarm_actions: topics }) => String(topics)))).toEqual(
      new Set([exampleTopicArn]),
    );
  });
});

/** One request a second, of which so many in each minute fail. */
const minutes = (requests: string, errors: string, failing: readonly number[]): Samples => ({
  [requests]: failing.map(() => Array(60).fill(1)),
  [errors]: failing.map((count) => Array.from({ length: 60 }, (_, index) => Number(index < count))),
});

describe('the alarm on', () => {
  test.each<[string, string, Samples, string]>([
    ['5xx begins', 'rest_server_errors', minutes('Count', '5XXError', [0, 0, 1, 1, 1]), 'ALARM'],
    [
      '5xx waits for the third minute',
      'rest_server_errors',
      minutes('Count', '5XXError', [0, 0, 0, 9, 9]),
      'OK',
    ],
    ['5xx is over', 'rest_server_errors', minutes('Count', '5XXError', [9, 9, 0, 0, 0]), 'OK'],
    ['5xx knows nothing while nobody calls', 'rest_server_errors', { Count: [[], [], [], [], []] }, 'OK'],
    ['4xx takes a tenth', 'rest_client_errors', minutes('Count', '4XXError', [6, 6, 6, 6, 6]), 'OK'],
    ['4xx takes no more', 'rest_client_errors', minutes('Count', '4XXError', [7, 7, 7, 0, 0]), 'ALARM'],
    [
      'clients who are refused before any message counts them all',
      'socket_client_errors',
      { ClientError: [[1], [1], [1], [1], [1]] },
      'ALARM',
    ],
    [
      'integrations counts them though nothing else failed',
      'socket_server_errors',
      {
        IntegrationError: [[1], [1], [1], [], []],
        ConnectCount: [[], [], [], [], [1]],
        MessageCount: Array(5).fill([1, 1]),
      },
      'ALARM',
    ],
    [
      'latency hears of the slowest hundredth',
      'rest_integration_latency',
      { IntegrationLatency: Array(5).fill([...Array(98).fill(20), 2001, 2001]) },
      'ALARM',
    ],
    [
      'latency takes one slow call of a thousand',
      'rest_integration_latency',
      { IntegrationLatency: Array(5).fill([...Array(999).fill(20), 9000]) },
      'OK',
    ],
    [
      'latency knows nothing while nobody calls',
      'rest_integration_latency',
      { IntegrationLatency: [[]] },
      'OK',
    ],
    ['throttling begins with one', 'rest_throttled', { ThrottledRequests: [[0, 0, 1]] }, 'ALARM'],
    ['throttling is quiet', 'rest_throttled', { ThrottledRequests: [[1], [0, 0]] }, 'OK'],
    ['throttling knows nothing without a log', 'rest_throttled', { ThrottledRequests: [[]] }, 'OK'],
  ])('%s', (_, name, samples, state) => {
    expect(alarmState(alarms[name] ?? {}, samples)).toBe(state);
  });
});
