import { evaluateExpression, type Series } from './metric-math';

/** What was reported of each metric, minute by minute, by its name; an empty minute is missing. */
export type Samples = Readonly<Record<string, readonly (readonly number[])[]>>;

interface MetricQuery {
  readonly id: string;
  readonly expression?: string;
  readonly metric?: { readonly metric_name: string; readonly stat: string; readonly period: number };
  readonly return_data?: boolean;
}

const statistics: Readonly<Record<string, (samples: readonly number[]) => number>> = {
  Sum: (samples) => samples.reduce((sum, value) => sum + value, 0),
  Average: (samples) => samples.reduce((sum, value) => sum + value, 0) / samples.length,
  Maximum: (samples) => Math.max(...samples),
  Minimum: (samples) => Math.min(...samples),
  p99: (samples) => [...samples].sort((a, b) => a - b)[Math.ceil(0.99 * samples.length) - 1] ?? Number.NaN,
};

/**
 * The state that an alarm of a synthesized stack has after the last minute.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
 */
export function alarmState(alarm: Readonly<Record<string, unknown>>, samples: Samples): 'ALARM' | 'OK' {
  const periods = Number(alarm.evaluation_periods);
  const needed = Number(alarm.datapoints_to_alarm ?? periods);
  const breaching = watched(alarm, samples)
    .slice(-periods)
    .filter((value) => (value === undefined ? missingBreaches(alarm) : breaches(alarm, value)));
  return breaching.length >= needed ? 'ALARM' : 'OK';
}

function watched(alarm: Readonly<Record<string, unknown>>, samples: Samples): Series {
  const queries = (alarm.metric_query ?? []) as readonly MetricQuery[];
  if (queries.length === 0) {
    const statistic = String(alarm.statistic ?? alarm.extended_statistic);
    return seriesOf(
      { metric_name: String(alarm.metric_name), stat: statistic, period: Number(alarm.period) },
      samples,
    );
  }
  const pointsOf = (id: string): Series => {
    const query = queries.find((candidate) => candidate.id === id);
    if (query?.metric) return seriesOf(query.metric, samples);
    if (query?.expression !== undefined) return evaluateExpression(query.expression, pointsOf);
    throw new Error(`the alarm has no query ${id}`);
  };
  const returned = queries.filter((query) => query.return_data);
  if (returned.length !== 1) throw new Error('CloudWatch takes exactly one query that returns data');
  return pointsOf(returned[0]?.id ?? '');
}

function seriesOf(metric: NonNullable<MetricQuery['metric']>, samples: Samples): Series {
  const { metric_name: name, stat, period } = metric;
  if (period !== 60) throw new Error('the samples are minutes');
  const statistic = statistics[stat];
  if (!statistic) throw new Error(`no such statistic: ${stat}`);
  const minutes = Math.max(...Object.values(samples).map(({ length }) => length));
  return Array.from({ length: minutes }, (_, minute) => {
    const values = samples[name]?.[minute] ?? [];
    return values.length > 0 ? statistic(values) : undefined;
  });
}

function breaches(
  { comparison_operator: operator, threshold }: Readonly<Record<string, unknown>>,
  value: number,
) {
  if (operator !== 'GreaterThanThreshold') throw new Error(`no such operator here: ${operator}`);
  return value > Number(threshold);
}

function missingBreaches({ treat_missing_data: treatment }: Readonly<Record<string, unknown>>): boolean {
  if (treatment === 'notBreaching' || treatment === 'breaching') return treatment === 'breaching';
  throw new Error(`what becomes of missing data is not said: ${treatment}`);
}
