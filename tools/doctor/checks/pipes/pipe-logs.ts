import type { DescribePipeResponse } from '@aws-sdk/client-pipes';
import { text } from '../../../plan/attributes';
import { type Plan, resourcesOf } from '../../../plan/plan';
import { blocksOf } from '../../../rehearse/pipe/blocks';
import type { Difference } from './pipe-differences';

/** Where deliveries that failed are written, as far as that is not as synthesized. */
export function logDifferences(
  plan: Plan,
  address: string,
  { LogConfiguration: log }: DescribePipeResponse,
): readonly Difference[] {
  const synthesized = logOf(plan, address);
  // A log group's ARN is written with and without `:*`.
  const group = log?.CloudwatchLogsLogDestination?.LogGroupArn?.replace(/:\*$/, '');
  const written = (level: string | undefined, to: string | undefined) =>
    to === undefined || level === undefined || level === 'OFF' ? 'no log' : `${level} to ${to}`;
  const [wanted, there] = [written(synthesized?.level, synthesized?.groupArn), written(log?.Level, group)];
  return [
    ...(wanted === there
      ? []
      : [
          {
            code: 'pipe-log',
            severity: 'warning' as const,
            problem: 'it does not log as synthesized',
            synthesized: wanted,
            deployed: there,
            seen: 'deliveries that fail leave no trace where one looks for it',
          },
        ]),
    ...(log?.IncludeExecutionData?.length && !synthesized?.executionData
      ? [
          {
            code: 'pipe-log-payloads',
            severity: 'warning' as const,
            problem: 'its log holds the messages themselves',
            synthesized: 'no execution data',
            deployed: `execution data: ${log.IncludeExecutionData.join(', ')}`,
            seen: `whoever may read ${group ?? 'the log'} reads the content of messages`,
          },
        ]
      : []),
  ];
}

interface Log {
  readonly level: string;
  readonly groupArn: string | undefined;
  readonly executionData: boolean;
}

function logOf(plan: Plan, address: string): Log | undefined {
  const pipe = resourcesOf(withLogGroups(plan), 'aws_pipes_pipe', {
    reads: ['log_configuration'],
    ignores: 'the rest',
  }).find((candidate) => candidate.address === address);
  const known = ['level', 'include_execution_data', 'cloudwatch_logs_log_destination'];
  const [log] = pipe ? blocksOf(pipe, 'log_configuration', known) : [];
  if (!log) return undefined;
  const [destination] = blocksOf(log, 'cloudwatch_logs_log_destination', ['log_group_arn']);
  return {
    level: text(log, 'level'),
    groupArn: destination && text(destination, 'log_group_arn'),
    executionData: log.attributes.has('include_execution_data'),
  };
}

/** The ARN of a log group follows from its name. */
function withLogGroups(plan: Plan): Plan {
  const { partition, region, accountId } = plan;
  const groups = Object.keys(plan.configuration.resource?.aws_cloudwatch_log_group ?? {});
  const arns = resourcesOf(plan, 'aws_cloudwatch_log_group', { reads: ['name'], ignores: 'the rest' }).map(
    (group, index): [string, string] => [
      `aws_cloudwatch_log_group.${groups[index]}.arn`,
      `arn:${partition}:logs:${region}:${accountId}:log-group:${text(group, 'name')}`,
    ],
  );
  return { ...plan, known: new Map([...plan.known, ...arns]) };
}
