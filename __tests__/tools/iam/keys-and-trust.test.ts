import { describe, expect, test } from 'vitest';
import { evaluate } from '../../../tools/iam/evaluate';
import {
  account,
  decide,
  keyArn,
  otherAccount,
  otherRole,
  policies,
  request,
  roleArn,
  root,
  service,
  statement,
  user,
  userArn,
} from './policies';

const rootArn = `arn:aws:iam::${account}:root`;
describe('a key’s policy decides', () => {
  const decrypt = { Sid: 'Decrypts', Effect: 'Allow', Action: 'kms:Decrypt', Resource: keyArn };
  const byTheKey = (changes: object) => ({
    Sid: 'Key',
    Effect: 'Allow',
    Action: 'kms:*',
    Resource: '*',
    ...changes,
  });
  const delegating = byTheKey({ Principal: { AWS: rootArn } });
  const ofThisAccount = { StringEquals: { 'aws:PrincipalAccount': account } };
  const ask = (written: Parameters<typeof policies>[0], changes = {}) =>
    decide(
      { action: 'kms:Decrypt', resource: keyArn, ...changes },
      { resourcePolicyDecides: true, ...written },
    );

  test.each([
    [
      'no statement about the role',
      { identity: [decrypt], resource: [byTheKey({ Principal: { AWS: userArn } })] },
      'not allowed',
    ],
    ['no policy', { identity: [decrypt] }, 'not allowed'],
    ['the role named', { resource: [byTheKey({ Principal: { AWS: roleArn } })] }, 'allowed'],
    ['the account named, and the role allowed', { identity: [decrypt], resource: [delegating] }, 'allowed'],
    ['the account named alone', { resource: [delegating] }, 'not allowed'],
    [
      'the account named under a condition that holds',
      { identity: [decrypt], resource: [{ ...delegating, Condition: ofThisAccount }] },
      'allowed',
    ],
    [
      'the account named under a condition that does not hold',
      {
        identity: [decrypt],
        resource: [
          {
            ...delegating,
            Condition: { StringEquals: { 'kms:ViaService': 'sqs.eu-central-1.amazonaws.com' } },
          },
        ],
      },
      'not allowed',
    ],
    [
      'the account named for other actions',
      { identity: [decrypt], resource: [{ ...delegating, Action: 'kms:Encrypt' }] },
      'not allowed',
    ],
    [
      'a deny',
      {
        identity: [decrypt],
        resource: [delegating, byTheKey({ Sid: 'No', Effect: 'Deny', Principal: '*' })],
      },
      'denied',
    ],
  ])('with %s: %j: %s', (_, written, expected) => {
    expect(ask(written)).toBe(expected);
  });

  test('both the statement that delegates and the one that allows are told', () => {
    const decision = evaluate(
      request({ action: 'kms:Decrypt', resource: keyArn }),
      policies({ identity: [decrypt], resource: [delegating], resourcePolicyDecides: true }),
    );

    expect(decision).toMatchObject({ by: [{ sid: 'Decrypts' }, { sid: 'Key' }] });
  });

  test('the root user is what a statement of the account names', () => {
    expect(ask({ resource: [delegating] }, { principal: root })).toBe('allowed');
    expect(ask({ resource: [byTheKey({ Principal: { AWS: roleArn } })] }, { principal: root })).toBe(
      'not allowed',
    );
  });

  test('another account needs both', () => {
    const letting = byTheKey({ Principal: { AWS: otherAccount } });

    expect(ask({ identity: [decrypt], resource: [letting] }, { principal: otherRole })).toBe('allowed');
    expect(ask({ resource: [letting] }, { principal: otherRole })).toBe('not allowed');
    expect(ask({ identity: [decrypt], resource: [delegating] }, { principal: otherRole })).toBe(
      'not allowed',
    );
  });
});

describe('a role’s trust policy decides', () => {
  const pipeArn = `arn:aws:pipes:eu-central-1:${account}:pipe/orders`;
  const trust = (changes = {}) => ({
    Sid: 'OnePipe',
    Effect: 'Allow',
    Action: 'sts:AssumeRole',
    Principal: { Service: 'pipes.amazonaws.com' },
    Condition: {
      StringEquals: { 'aws:SourceAccount': account },
      ArnEquals: { 'aws:SourceArn': pipeArn },
    },
    ...changes,
  });
  const assume = (context: Record<string, string>, changes = {}, principal = service) =>
    decide(
      { principal, action: 'sts:AssumeRole', resource: roleArn, context },
      { resource: [trust(changes)], resourcePolicyDecides: true },
    );
  const sent = { 'aws:SourceAccount': account, 'aws:SourceArn': pipeArn };

  test.each([
    [sent, 'allowed'],
    [{ ...sent, 'aws:SourceArn': `${pipeArn}2` }, 'not allowed'],
    [{ ...sent, 'aws:SourceAccount': otherAccount }, 'not allowed'],
    [{ 'aws:SourceAccount': account }, 'not allowed'],
    [{}, 'not allowed'],
  ])('of a pipe that sends %j: %s', (context, expected) => {
    expect(assume(context)).toBe(expected);
  });

  test('of another service', () => {
    expect(assume(sent, {}, { kind: 'service', name: 'lambda.amazonaws.com' })).toBe('not allowed');
  });

  test('of a user, who needs its own policy where only the account is named', () => {
    const ask = (AWS: string, identity?: readonly ReturnType<typeof statement>[]) =>
      decide(
        { principal: user, action: 'sts:AssumeRole', resource: roleArn },
        {
          resource: [trust({ Principal: { AWS }, Condition: {} })],
          resourcePolicyDecides: true,
          ...(identity && { identity }),
        },
      );
    const assuming = [statement({ Action: 'sts:AssumeRole', Resource: roleArn })];

    expect(ask(userArn)).toBe('allowed');
    expect(ask(account)).toBe('not allowed');
    expect(ask(account, assuming)).toBe('allowed');
    expect(ask(roleArn, assuming)).toBe('not allowed');
  });

  test('of a root user is not simulated', () => {
    expect(() => assume({}, {}, root)).toThrow('sts:AssumeRole by a root user is not simulated');
  });
});
