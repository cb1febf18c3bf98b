import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evaluate, type Policies } from '../../../tools/iam/evaluate';
import { type Policy, withoutAction } from '../../../tools/iam/policy';
import {
  account,
  anonymous,
  otherAccount,
  otherRole,
  outcome,
  policy,
  queueArn,
  request,
  role,
  roleArn,
  root,
  service,
  user,
  type WrittenStatement,
} from './policies';

const actions = ['sqs:SendMessage', 'sqs:Send*', 'sqs:ReceiveMessage', '*'];
const resources = [queueArn, `${queueArn}s`, 'arn:aws:sqs:*:*:o*', '*'];
const conditions = [
  {},
  { Bool: { 'aws:SecureTransport': 'true' } },
  { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } },
  { StringEquals: { 'aws:PrincipalArn': roleArn } },
  { 'ForAllValues:StringEquals': { 'kms:ResourceAliases': 'alias/a' } },
];
const principals = [
  '*',
  { AWS: account },
  { AWS: roleArn },
  { AWS: otherAccount },
  { Service: 'pipes.amazonaws.com' },
];

const written = (effect: fc.Arbitrary<string>) =>
  fc.record({
    Effect: effect,
    Action: fc.constantFrom(...actions),
    Resource: fc.constantFrom(...resources),
    Condition: fc.constantFrom(...conditions),
  });
const either = fc.constantFrom('Allow', 'Deny', 'Allow');
const named = (effect: fc.Arbitrary<string>) =>
  fc
    .tuple(written(effect), fc.constantFrom(...principals))
    .map(([statement, Principal]) => ({ ...statement, Principal }));

const hasOwnPolicies = (who: typeof role) => who.kind === 'role' || who.kind === 'user';

/** A request, and the statements of both sides; those without policies of their own have none. */
const situation = fc
  .record({
    principal: fc.constantFrom(role, otherRole, user, root, service, anonymous),
    action: fc.constantFrom('sqs:SendMessage', 'sqs:receivemessage'),
    secure: fc.constantFrom('true', 'false'),
    sourceIp: fc.constantFrom('203.0.113.1', undefined, '198.51.100.1'),
    aliases: fc.subarray(['alias/a', 'alias/b']),
    identity: fc.array(written(either), { maxLength: 3 }),
    resource: fc.array(named(either), { maxLength: 3 }),
    resourcePolicyDecides: fc.boolean(),
  })
  .map(({ principal, action, secure, sourceIp, aliases, identity, ...rest }) => ({
    ...rest,
    identity: hasOwnPolicies(principal) ? identity : [],
    asked: request({
      principal,
      action,
      context: {
        'aws:SecureTransport': secure,
        'aws:SourceIp': sourceIp,
        'kms:ResourceAliases': aliases,
      },
    }),
  }))
  // What a service's `aws:PrincipalArn` is, is not settled.
  .filter(
    ({ asked, resource }) =>
      asked.principal.kind !== 'service' || !JSON.stringify(resource).includes('PrincipalArn'),
  );

interface Sides {
  readonly identity: readonly WrittenStatement[];
  readonly resource: readonly WrittenStatement[];
  readonly resourcePolicyDecides: boolean;
}

const policiesOf = ({ identity, resource, resourcePolicyDecides }: Sides): Policies => ({
  identity: identity.length > 0 ? [policy('identity', ...identity)] : [],
  ...(resource.length > 0 && { resource: policy('resource', ...resource) }),
  resourcePolicyDecides,
});

const rank = { denied: 0, 'not allowed': 1, allowed: 2 };
const rankOf = (asked: ReturnType<typeof request>, sides: Sides) =>
  rank[outcome(evaluate(asked, policiesOf(sides)))];

/** The same with one more statement, on the side that the principal has. */
const withOneMore = (effect: string) =>
  situation.chain((before) =>
    fc
      .record({
        own: written(fc.constant(effect)),
        resource: named(fc.constant(effect)),
        ofResource: fc.boolean(),
      })
      .filter(
        ({ resource }) =>
          before.asked.principal.kind !== 'service' || !JSON.stringify(resource).includes('PrincipalArn'),
      )
      .map(({ own, resource, ofResource }) => ({
        before,
        after:
          ofResource || !hasOwnPolicies(before.asked.principal)
            ? { ...before, resource: [...before.resource, resource] }
            : { ...before, identity: [...before.identity, own] },
      })),
  );

test('one more deny never allows more', () => {
  fc.assert(
    fc.property(withOneMore('Deny'), ({ before, after }) => {
      expect(rankOf(before.asked, after)).toBeLessThanOrEqual(rankOf(before.asked, before));
    }),
  );
});

test('one more allow never allows less', () => {
  fc.assert(
    fc.property(withOneMore('Allow'), ({ before, after }) => {
      expect(rankOf(before.asked, after)).toBeGreaterThanOrEqual(rankOf(before.asked, before));
    }),
  );
});

test('the order of statements decides nothing', () => {
  fc.assert(
    fc.property(situation, fc.boolean(), (sides, splits) => {
      const reversed = {
        ...sides,
        identity: [...sides.identity].reverse(),
        resource: [...sides.resource].reverse(),
      };
      const { identity: _, ...resource } = policiesOf(reversed);
      const identity = splits
        ? reversed.identity.map((statement) => policy('identity', statement))
        : policiesOf(reversed).identity;

      expect(outcome(evaluate(sides.asked, { ...resource, identity }))).toBe(
        outcome(evaluate(sides.asked, policiesOf(sides))),
      );
    }),
  );
});

test('whoever is allowed is named as allowed by statements that allow it alone', () => {
  fc.assert(
    fc.property(situation, (sides) => {
      const decision = evaluate(sides.asked, policiesOf(sides));
      fc.pre(decision.allowed);
      const allowing = decision.allowed ? decision.by : [];
      const kept = (side: 'identity' | 'resource') =>
        sides[side].filter((_, index) => allowing.some((ref) => ref.address === side && ref.index === index));

      expect(rankOf(sides.asked, { ...sides, identity: kept('identity'), resource: kept('resource') })).toBe(
        2,
      );
    }),
  );
});

test('an action taken from an allow never allows more', () => {
  fc.assert(
    fc.property(situation, fc.nat(), (sides, at) => {
      const policies = policiesOf(sides);
      const [before] = policies.identity;
      fc.pre(before !== undefined);
      const index = at % (before as Policy).statements.length;
      const statement = (before as Policy).statements[index];
      fc.pre(statement?.effect === 'Allow');
      const after = withoutAction(before as Policy, index, statement?.actions?.[0] ?? '');

      expect(rank[outcome(evaluate(sides.asked, { ...policies, identity: [after] }))]).toBeLessThanOrEqual(
        rank[outcome(evaluate(sides.asked, policies))],
      );
    }),
  );
});
