import { isDeepStrictEqual } from 'node:util';
import { GetDashboardCommand } from '@aws-sdk/client-cloudwatch';
import { text } from '../../../plan/attributes';
import { type Plan, type PlanResource, resourcesOf } from '../../../plan/plan';
import type { Check, Subject } from '../../check';
import type { Finding } from '../../finding';

/** Dashboards: that they are there, and show what was synthesized. */
export const dashboards: Check = {
  name: 'dashboards',
  permissions: (plan) =>
    plannedDashboards(plan).map((dashboard) => ({
      action: 'cloudwatch:GetDashboard',
      resource: arnOf(dashboard, plan),
    })),
  examine: async (subject) => {
    const all = plannedDashboards(subject.plan);
    const findings = await Promise.all(all.map((dashboard) => examineDashboard(dashboard, subject)));
    return { resources: all.length, findings: findings.flat() };
  },
};

const plannedDashboards = (plan: Plan) =>
  resourcesOf(plan, 'aws_cloudwatch_dashboard', {
    reads: ['dashboard_name', 'dashboard_body'],
    ignores: 'the rest',
  });

const arnOf = (dashboard: PlanResource, { partition, accountId }: Plan) =>
  `arn:${partition}:cloudwatch::${accountId}:dashboard/${text(dashboard, 'dashboard_name')}`;

async function examineDashboard(
  dashboard: PlanResource,
  { aws, plan }: Subject,
): Promise<readonly Finding[]> {
  const name = text(dashboard, 'dashboard_name');
  const deploy = `npx cdktf deploy ${plan.stackId}`;
  const about = { at: dashboard.address, subject: `dashboard ${name}`, severity: 'warning' as const };
  const deployed = await aws.ask(
    { action: 'cloudwatch:GetDashboard', resource: arnOf(dashboard, plan) },
    () => aws.clients.cloudWatch.send(new GetDashboardCommand({ DashboardName: name })),
  );
  if (!deployed) {
    return [
      {
        ...about,
        code: 'dashboard-missing',
        problem: 'it does not exist',
        seen: 'who looks for it finds none',
        cause: 'The stack was never deployed to the end, or someone has deleted it',
        fix: deploy,
      },
    ];
  }
  const wanted = JSON.parse(text(dashboard, 'dashboard_body'));
  if (isDeepStrictEqual(wanted, JSON.parse(deployed.DashboardBody ?? '{}'))) return [];
  return [
    {
      ...about,
      code: 'dashboard-body',
      problem: 'it shows something else',
      seen: 'graphs are others, or are not where they were',
      cause: 'Someone has edited it in the console, or the environment has changed since it was deployed',
      fix: `${deploy} restores it; what was meant belongs in constructs/monitoring/`,
    },
  ];
}
