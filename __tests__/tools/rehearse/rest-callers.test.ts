import { describe, expect, test } from 'vitest';
import type { CallbackReceiverSettings, CallbackSettings } from '../../../environments/environment';
import { parsePolicy } from '../../../tools/iam/policy';
import { readPlan } from '../../../tools/plan/plan';
import { decide } from '../../../tools/rehearse/api-gateway/resource-policy';
import { restApisOf } from '../../../tools/rehearse/api-gateway/rest-api';
import { UsageMeter } from '../../../tools/rehearse/api-gateway/usage-plan';
import { exampleCallback, receiver } from '../../stacks/example-environment';

const method = 'arn:aws:execute-api:eu-central-1:111122223333:abc/v1/POST/results';
const everything = {
  Effect: 'Allow',
  Action: 'execute-api:Invoke',
  Resource: 'arn:aws:execute-api:eu-central-1:111122223333:abc/v1/*/*',
};
const policy = (...statements: readonly object[]) =>
  parsePolicy({
    address: 'the API',
    json: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
  });

const role = (accountId: string, ...identity: readonly object[]) => {
  const roleArn = `arn:aws:iam::${accountId}:role/sender`;
  return {
    principal: { kind: 'role', roleArn, sessionName: 'me' },
    identity: identity.map((statement) => policy(statement)),
  } as const;
};
const naming = (accountId: string) =>
  policy({
    ...everything,
    Principal: { AWS: `arn:aws:iam::${accountId}:role/sender` },
  });

describe('signed requests', () => {
  const [here, there] = ['111122223333', '444455556666'];
  test.each([
    ['of the account, named by the API alone', role(here), naming(here), true],
    ['of the account, with leave of its own alone', role(here, everything), naming(there), true],
    ['of the account, with neither', role(here), naming(there), false],
    ['of another account, named by the API alone', role(there), naming(there), false],
    ['of another account, with leave of its own alone', role(there, everything), naming(here), false],
    ['of another account, with both', role(there, everything), naming(there), true],
  ])('of a role %s', (_, caller, resource, allowed) => {
    expect(decide(resource, { resource: method, sourceIp: '203.0.113.1', caller })).toMatchObject({
      allowed,
    });
  });

  test('of a role with leave of its own are decided without a resource policy', () => {
    const invocation = { resource: method, sourceIp: '203.0.113.1' };

    expect(decide(undefined, { ...invocation, caller: role(here, everything) })).toMatchObject({
      allowed: true,
    });
    expect(decide(undefined, { ...invocation, caller: role(here) })).toMatchObject({ allowed: false });
  });
});

describe('a private API', () => {
  const listed = policy(
    { ...everything, Principal: '*', Condition: { IpAddress: { 'aws:VpcSourceIp': '10.0.0.0/8' } } },
    {
      ...everything,
      Effect: 'Deny',
      Principal: '*',
      Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } },
    },
  );
  test.each([
    ['10.0.0.1', 'vpce-1', true],
    ['10.0.0.1', 'vpce-2', false],
    ['10.0.0.1', undefined, false],
    ['192.0.2.1', 'vpce-1', false],
  ])('is called from %s through %s: %j', (sourceIp, sourceVpce, allowed) => {
    expect(decide(listed, { resource: method, sourceIp, endpoint: { sourceVpce } })).toMatchObject({
      allowed,
    });
  });

  test('has no public address to look at', () => {
    const bySourceIp = policy({
      ...everything,
      Principal: '*',
      Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
    });

    expect(
      decide(bySourceIp, { resource: method, sourceIp: '10.0.0.1', endpoint: { sourceVpce: 'vpce-1' } }),
    ).toMatchObject({ allowed: false });
  });
});

describe('a quota', () => {
  const key = { address: 'a key', id: 'k', name: 'orders', value: 'v' };
  const at = (text: string) => Date.parse(text);
  test.each([
    ['DAY', '2026-01-01T23:59:59Z', '2026-01-02T00:00:00Z'],
    // A Saturday and a Sunday.
    ['WEEK', '2026-01-03T23:59:59Z', '2026-01-04T00:00:00Z'],
    ['MONTH', '2026-02-28T23:59:59Z', '2026-03-01T00:00:00Z'],
  ] as const)('of a %s lasts until the next begins', (period, last, first) => {
    let now = at(last);
    const meter = new UsageMeter(() => now);

    expect([1, 2, 3].map(() => meter.count(key, { limit: 2, period }))).toEqual([true, true, false]);
    expect(meter.untilRenewed({ limit: 2, period })).toBe(1000);
    now = at(first);
    expect(meter.count(key, { limit: 2, period })).toBe(true);
  });

  test('is of one key', () => {
    const meter = new UsageMeter(() => 0);

    expect(meter.count(key, { limit: 1, period: 'DAY' })).toBe(true);
    expect(meter.count({ ...key, id: 'other' }, { limit: 1, period: 'DAY' })).toBe(true);
  });
});

describe('what a plan says of callers', () => {
  const apiOf = (callback: Partial<CallbackSettings>, settings: Partial<CallbackReceiverSettings> = {}) =>
    restApisOf(readPlan('dev', receiver({ ...exampleCallback, ...callback }, {}, settings)))[0];

  test('by default: nothing is asked', () => {
    expect(apiOf({})).toMatchObject({
      vpcEndpointIds: undefined,
      usagePlans: [],
      methods: [{ authorization: 'NONE', apiKeyRequired: false }],
    });
  });

  test('a key, its plan and its quota', () => {
    expect(apiOf({ apiKey: { quota: { requests: 7, period: 'WEEK' } } })).toMatchObject({
      usagePlans: [{ quota: { limit: 7, period: 'WEEK' }, keys: [{ name: 'test-orders' }] }],
      methods: [{ apiKeyRequired: true }],
    });
  });

  test('the endpoints of a private API', () => {
    expect(apiOf({}, { privateEndpoint: { vpcEndpointIds: ['vpce-01234567'] } })).toMatchObject({
      vpcEndpointIds: ['vpce-01234567'],
    });
  });
});
