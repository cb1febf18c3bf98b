import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { AccessRequest, Policies } from '../../../tools/iam/evaluate';
import { evaluate } from '../../../tools/iam/evaluate';
import { type Policy, parsePolicy, withoutAction } from '../../../tools/iam/policy';
import type { Principal } from '../../../tools/iam/principal';
import { text } from '../../../tools/plan/attributes';
import { type Plan, readPlan, resourcesOf } from '../../../tools/plan/plan';
import { synthesizeAll } from '../../../tools/synth/synthesize';
import { environments } from '../../fixtures/environments';
import { outcome } from './policies';

const plans = plansById();

function plansById(): ReadonlyMap<string, Plan> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'policies-'));
  try {
    return new Map(
      synthesizeAll(folder, environments).map(({ id, configuration }) => [id, readPlan(id, configuration)]),
    );
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Where the plans have policies. */
const places = [
  ['aws_iam_role', 'assume_role_policy'],
  ['aws_iam_role_policy', 'policy'],
  ['aws_sqs_queue_policy', 'policy'],
  ['aws_kms_key', 'policy'],
  ['aws_api_gateway_rest_api_policy', 'policy'],
  ['aws_s3_bucket_policy', 'policy'],
] as const;

/** Every policy of a stack, by its address. */
function policiesOf(stackId: string): ReadonlyMap<string, Policy> {
  const plan = plans.get(stackId);
  if (!plan) throw new Error(`no stack ${stackId}`);
  return new Map(
    places.flatMap(([type, attribute]) => {
      const blocks = Object.values(plan.configuration.resource?.[type] ?? {});
      const ignores = blocks
        .flatMap((block) => Object.keys(block as object))
        .filter((key) => key !== attribute);
      return resourcesOf(plan, type, { reads: [attribute], ignores }).map((resource) => {
        const policy = parsePolicy({ address: resource.address, json: text(resource, attribute) });
        return [resource.address.replace(/^.*: /, ''), policy] as const;
      });
    }),
  );
}

/** The only policy of a type whose text speaks of something. */
function policyOf(stackId: string, type: string, about: string): Policy {
  const found = [...policiesOf(stackId)].filter(
    ([address, policy]) => address.startsWith(`${type}.`) && JSON.stringify(policy).includes(about),
  );
  const [only, ...others] = found;
  if (!only || others.length > 0)
    throw new Error(`${found.length} policies of ${type} in ${stackId} about ${about}`);
  return only[1];
}

test.each([...plans.keys()])('every policy of %s is understood', (stackId) => {
  expect([...policiesOf(stackId).values()].map(({ statements }) => statements.length)).not.toContain(0);
  expect(policiesOf(stackId).size).toBeGreaterThan(3);
});

const account = '444455556666';
const queueArn = `arn:aws:sqs:ap-northeast-2:${account}:prod-delivery-results`;
const session = (name: string, accountId = account): Principal => ({
  kind: 'role',
  roleArn: `arn:aws:iam::${accountId}:role/${name}`,
  sessionName: 's-1',
});
const asks = (changes: Partial<AccessRequest>): AccessRequest => ({
  principal: session('prod-delivery-results-to-queue'),
  action: 'sqs:SendMessage',
  resource: queueArn,
  resourceAccountId: account,
  context: { 'aws:SecureTransport': 'true' },
  ...changes,
});

describe('a callback’s queue', () => {
  const own = policyOf('prod-callback-receiver', 'aws_iam_role_policy', 'prod-delivery-results');
  const queue = policyOf('prod-callback-receiver', 'aws_sqs_queue_policy', `${queueArn}"`);

  test('takes what its sender sends, which both sides allow', () => {
    expect(evaluate(asks({}), { identity: [own], resource: queue })).toMatchObject({
      allowed: true,
      by: [{ sid: 'SendToTheQueue' }, { sid: 'ProdDeliveryResultsToQueueSends' }],
    });
  });

  test('takes it with one side’s grant alone, and not without both', () => {
    const ownWithout = withoutAction(own, 'SendToTheQueue', 'sqs:SendMessage');
    const queueWithout = withoutAction(queue, 'ProdDeliveryResultsToQueueSends', 'sqs:SendMessage');
    const ask = (policies: Policies) => outcome(evaluate(asks({}), policies));

    expect(ask({ identity: [ownWithout], resource: queue })).toBe('allowed');
    expect(ask({ identity: [own], resource: queueWithout })).toBe('allowed');
    expect(ask({ identity: [ownWithout], resource: queueWithout })).toBe('not allowed');
  });

  test('takes nothing without TLS', () => {
    expect(
      evaluate(asks({ context: { 'aws:SecureTransport': 'false' } }), { identity: [own], resource: queue }),
    ).toMatchObject({ explicit: true, deniedBy: { sid: 'NobodyWithoutTls' } });
  });

  test('takes nothing from another role', () => {
    expect(
      outcome(evaluate(asks({ principal: session('prod-other') }), { identity: [], resource: queue })),
    ).toBe('not allowed');
  });

  test.each(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'])(
    'lets its pipe %s by the pipe’s own grant: naming the account only leaves it to the account',
    (action) => {
      const pipe = policyOf('prod-subscriber-pipe', 'aws_iam_role_policy', `${queueArn}"`);
      const asked = asks({ principal: session('prod-delivery-results-pipe'), action });
      const ask = (policy: Policy) => outcome(evaluate(asked, { identity: [policy], resource: queue }));

      expect(ask(pipe)).toBe('allowed');
      expect(ask(withoutAction(pipe, 'ConsumeFromTheQueue', action))).toBe('not allowed');
    },
  );
});

describe('a queue’s key', () => {
  const own = policyOf('prod-callback-receiver', 'aws_iam_role_policy', 'prod-delivery-results');
  const key = policyOf('prod-callback-receiver', 'aws_kms_key', 'kms:*');
  const context = {
    'kms:ViaService': 'sqs.ap-northeast-2.amazonaws.com',
    'kms:ResourceAliases': ['alias/prod-callback-receiver'],
  };
  const ask = (changes: Partial<AccessRequest>, policies: Partial<Policies> = {}) =>
    outcome(
      evaluate(
        asks({
          action: 'kms:GenerateDataKey',
          resource: `arn:aws:kms:ap-northeast-2:${account}:key/1234abcd`,
          context,
          ...changes,
        }),
        { identity: [own], resource: key, resourcePolicyDecides: true, ...policies },
      ),
    );

  test.each([
    ['kms:GenerateDataKey', {}, 'allowed'],
    ['kms:Decrypt', {}, 'allowed'],
    ['kms:Encrypt', {}, 'not allowed'],
    ['kms:Decrypt', { 'kms:ViaService': undefined }, 'not allowed'],
    ['kms:Decrypt', { 'kms:ViaService': 's3.ap-northeast-2.amazonaws.com' }, 'not allowed'],
    ['kms:Decrypt', { 'kms:ResourceAliases': ['alias/other'] }, 'not allowed'],
    ['kms:Decrypt', { 'kms:ResourceAliases': [] }, 'not allowed'],
  ])('%s with %j: %s', (action, changes, expected) => {
    expect(ask({ action, context: { ...context, ...changes } })).toBe(expected);
  });

  test.each(['kms:GenerateDataKey', 'kms:Decrypt'])('is of no use without %s', (action) => {
    expect(ask({ action }, { identity: [withoutAction(own, 'EncryptThroughTheQueueKey', action)] })).toBe(
      'not allowed',
    );
  });

  test('is of no use where it does not leave it to the account', () => {
    const without = withoutAction(key, 'IdentityPoliciesOfThisAccountDecide', 'kms:*');

    expect(without.statements.map(({ sid }) => sid)).toEqual(['CloudWatchLogsEncryptsTheseLogGroups']);
    expect(ask({}, { resource: without })).toBe('not allowed');
  });

  test('is of no use to another account', () => {
    expect(ask({ principal: session('prod-delivery-results-to-queue', '111122223333') })).toBe('not allowed');
  });
});

describe('a pipe’s role', () => {
  const trust = policyOf('prod-subscriber-pipe', 'aws_iam_role', 'pipe/prod-delivery-results"');
  const pipeArn = `arn:aws:pipes:ap-northeast-2:${account}:pipe/prod-delivery-results`;
  const ask = (name: string, context: AccessRequest['context']) =>
    outcome(
      evaluate(
        asks({
          principal: { kind: 'service', name },
          action: 'sts:AssumeRole',
          resource: `arn:aws:iam::${account}:role/prod-delivery-results-pipe`,
          context,
        }),
        { identity: [], resource: trust, resourcePolicyDecides: true },
      ),
    );
  const sent = { 'aws:SourceAccount': account, 'aws:SourceArn': pipeArn };

  test('is for that pipe alone', () => {
    expect(ask('pipes.amazonaws.com', sent)).toBe('allowed');
    expect(ask('pipes.amazonaws.com', { ...sent, 'aws:SourceArn': `${pipeArn}-archive` })).toBe(
      'not allowed',
    );
    expect(ask('pipes.amazonaws.com', { ...sent, 'aws:SourceAccount': '111122223333' })).toBe('not allowed');
    expect(ask('pipes.amazonaws.com', {})).toBe('not allowed');
    expect(ask('lambda.amazonaws.com', sent)).toBe('not allowed');
  });
});
