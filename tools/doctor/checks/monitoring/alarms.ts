import { DescribeAlarmsCommand, type MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { optionalNumber, text } from '../../../plan/attributes';
import { type Plan, type PlanResource, resourcesOf } from '../../../plan/plan';
import type { Check, Subject } from '../../check';
import type { Finding } from '../../finding';

/** Alarms: that they are there, may act, go off above what was synthesized, and tell whom they should. */
export const alarms: Check = {
  name: 'alarms',
  permissions: (plan) =>
    plannedAlarms(plan).length === 0
      ? []
      : [{ action: 'cloudwatch:DescribeAlarms', resource: anyAlarm(plan) }],
  examine: async (subject) => {
    const planned = plannedAlarms(subject.plan);
    const deployed = await deployedAlarms(
      planned.map((alarm) => text(alarm, 'alarm_name')),
      subject,
    );
    return {
      resources: planned.length,
      findings: planned.flatMap((alarm) =>
        examineAlarm(alarm, deployed.get(text(alarm, 'alarm_name')), subject),
      ),
    };
  },
};

/** CloudWatch is asked for alarms by name, and all the same authorized for all of them. */
const anyAlarm = ({ partition, region, accountId }: Plan) =>
  `arn:${partition}:cloudwatch:${region}:${accountId}:alarm:*`;

const plannedAlarms = (plan: Plan) =>
  resourcesOf(plan, 'aws_cloudwatch_metric_alarm', {
    reads: ['alarm_name', 'threshold', 'alarm_actions', 'ok_actions'],
    ignores: 'the rest',
  });

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html */
const mostNames = 100;

async function deployedAlarms(
  names: readonly string[],
  { aws, plan }: Subject,
): Promise<ReadonlyMap<string, MetricAlarm>> {
  const found = new Map<string, MetricAlarm>();
  for (let start = 0; start < names.length; start += mostNames) {
    const answer = await aws.ask({ action: 'cloudwatch:DescribeAlarms', resource: anyAlarm(plan) }, () =>
      aws.clients.cloudWatch.send(
        new DescribeAlarmsCommand({
          AlarmNames: names.slice(start, start + mostNames),
          MaxRecords: mostNames,
        }),
      ),
    );
    for (const alarm of answer?.MetricAlarms ?? []) found.set(alarm.AlarmName ?? '', alarm);
  }
  return found;
}

type Told = Pick<Finding, 'code' | 'problem' | 'synthesized' | 'deployed' | 'seen' | 'cause'>;

const edited = 'Someone has changed it in the console or with another tool';

function examineAlarm(
  alarm: PlanResource,
  deployed: MetricAlarm | undefined,
  { plan }: Subject,
): readonly Finding[] {
  const deploy = `npx cdktf deploy ${plan.stackId}`;
  const about = {
    at: alarm.address,
    subject: `alarm ${text(alarm, 'alarm_name')}`,
    severity: 'warning' as const,
  };
  if (!deployed) {
    return [
      {
        ...about,
        code: 'alarm-missing',
        problem: 'it does not exist',
        seen: 'nothing, and nobody is told when what it watches goes wrong',
        cause: 'The stack was never deployed to the end, or someone has deleted the alarm',
        fix: deploy,
      },
    ];
  }
  return differences(alarm, deployed).map((told) => ({
    ...about,
    ...told,
    fix: `${deploy} restores it; what was meant belongs in environments/`,
  }));
}

function differences(alarm: PlanResource, deployed: MetricAlarm): readonly Told[] {
  const threshold = optionalNumber(alarm, 'threshold');
  return [
    ...(deployed.ActionsEnabled === false
      ? [
          {
            code: 'alarm-actions-disabled',
            problem: 'its actions are disabled',
            synthesized: 'enabled',
            deployed: 'disabled',
            seen: 'it changes its state, and tells nobody',
            cause: 'Someone has disabled them, such as for the time of a maintenance',
          },
        ]
      : []),
    ...(threshold !== deployed.Threshold
      ? [
          {
            code: 'alarm-threshold',
            problem: 'it goes off above another threshold',
            synthesized: String(threshold),
            deployed: String(deployed.Threshold),
            seen: 'it goes off sooner or later than was reviewed',
            cause: edited,
          },
        ]
      : []),
    ...notified(alarm, 'alarm_actions', deployed.AlarmActions, {
      problem: 'it tells others when it goes off',
      seen: 'whoever is on call may not hear of it',
    }),
    ...notified(alarm, 'ok_actions', deployed.OKActions, {
      problem: 'it tells others when it is over',
      seen: 'whoever is on call may not hear that it is over',
    }),
  ];
}

function notified(
  { attributes }: PlanResource,
  attribute: 'alarm_actions' | 'ok_actions',
  there: readonly string[] = [],
  told: Pick<Told, 'problem' | 'seen'>,
): readonly Told[] {
  const written = (arns: readonly string[]) => [...arns].sort().join(', ') || 'nobody';
  const synthesized = written((attributes.get(attribute) ?? []) as readonly string[]);
  const deployed = written(there);
  return synthesized === deployed
    ? []
    : [{ ...told, code: 'alarm-actions', synthesized, deployed, cause: edited }];
}
