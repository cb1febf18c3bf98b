import { text } from '../../../plan/attributes';
import { counted } from '../../counted';
import { duration } from '../units';
import { blocks, numeric, type StackReader, shown } from './stack-reader';

export interface Alarm {
  readonly address: string;
  readonly name: string;
  /** Of the queue that it watches. */
  readonly queue: string | undefined;
  /** `ApproximateAgeOfOldestMessage > 15 minutes (Maximum over 1 minute), 3 times` */
  readonly condition: string;
  readonly treatMissingData: string;
  /** ARNs, of the state ALARM. */
  readonly actions: readonly string[];
  readonly enabled: boolean;
}

export interface LogGroup {
  readonly address: string;
  readonly name: string;
  readonly retentionDays: number | undefined;
}

/** Throttling of a REST API's methods, by stage and method path. */
export interface MethodThrottling {
  readonly address: string;
  readonly stageName: string;
  /** `<path>/<method>`, with stars for all of them. */
  readonly methodPath: string;
  readonly rate: number | undefined;
  readonly burst: number | undefined;
}

const alarmAttributes = [
  'alarm_name',
  'alarm_actions',
  'actions_enabled',
  'comparison_operator',
  'dimensions',
  'evaluation_periods',
  'datapoints_to_alarm',
  'metric_name',
  'period',
  'statistic',
  'extended_statistic',
  'threshold',
  'treat_missing_data',
];

const operators: Readonly<Record<string, string>> = {
  GreaterThanThreshold: '>',
  GreaterThanOrEqualToThreshold: '≥',
  LessThanThreshold: '<',
  LessThanOrEqualToThreshold: '≤',
};

const inSeconds = (value: string | undefined) =>
  numeric(value) === undefined ? value : duration(Number(value));

export const alarmsOf = (reader: StackReader): readonly Alarm[] =>
  reader.all(reader.each('aws_cloudwatch_metric_alarm', alarmAttributes), (alarm) => {
    const get = (attribute: string) => shown(alarm.attributes.get(attribute));
    const operator = get('comparison_operator') ?? '';
    const points = get('datapoints_to_alarm');
    const metric = get('metric_name') ?? '';
    const threshold = metric.includes('Age') ? inSeconds(get('threshold')) : get('threshold');
    const dimensions = alarm.attributes.get('dimensions') as Readonly<Record<string, unknown>> | undefined;
    return {
      address: alarm.address,
      name: text(alarm, 'alarm_name'),
      queue: shown(dimensions?.QueueName),
      condition: [
        `${metric} ${operators[operator] ?? operator} ${threshold}`,
        `(${get('statistic') ?? get('extended_statistic')} over ${inSeconds(get('period'))}),`,
        `${points === undefined ? '' : `${points} of `}${counted(Number(get('evaluation_periods') ?? 1), 'time')}`,
      ].join(' '),
      treatMissingData: get('treat_missing_data') ?? 'missing',
      actions: [alarm.attributes.get('alarm_actions') ?? []].flat().map(String),
      enabled: alarm.attributes.get('actions_enabled') !== false,
    };
  });

export const logGroupsOf = (reader: StackReader): readonly LogGroup[] =>
  reader.all(reader.each('aws_cloudwatch_log_group', ['name', 'retention_in_days']), (group) => ({
    address: group.address,
    name: text(group, 'name'),
    retentionDays: numeric(group.attributes.get('retention_in_days')) || undefined,
  }));

export const throttlingOf = (reader: StackReader): readonly MethodThrottling[] =>
  reader.all(
    reader.each('aws_api_gateway_method_settings', ['stage_name', 'method_path', 'settings']),
    (settings) => {
      const [block = {}] = blocks(settings.attributes.get('settings'));
      return {
        address: settings.address,
        stageName: text(settings, 'stage_name'),
        methodPath: text(settings, 'method_path'),
        rate: numeric(block.throttling_rate_limit),
        burst: numeric(block.throttling_burst_limit),
      };
    },
  );
