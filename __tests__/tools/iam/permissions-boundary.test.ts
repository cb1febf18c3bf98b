import { describe, expect, test } from 'vitest';
import { accessDeniedMessage, evaluate } from '../../../tools/iam/evaluate';
import {
  account,
  otherRole,
  outcome,
  policies,
  policy,
  queueArn,
  request,
  roleArn,
  service,
  statement,
  type WrittenStatement,
} from './policies';

const boundary = (...statements: readonly WrittenStatement[]) =>
  policy('the boundary', ...statements.map((written) => ({ ...statement(), ...written })));

const receive = { Action: 'sqs:ReceiveMessage' };
const named = statement({ Principal: { AWS: roleArn } });

describe('a role with a permissions boundary', () => {
  test.each([
    ['both it and the boundary allow', { identity: [statement()] }, boundary({}), 'allowed'],
    ['it allows and the boundary does not', { identity: [statement()] }, boundary(receive), 'not allowed'],
    ['the boundary alone allows', {}, boundary({}), 'not allowed'],
    ['the queue allows, and the boundary', { resource: [named] }, boundary({}), 'allowed'],
    ['the queue allows, the boundary does not', { resource: [named] }, boundary(receive), 'not allowed'],
    [
      'it allows and the boundary denies',
      { identity: [statement()] },
      boundary({ Action: '*', Sid: 'All' }, { Effect: 'Deny', Sid: 'None' }),
      'denied',
    ],
    [
      'the boundary allows it elsewhere',
      { identity: [statement()] },
      boundary({ Resource: `${queueArn}s` }),
      'not allowed',
    ],
  ])('may do what %s: %s', (_, written, limit, expected) => {
    expect(outcome(evaluate(request(), { ...policies(written), boundary: limit }))).toBe(expected);
  });

  test('is limited in another account too', () => {
    const asks = request({ principal: otherRole });
    const both = policies({
      identity: [statement()],
      resource: [statement({ Principal: { AWS: otherRole.kind === 'role' ? otherRole.roleArn : '' } })],
    });
    expect(outcome(evaluate(asks, { ...both, boundary: boundary({}) }))).toBe('allowed');
    expect(outcome(evaluate(asks, { ...both, boundary: boundary(receive) }))).toBe('not allowed');
  });

  test('is limited where the policy of the resource decides', () => {
    const key = {
      ...policies({ identity: [statement()], resource: [statement({ Principal: { AWS: account } })] }),
      resourcePolicyDecides: true,
    };
    expect(outcome(evaluate(request(), { ...key, boundary: boundary({}) }))).toBe('allowed');
    expect(outcome(evaluate(request(), { ...key, boundary: boundary(receive) }))).toBe('not allowed');
  });
});

test('what a boundary does not allow is told in AWS’s words, and where to look', () => {
  const decision = evaluate(request(), {
    ...policies({ identity: [statement()] }),
    boundary: boundary(receive),
  });
  expect(decision).toEqual({
    allowed: false,
    explicit: false,
    reason: 'because no permissions boundary allows the sqs:sendmessage action',
    outside: 'the boundary',
  });
  expect(decision.allowed || accessDeniedMessage(request(), decision)).toBe(
    `User: arn:aws:sts::${account}:assumed-role/sender/s-1 is not authorized to perform: sqs:sendmessage on resource: ${queueArn} because no permissions boundary allows the sqs:sendmessage action`,
  );
});

test('what a boundary denies is told in AWS’s words', () => {
  const decision = evaluate(request(), {
    ...policies({ identity: [statement()] }),
    boundary: boundary({ Effect: 'Deny' }),
  });
  expect(decision).toMatchObject({
    deniedBy: { address: 'the boundary', sid: 'Sends' },
    reason: 'with an explicit deny in a permissions boundary',
  });
});

test('where neither the role nor the boundary allows it, the role is what is named', () => {
  const decision = evaluate(request(), { ...policies({}), boundary: boundary(receive) });
  expect(decision).toMatchObject({
    reason: 'because no identity-based policy allows the sqs:sendmessage action',
  });
  expect(decision).not.toHaveProperty('outside');
});

test('a boundary is that of a role or a user, and names no principals', () => {
  expect(() => evaluate(request({ principal: service }), { identity: [], boundary: boundary({}) })).toThrow(
    'the boundary is the policy of a role or a user, which pipes.amazonaws.com is not',
  );
  expect(() =>
    evaluate(request(), {
      ...policies({ identity: [statement()] }),
      boundary: policy('the boundary', named),
    }),
  ).toThrow('the boundary names principals, which a policy of a role or user must not');
});

test('a trust policy may name an OpenID Connect provider, whose tokens none of our callers has', () => {
  const provider = `arn:aws:iam::${account}:oidc-provider/app.terraform.io`;
  const trust = policy('the trust', {
    Effect: 'Allow',
    Action: 'sts:AssumeRoleWithWebIdentity',
    Principal: { Federated: provider },
  });
  expect(trust.statements).toMatchObject([{ principals: [{ kind: 'identity', arn: provider }] }]);
  const asks = request({ action: 'sts:AssumeRoleWithWebIdentity', resource: roleArn });
  expect(evaluate(asks, { identity: [], resource: trust, resourcePolicyDecides: true }).allowed).toBe(false);
  expect(() =>
    policy('the trust', {
      Effect: 'Allow',
      Action: 'sts:*',
      Principal: { Federated: 'accounts.google.com' },
    }),
  ).toThrow('the principal {"Federated":"accounts.google.com"} is not simulated');
});
