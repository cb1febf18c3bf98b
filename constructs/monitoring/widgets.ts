import { alarmArn } from '../iam/arn';
import type { Placement } from '../iam/placement';

/** The properties of a graph on a dashboard. */
export type Widget = {
  readonly title: string;
  readonly region: string;
  readonly view: 'timeSeries';
} & (
  | { readonly metrics: readonly (readonly unknown[])[]; readonly period: 60 }
  /** The metric and the threshold of one alarm. */
  | { readonly annotations: { readonly alarms: readonly [arn: string] } }
);

type Dimensions = readonly string[];

/** Label, statistic and whatever else differs from the first metric. */
type Line = readonly [metricName: string, stat: string, options?: Readonly<Record<string, unknown>>];

const graph = (
  at: Placement,
  title: string,
  namespace: string,
  lines: readonly (Line | readonly [...Line, Dimensions])[],
  dimensions: Dimensions,
): Widget => ({
  title,
  region: at.region,
  view: 'timeSeries',
  period: 60,
  metrics: lines.map(([metricName, stat, options, others]) => [
    namespace,
    metricName,
    ...(others ?? dimensions),
    { stat, ...options },
  ]),
});

/** Amounts on the left, times on the right. */
const right = { yAxis: 'right' };

/** What an alarm watches, where the metric itself has an id in it that is not known before the API exists. */
export const alarmWidget = (at: Placement, title: string, alarmName: string): Widget => ({
  title,
  region: at.region,
  view: 'timeSeries',
  annotations: { alarms: [alarmArn(at, alarmName)] },
});

/** One method of a REST API whose detailed metrics are on. @param path of its resource, without the stage */
export const restMethodWidget = (
  at: Placement,
  { apiName, stage, path }: { readonly apiName: string; readonly stage: string; readonly path: string },
): Widget =>
  graph(
    at,
    `POST /${stage}${path}`,
    'AWS/ApiGateway',
    [
      ['Count', 'Sum', { label: 'requests' }],
      ['4XXError', 'Sum', { label: '4xx' }],
      ['5XXError', 'Sum', { label: '5xx' }],
      ['IntegrationLatency', 'p99', { label: 'SQS, p99 in ms', ...right }],
    ],
    ['ApiName', apiName, 'Stage', stage, 'Resource', path, 'Method', 'POST'],
  );

/** @param deadLetterQueueName of a queue of ours; unknown of another */
export const queueWidget = (at: Placement, name: string, deadLetterQueueName?: string): Widget =>
  graph(
    at,
    `queue ${name}`,
    'AWS/SQS',
    [
      ['NumberOfMessagesSent', 'Sum', { label: 'sent' }],
      ['ApproximateNumberOfMessagesVisible', 'Maximum', { label: 'waiting' }],
      ['ApproximateAgeOfOldestMessage', 'Maximum', { label: 'oldest, in s', ...right }],
      ...(deadLetterQueueName === undefined
        ? []
        : [
            [
              'ApproximateNumberOfMessagesVisible',
              'Maximum',
              { label: 'dead letters' },
              ['QueueName', deadLetterQueueName],
            ] as const,
          ]),
    ],
    ['QueueName', name],
  );

export const pipeWidget = (at: Placement, name: string): Widget =>
  graph(
    at,
    `pipe ${name}`,
    'AWS/EventBridge/Pipes',
    [
      ['Invocations', 'Sum', { label: 'executions' }],
      ['ExecutionFailed', 'Sum', { label: 'failed' }],
      ['ExecutionTimeout', 'Sum', { label: 'timed out' }],
      ['ExecutionThrottled', 'Sum', { label: 'throttled' }],
    ],
    ['PipeName', name],
  );

/** What a pipe knows of its subscriber. */
export const subscriberWidget = (at: Placement, pipeName: string, title: string): Widget =>
  graph(
    at,
    title,
    'AWS/EventBridge/Pipes',
    [
      ['TargetStageFailed', 'Sum', { label: 'refused or too late' }],
      ['TargetStageDuration', 'p99', { label: 'answered, p99 in ms', ...right }],
    ],
    ['PipeName', pipeName],
  );

export const functionWidget = (at: Placement, name: string): Widget =>
  graph(
    at,
    `function ${name}`,
    'AWS/Lambda',
    [
      ['Invocations', 'Sum', { label: 'batches' }],
      ['Errors', 'Sum', { label: 'errors' }],
      ['Throttles', 'Sum', { label: 'throttled' }],
      ['Duration', 'p99', { label: 'duration, p99 in ms', ...right }],
    ],
    ['FunctionName', name],
  );
