import { createHash } from 'node:crypto';
import { NotSimulated } from '../../not-simulated';
import { flag, text } from '../../plan/attributes';
import { type Plan, type PlanResource, type ResourceShape, resourcesOf } from '../../plan/plan';
import { PlanError } from '../../plan/plan-error';

export interface ApiKey {
  readonly address: string;
  readonly id: string;
  readonly name: string;
  /** What is sent in `X-Api-Key`: made up, since AWS makes it up. */
  readonly value: string;
}

const periods = ['DAY', 'WEEK', 'MONTH'] as const;

export interface Quota {
  readonly limit: number;
  readonly period: (typeof periods)[number];
}

/** What opens a stage to the holders of keys. Its throttling is not simulated. */
export interface UsagePlan {
  readonly address: string;
  readonly quota: Quota | undefined;
  readonly keys: readonly ApiKey[];
}

const shapes = {
  key: { reads: ['id', 'name', 'enabled'], ignores: ['description', 'tags'] },
  plan: {
    reads: ['id', 'api_stages', 'quota_settings'],
    ignores: ['name', 'description', 'throttle_settings', 'tags'],
  },
  planKey: { reads: ['key_id', 'key_type', 'usage_plan_id'], ignores: [] },
} satisfies Readonly<Record<string, ResourceShape>>;

/** The usage plans of a stage. @throws NotSimulated for what of them is not known here */
export function usagePlansOf(plan: Plan, apiId: string, stageName: string): readonly UsagePlan[] {
  const keys = resourcesOf(plan, 'aws_api_gateway_api_key', shapes.key);
  const planKeys = resourcesOf(plan, 'aws_api_gateway_usage_plan_key', shapes.planKey);
  return resourcesOf(plan, 'aws_api_gateway_usage_plan', shapes.plan)
    .filter((usagePlan) => stagesOf(usagePlan).some(([id, stage]) => id === apiId && stage === stageName))
    .map((usagePlan) => ({
      address: usagePlan.address,
      quota: quotaOf(usagePlan),
      keys: planKeys
        .filter((planKey) => text(planKey, 'usage_plan_id') === text(usagePlan, 'id'))
        .map((planKey) => {
          const key = keys.find((candidate) => text(candidate, 'id') === text(planKey, 'key_id'));
          if (!key)
            throw new PlanError(`${planKey.address}: the stack has no key ${text(planKey, 'key_id')}`);
          return apiKey(key);
        }),
    }));
}

function apiKey(key: PlanResource): ApiKey {
  if (key.attributes.has('enabled') && !flag(key, 'enabled')) {
    throw new NotSimulated(key.address, 'a disabled key');
  }
  const id = text(key, 'id');
  return {
    address: key.address,
    id,
    name: text(key, 'name'),
    // As long as AWS's own.
    value: createHash('sha256').update(id).digest('hex').slice(0, 40),
  };
}

const blocksOf = (value: unknown) =>
  value === undefined ? [] : ([value].flat() as unknown as readonly Readonly<Record<string, unknown>>[]);

const stagesOf = ({ address, attributes }: PlanResource) =>
  blocksOf(attributes.get('api_stages')).map(({ api_id, stage, ...others }) => {
    const [other] = Object.keys(others);
    if (other) throw new NotSimulated(address, `"${other}" of a stage of a usage plan`);
    return [api_id, stage] as const;
  });

function quotaOf(usagePlan: PlanResource): Quota | undefined {
  const [block] = blocksOf(usagePlan.attributes.get('quota_settings'));
  if (!block) return undefined;
  const { limit, period, ...others } = block;
  const [other] = Object.keys(others);
  if (other) throw new NotSimulated(usagePlan.address, `"${other}" of a quota`);
  const known = periods.find((one) => one === period);
  if (typeof limit !== 'number' || known === undefined) {
    throw new PlanError(`${usagePlan.address}: its quota is ${JSON.stringify(block)}`);
  }
  return { limit, period: known };
}

/** Of the header alone: that an authorizer gives keys is said by `api_key_source`, which is not read. */
export const keySentIn = (
  plans: readonly UsagePlan[],
  sent: string | undefined,
): { readonly key: ApiKey; readonly quota: Quota | undefined } | undefined =>
  plans.flatMap(({ keys, quota }) =>
    keys.filter(({ value }) => value === sent).map((key) => ({ key, quota })),
  )[0];

const day = 86_400_000;

/**
 * Which period of a quota a moment is in, counted on. A week begins on Sunday.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-apigateway-usageplan-quotasettings.html
 */
function periodAt(now: number, period: Quota['period']): number {
  const date = new Date(now);
  if (period === 'MONTH') return date.getUTCFullYear() * 12 + date.getUTCMonth();
  // 1970 began on a Thursday.
  return period === 'DAY' ? Math.floor(now / day) : Math.floor((now / day + 4) / 7);
}

/** How many requests were sent with each key in the current period of its quota. */
export class UsageMeter {
  readonly #used = new Map<string, { readonly period: number; readonly requests: number }>();

  constructor(private readonly now: () => number) {}

  /** Counts requests with a key. @returns whether its quota was enough for them */
  count({ id }: ApiKey, { limit, period }: Quota, requests = 1): boolean {
    const current = periodAt(this.now(), period);
    const before = this.#used.get(id);
    const used = (before?.period === current ? before.requests : 0) + requests;
    if (used > limit) return false;
    this.#used.set(id, { period: current, requests: used });
    return true;
  }

  /** An operator extends every quota. */
  renew(): void {
    this.#used.clear();
  }

  /** How long until a quota begins anew, in milliseconds. */
  untilRenewed({ period }: Quota): number {
    const now = this.now();
    const days = Array.from({ length: 32 }, (_, index) => (Math.floor(now / day) + index + 1) * day);
    const next = days.find((then) => periodAt(then, period) > periodAt(now, period)) ?? now;
    return next - now;
  }
}
