import { CloudwatchLogMetricFilter } from '@cdktf/provider-aws/lib/cloudwatch-log-metric-filter';
import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { Construct } from 'constructs';
import { apiAlarmNames } from './alarm-names';
import { type AlarmSettings, expressionOver, type Metric, notifying, threeOfFiveMinutes } from './alarms';

/** How API Gateway names what it counts; each kind of API has names of its own. */
export interface ApiMetrics {
  readonly serverErrors: readonly string[];
  readonly clientErrors: readonly string[];
  readonly requests: readonly string[];
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html */
export const restApiMetrics: ApiMetrics = {
  serverErrors: ['5XXError'],
  clientErrors: ['4XXError'],
  requests: ['Count'],
};

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html */
export const httpApiMetrics: ApiMetrics = {
  serverErrors: ['5xx'],
  clientErrors: ['4xx'],
  requests: ['Count'],
};

/**
 * What is refused before a route's integration is in neither count of requests.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-logging.html
 */
export const webSocketApiMetrics: ApiMetrics = {
  serverErrors: ['ExecutionError', 'IntegrationError'],
  clientErrors: ['ClientError'],
  requests: ['ConnectCount', 'MessageCount'],
};

export interface ApiAlarmsProps {
  /** The alarms' names begin with it, and it is the namespace of what is counted in the log. */
  readonly apiName: string;
  /** Of the stage's metrics: `ApiName` and `Stage` of a REST API, `ApiId` and `Stage` of the others. */
  readonly dimensions: Readonly<Record<string, string>>;
  readonly metrics: ApiMetrics;
  /** Of the stage's access log, whose field `status` is a text. */
  readonly logGroupName: string;
  readonly settings: AlarmSettings;
}

/**
 * Four alarms: the shares of requests that are answered with 5xx and with 4xx, the time that SQS takes, and requests
 * that throttling refused. Of the last API Gateway has no metric: those with status 429 are counted in the access log.
 */
export class ApiAlarms extends Construct {
  constructor(scope: Construct, id: string, props: ApiAlarmsProps) {
    super(scope, id);
    const { apiName, dimensions, metrics, settings } = props;
    const names = apiAlarmNames(apiName);
    // Where nobody calls there is nothing to count, and a filter or a metric without data is no fault.
    const common = { treatMissingData: 'notBreaching', ...notifying(settings.topicArn) };
    const above = { ...common, ...threeOfFiveMinutes, comparisonOperator: 'GreaterThanThreshold' };
    new CloudwatchMetricAlarm(this, 'server-errors', {
      ...above,
      alarmName: names.serverErrors,
      alarmDescription: `More than ${settings.serverErrorPercent} % of the requests of ${apiName} were answered with 5xx: callers must send them again. Look for integrationError in its access log: SQS refuses, or cannot be reached.`,
      metricQuery: share(metrics.serverErrors, metrics.requests, dimensions, 'answered with 5xx, in percent'),
      threshold: settings.serverErrorPercent,
    });
    new CloudwatchMetricAlarm(this, 'client-errors', {
      ...above,
      alarmName: names.clientErrors,
      alarmDescription: `More than ${settings.clientErrorPercent} % of the requests of ${apiName} were answered with 4xx: a caller's address, body or credentials are refused. Look for status and errorType in its access log, and at what changed on either side.`,
      metricQuery: share(metrics.clientErrors, metrics.requests, dimensions, 'answered with 4xx, in percent'),
      threshold: settings.clientErrorPercent,
    });
    new CloudwatchMetricAlarm(this, 'integration-latency', {
      ...above,
      alarmName: names.integrationLatency,
      alarmDescription: `SQS took more than ${settings.integrationLatencyMilliseconds} ms for the slowest hundredth of the requests of ${apiName}: callers wait, and may give up. Look at the AWS Health Dashboard for SQS, then at integrationLatency in its access log.`,
      namespace: 'AWS/ApiGateway',
      metricName: 'IntegrationLatency',
      dimensions: { ...dimensions },
      extendedStatistic: 'p99',
      period: 60,
      threshold: settings.integrationLatencyMilliseconds,
    });
    const filter = new CloudwatchLogMetricFilter(this, 'throttled-filter', {
      name: names.throttled,
      logGroupName: props.logGroupName,
      pattern: '{ $.status = "429" }',
      metricTransformation: {
        namespace: apiName,
        name: 'ThrottledRequests',
        value: '1',
        defaultValue: '0',
        unit: 'Count',
      },
    });
    new CloudwatchMetricAlarm(this, 'throttled', {
      ...common,
      alarmName: names.throttled,
      alarmDescription: `Throttling refused more than ${settings.throttledRequests} requests of ${apiName} in a minute with 429: callers must send them again. Find out from its access log who sends so much; where it is meant, raise throttling in the environment.`,
      namespace: apiName,
      metricName: 'ThrottledRequests',
      statistic: 'Sum',
      period: 60,
      evaluationPeriods: 1,
      comparisonOperator: 'GreaterThanThreshold',
      threshold: settings.throttledRequests,
      // A metric that nothing ever fills would look like a quiet API.
      dependsOn: [filter],
    });
  }
}

/**
 * Errors a hundred requests. Some errors are of requests that neither metric counts: the share ends at 100. Without
 * errors it is 0, so that nothing is divided by nothing.
 */
function share(
  errors: readonly string[],
  requests: readonly string[],
  dimensions: Readonly<Record<string, string>>,
  label: string,
) {
  const metrics = (prefix: string, metricNames: readonly string[]): readonly Metric[] =>
    metricNames.map((metricName, index) => ({
      id: `${prefix}${index + 1}`,
      namespace: 'AWS/ApiGateway',
      metricName,
      dimensions,
      statistic: 'Sum',
    }));
  const failed = metrics('e', errors);
  const all = metrics('n', requests);
  const sum = (id: string, of: readonly Metric[]) => ({
    id,
    expression: of.map((metric) => `FILL(${metric.id}, 0)`).join(' + '),
  });
  return expressionOver(
    [...failed, ...all],
    { expression: 'IF(failed > all, 100, IF(failed > 0, 100 * failed / all, 0))', label },
    [sum('failed', failed), sum('all', all)],
  );
}
