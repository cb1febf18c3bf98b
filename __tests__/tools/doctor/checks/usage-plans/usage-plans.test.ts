import type { UsagePlan } from '@aws-sdk/client-api-gateway';
import { expect, test } from 'vitest';
import type { Subject } from '../../../../../tools/doctor/check';
import { usagePlans } from '../../../../../tools/doctor/checks/usage-plans/usage-plans';
import { readPlan } from '../../../../../tools/plan/plan';
import { receiver } from '../../../../stacks/example-environment';

const apiId = 'a1b2c3d4e5';
const plan = readPlan(
  'test-callback-receiver',
  receiver({
    apiKey: { throttling: { rateLimit: 5, burstLimit: 10 }, quota: { requests: 100, period: 'DAY' } },
  }),
  new Map([['aws_api_gateway_rest_api.api.id', apiId]]),
);

const asSynthesized: UsagePlan = {
  id: 'p1',
  name: 'test-orders',
  apiStages: [{ apiId, stage: 'v1' }],
  throttle: { rateLimit: 5, burstLimit: 10 },
  quota: { limit: 100, period: 'DAY', offset: 0 },
};

interface Deployed {
  readonly plans?: readonly UsagePlan[];
  readonly planKeys?: readonly { readonly id: string; readonly name: string }[];
  readonly enabled?: boolean;
}

const found = async ({
  plans = [asSynthesized],
  planKeys = [{ id: 'k1', name: 'test-orders' }],
  enabled = true,
}: Deployed = {}) => {
  const answers: Readonly<Record<string, readonly unknown[]>> = {
    '/usageplans': plans,
    '/usageplans/*/keys': planKeys,
    '/apikeys': [{ id: 'k1', name: 'test-orders', enabled }],
  };
  const aws = {
    ask: async ({ resource }: { readonly resource: string }) => answers[resource.split('::')[1] ?? ''],
    clients: {},
  };
  const { findings, resources } = await usagePlans.examine({ plan, aws } as unknown as Subject);
  expect(resources).toBe(3);
  return findings.map(({ code, severity, problem }) => ({ code, severity, problem }));
};

test('nothing is found where all is as synthesized', async () => {
  expect(await found()).toEqual([]);
  expect(await found({ plans: [{ id: 'p0', name: 'test-orders' }, asSynthesized] })).toEqual([]);
});

test.each<[string, Deployed, object]>([
  ['no plan', { plans: [] }, { code: 'usage-plan-missing', problem: 'it does not exist' }],
  [
    'another stage',
    { plans: [{ ...asSynthesized, apiStages: [] }] },
    { code: 'usage-plan-stage', problem: `it does not open the stage ${apiId}:v1` },
  ],
  ['no key', { planKeys: [] }, { code: 'usage-plan-key', problem: 'it does not hold the key test-orders' }],
  ['a disabled key', { enabled: false }, { code: 'usage-plan-key', problem: 'its key is disabled' }],
])('with %s senders are refused', async (_, deployed, finding) => {
  expect(await found(deployed)).toEqual([{ severity: 'error', ...finding }]);
});

test.each([
  [{ quota: { limit: 1, period: 'DAY' as const } }],
  [{ quota: undefined }],
  [{ throttle: { rateLimit: 5, burstLimit: 11 } }],
])('another limit is a warning: %j', async (changes) => {
  expect(await found({ plans: [{ ...asSynthesized, ...changes } as UsagePlan] })).toMatchObject([
    { code: 'usage-plan-limits', severity: 'warning' },
  ]);
});

test('it asks for leave only where there are plans', () => {
  expect(usagePlans.permissions(plan).map(({ resource }) => resource.split('::')[1])).toEqual([
    '/usageplans',
    '/usageplans/*/keys',
    '/apikeys',
  ]);
  expect(usagePlans.permissions(readPlan('test', receiver()))).toEqual([]);
});
