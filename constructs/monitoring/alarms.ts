/** What alarms go off above, and whom they tell. */
export interface AlarmSettings {
  /** SNS topic that is told when an alarm begins and when it is over. */
  readonly topicArn: string;
  /** Age of a queue's oldest message, in minutes. */
  readonly oldestMessageMinutes: number;
  /** Share of an API's requests, in percent. */
  readonly serverErrorPercent: number;
  /** Share of an API's requests, in percent. */
  readonly clientErrorPercent: number;
  readonly integrationLatencyMilliseconds: number;
  /** Requests a minute. */
  readonly throttledRequests: number;
  readonly pipeStoppedMinutes: number;
}

/** Both ways: who was woken wants to know when it is over. */
export const notifying = (topicArn: string) => ({ alarmActions: [topicArn], okActions: [topicArn] });

/** Three bad minutes of five: one bad minute is no news at a few requests an hour, and three make a trend. */
export const threeOfFiveMinutes = { evaluationPeriods: 5, datapointsToAlarm: 3 } as const;

export interface Metric {
  /** Lower-case first letter: by this the expression knows it. */
  readonly id: string;
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: 'Sum' | 'Maximum';
}

export interface Expression {
  readonly id: string;
  /** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html */
  readonly expression: string;
}

/**
 * The metric queries of an alarm on an expression over metrics, a data point a minute.
 * @param steps what the expression is put together from
 */
export const expressionOver = (
  metrics: readonly Metric[],
  result: Omit<Expression, 'id'> & { readonly label: string },
  steps: readonly Expression[] = [],
) => [
  { id: 'result', ...result, returnData: true },
  ...steps.map((step) => ({ ...step, returnData: false })),
  ...metrics.map(({ id, namespace, metricName, dimensions, statistic }) => ({
    id,
    metric: { namespace, metricName, dimensions: { ...dimensions }, stat: statistic, period: 60 },
  })),
];
