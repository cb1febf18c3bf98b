import {
  type ApiKey,
  GetApiKeysCommand,
  GetUsagePlanKeysCommand,
  GetUsagePlansCommand,
  type UsagePlan,
  type UsagePlanKey,
} from '@aws-sdk/client-api-gateway';
import { text } from '../../../plan/attributes';
import { type Plan, type PlanResource, resourcesOf } from '../../../plan/plan';
import { optionalBlock } from '../../../rehearse/pipe/blocks';
import { pagesOf } from '../../aws/pages-of';
import type { Check, Permission, Subject } from '../../check';
import type { Finding } from '../../finding';

/** API keys and usage plans: that who has a callback's key gets through to the stage. Values of keys are not read. */
export const usagePlans: Check = {
  name: 'API keys and usage plans',
  permissions: (plan) =>
    wantedPlans(plan).length === 0
      ? []
      : [reading(plan, '/usageplans'), reading(plan, '/usageplans/*/keys'), reading(plan, '/apikeys')],
  examine: async (subject) => {
    const wanted = wantedPlans(subject.plan);
    if (wanted.length === 0) return { resources: 0, findings: [] };
    const [plans, keys] = await Promise.all([askPlans(subject), askKeys(subject)]);
    const findings = await Promise.all(wanted.map((one) => examinePlan(one, { plans, keys }, subject)));
    // Each with its key, and what ties them together.
    return { resources: 3 * wanted.length, findings: findings.flat() };
  },
};

const wantedPlans = (plan: Plan) =>
  resourcesOf(plan, 'aws_api_gateway_usage_plan', {
    reads: ['name', 'api_stages', 'quota_settings', 'throttle_settings'],
    ignores: 'the rest',
  });

const reading = ({ partition, region }: Plan, path: string): Permission => ({
  action: 'apigateway:GET',
  resource: `arn:${partition}:apigateway:${region}::${path}`,
});

const askPlans = async ({ plan, aws: { ask, clients } }: Subject): Promise<readonly UsagePlan[]> =>
  (await ask(reading(plan, '/usageplans'), () =>
    pagesOf((page) => clients.apiGateway.send(new GetUsagePlansCommand(page))),
  )) ?? [];

const askKeys = async ({ plan, aws: { ask, clients } }: Subject): Promise<readonly ApiKey[]> =>
  (await ask(reading(plan, '/apikeys'), () =>
    pagesOf((page) => clients.apiGateway.send(new GetApiKeysCommand({ ...page, includeValues: false }))),
  )) ?? [];

const askPlanKeys = async (
  { plan, aws: { ask, clients } }: Subject,
  usagePlanId: string,
): Promise<readonly UsagePlanKey[]> =>
  (await ask(reading(plan, '/usageplans/*/keys'), () =>
    pagesOf((page) => clients.apiGateway.send(new GetUsagePlanKeysCommand({ ...page, usagePlanId }))),
  )) ?? [];

async function examinePlan(
  wanted: PlanResource,
  { plans, keys }: { readonly plans: readonly UsagePlan[]; readonly keys: readonly ApiKey[] },
  subject: Subject,
): Promise<readonly Finding[]> {
  const name = text(wanted, 'name');
  const deploy = `npx cdktf deploy ${subject.plan.stackId}`;
  const tell = (
    told: Pick<Finding, 'code' | 'severity' | 'problem' | 'seen'> & Partial<Finding>,
  ): Finding => ({
    at: wanted.address,
    subject: `usage plan ${name}`,
    cause: 'It was changed in the console or by another tool.',
    fix: `${deploy} restores it; what was meant belongs in environments/.`,
    ...told,
  });
  const refused = 'senders that send its key get HTTP 403, and nothing is queued';
  // Names are not unique: it is enough that one of them lets the senders in.
  const named = plans.filter((one) => one.name === name);
  const deployed =
    named.find((one) => stagesIn(one).some((stage) => stagesOf(wanted).includes(stage))) ?? named[0];
  if (!deployed?.id) {
    return [
      tell({
        code: 'usage-plan-missing',
        severity: 'error',
        problem: 'it does not exist',
        seen: refused,
        cause: 'The stack was never deployed to the end, or someone has deleted the usage plan',
        fix: deploy,
      }),
    ];
  }
  const held = (await askPlanKeys(subject, deployed.id)).filter((key) => key.name === name);
  const isEnabled = held.some(({ id }) => keys.find((key) => key.id === id)?.enabled !== false);
  const limits = [limitsOf(wanted), deployedLimits(deployed)] as const;
  return [
    ...stagesOf(wanted)
      .filter((stage) => !stagesIn(deployed).includes(stage))
      .map((stage) =>
        tell({
          code: 'usage-plan-stage',
          severity: 'error',
          problem: `it does not open the stage ${stage}`,
          synthesized: stage,
          deployed: stagesIn(deployed).join(', ') || 'none',
          seen: refused,
        }),
      ),
    ...(held.length > 0 && isEnabled
      ? []
      : [
          tell({
            code: 'usage-plan-key',
            severity: 'error',
            problem: held.length > 0 ? 'its key is disabled' : `it does not hold the key ${name}`,
            seen: refused,
          }),
        ]),
    ...(limits[0] === limits[1]
      ? []
      : [
          tell({
            code: 'usage-plan-limits',
            severity: 'warning',
            problem: 'its throttling or quota is another one',
            synthesized: limits[0],
            deployed: limits[1],
            seen: 'senders get HTTP 429 sooner than meant, or never',
          }),
        ]),
  ];
}

/** `<api>:<stage>`, as API Gateway itself names a stage of a plan. */
const stagesOf = ({ attributes }: PlanResource): readonly string[] =>
  (
    (attributes.get('api_stages') ?? []) as readonly { readonly api_id: string; readonly stage: string }[]
  ).map(({ api_id, stage }) => `${api_id}:${stage}`);

const stagesIn = ({ apiStages = [] }: UsagePlan): readonly string[] =>
  apiStages.map(({ apiId, stage }) => `${apiId}:${stage}`);

const limitsText = (
  rate: number | undefined,
  burst: number | undefined,
  limit: number | undefined,
  period: string | undefined,
): string =>
  [
    rate === undefined && burst === undefined
      ? 'throttling of the stage'
      : `rate limit ${rate}, burst limit ${burst}`,
    limit === undefined ? 'no quota' : `${limit} requests a ${period?.toLowerCase()}`,
  ].join(', ');

function limitsOf(wanted: PlanResource): string {
  const throttle = optionalBlock(wanted, 'throttle_settings', ['rate_limit', 'burst_limit']);
  const quota = optionalBlock(wanted, 'quota_settings', ['limit', 'period']);
  const number = (block: PlanResource | undefined, attribute: string) =>
    block?.attributes.get(attribute) as number | undefined;
  return limitsText(
    number(throttle, 'rate_limit'),
    number(throttle, 'burst_limit'),
    number(quota, 'limit'),
    quota && text(quota, 'period'),
  );
}

const deployedLimits = ({ throttle, quota }: UsagePlan): string =>
  limitsText(throttle?.rateLimit, throttle?.burstLimit, quota?.limit, quota?.period);
