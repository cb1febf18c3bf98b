import { alarmArn, logGroupArn } from '../arn';
import type { Placement } from '../placement';
import type { DeploymentGrants } from './deployment-action';

/**
 * @param names a pattern of what the logs are of: `dev-*`
 * @param hasHttpApi whether one of the APIs is an HTTP API, whose logs are delivered like those of pipes
 */
export const logGroupArns = (at: Placement, names: string, hasHttpApi: boolean): readonly string[] =>
  [
    '/aws/apigateway/',
    '/aws/lambda/',
    ...(hasHttpApi ? ['/aws/vendedlogs/apigateway/'] : []),
    '/aws/vendedlogs/pipes/',
  ].map((folder) => logGroupArn(at, `${folder}${names}`));

/**
 * Log groups and alarms.
 * @param names a pattern of what the logs are of, and of the alarms' names: `dev-*`
 */
export function monitoringGrants(
  at: Placement,
  names: string,
  { hasKeys, hasHttpApi }: { readonly hasKeys: boolean; readonly hasHttpApi: boolean },
): DeploymentGrants {
  const logGroups = logGroupArns(at, names, hasHttpApi);
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
