import { alarmArn, logGroupArn } from '../arn';
import type { Placement } from '../placement';
import type { DeploymentGrants } from './deployment-action';

/** @param names a pattern of what the logs are of: `dev-*` */
export const logGroupArns = (at: Placement, names: string): readonly string[] =>
  ['/aws/apigateway/', '/aws/lambda/', '/aws/vendedlogs/pipes/'].map((folder) =>
    logGroupArn(at, `${folder}${names}`),
  );

/**
 * Log groups and alarms.
 * @param names a pattern of what the logs are of, and of the alarms' names: `dev-*`
 */
export function monitoringGrants(
  at: Placement,
  names: string,
  { hasKeys }: { readonly hasKeys: boolean },
): DeploymentGrants {
  const logGroups = logGroupArns(at, names);
  const alarms = [alarmArn(at, names)];
  return {
    read: [
      { sid: 'ReadTheTagsOfTheLogGroups', actions: ['logs:ListTagsForResource'], resources: logGroups },
      {
        sid: 'ListLogGroupsForWhichAwsDefinesNoResource',
        actions: ['logs:DescribeLogGroups'],
        resources: ['*'],
      },
      // It is asked for alarms by name, and all the same authorized for all of them.
      {
        sid: 'ListAlarmsWhichAwsAllowsForAllOrNone',
        actions: ['cloudwatch:DescribeAlarms'],
        resources: [alarmArn(at, '*')],
      },
      { sid: 'ReadTheTagsOfTheAlarms', actions: ['cloudwatch:ListTagsForResource'], resources: alarms },
    ],
    write: [
      {
        sid: 'MakeChangeAndDeleteTheLogGroups',
        actions: [
          ...(hasKeys ? (['logs:AssociateKmsKey'] as const) : []),
          'logs:CreateLogGroup',
          'logs:DeleteLogGroup',
          'logs:PutRetentionPolicy',
          'logs:TagResource',
          'logs:UntagResource',
        ],
        resources: logGroups,
      },
      {
        sid: 'MakeChangeAndDeleteTheAlarms',
        actions: [
          'cloudwatch:DeleteAlarms',
          'cloudwatch:PutMetricAlarm',
          'cloudwatch:TagResource',
          'cloudwatch:UntagResource',
        ],
        resources: alarms,
      },
    ],
  };
}
