import { describe, expect, test } from 'vitest';
import {
  account,
  anonymous,
  decide,
  otherAccount,
  otherRole,
  otherRoleArn,
  role,
  roleArn,
  root,
  service,
  sessionArn,
  statement,
  user,
  userArn,
} from './policies';

describe('callers without an account', () => {
  test.each([
    [service, { Service: 'pipes.amazonaws.com' }, 'allowed'],
    [service, { Service: ['lambda.amazonaws.com', 'pipes.amazonaws.com'] }, 'allowed'],
    [service, { Service: 'lambda.amazonaws.com' }, 'not allowed'],
    [service, { AWS: account }, 'not allowed'],
    [service, '*', 'allowed'],
    [role, { Service: 'pipes.amazonaws.com' }, 'not allowed'],
    [anonymous, '*', 'allowed'],
    [anonymous, { AWS: '*' }, 'allowed'],
    [anonymous, { AWS: [account, roleArn] }, 'not allowed'],
    [anonymous, { Service: 'pipes.amazonaws.com' }, 'not allowed'],
  ] as const)('%j with the principal %j is %s', (principal, Principal, expected) => {
    expect(decide({ principal }, { resource: [statement({ Principal })] })).toBe(expected);
  });

  test.each([service, anonymous])('%j has no policies of its own', (principal) => {
    expect(() => decide({ principal }, { identity: [statement()] })).toThrow(
      'the role’s policy is the policy of a role or a user, which',
    );
  });
});

describe('NotPrincipal', () => {
  const denied = (listed: unknown) => [
    statement({ Sid: 'Others', Effect: 'Deny', NotPrincipal: { AWS: listed } }),
  ];

  test.each([
    [role, [account, roleArn], 'allowed'],
    [role, [account, roleArn, sessionArn], 'allowed'],
    [role, [otherAccount, otherRoleArn], 'denied'],
    [role, ['*'], 'allowed'],
    [user, [account, userArn], 'allowed'],
    [user, [userArn.replace('carla', 'dora')], 'denied'],
  ])('a deny of all but some, for %j with %j: %s', (principal, listed, expected) => {
    expect(decide({ principal }, { identity: [statement()], resource: denied(listed) })).toBe(expected);
  });

  test.each([[[account]], [[roleArn]], [[account, sessionArn]], [[sessionArn]]])(
    'what comes of a deny that excepts only %j is not settled',
    (listed) => {
      expect(() => decide({}, { identity: [statement()], resource: denied(listed) })).toThrow(
        `statement Others: NotPrincipal with not both of ${roleArn} and its account is not simulated`,
      );
    },
  );

  test('an allow of all but some lets in everyone else, anonymous callers too', () => {
    const resource = [statement({ NotPrincipal: { AWS: [otherAccount, otherRoleArn] } })];

    expect(decide({ principal: anonymous }, { resource })).toBe('allowed');
    expect(decide({}, { resource })).toBe('allowed');
    expect(decide({ principal: otherRole }, { identity: [statement()], resource })).toBe('not allowed');
  });

  test('a service and a root user are excepted by themselves', () => {
    const excepting = (NotPrincipal: unknown) => [
      statement({ Principal: '*' }),
      statement({ Sid: 'Others', Effect: 'Deny', NotPrincipal }),
    ];
    const decideFor = (principal: typeof service, NotPrincipal: unknown) =>
      decide({ principal }, { resource: excepting(NotPrincipal) });

    expect(decideFor(service, { Service: 'pipes.amazonaws.com' })).toBe('allowed');
    expect(decideFor(service, { AWS: account })).toBe('denied');
    expect(decideFor(root, { AWS: account })).toBe('allowed');
    expect(decideFor(root, { AWS: otherAccount })).toBe('denied');
    expect(decideFor(anonymous, { AWS: account })).toBe('denied');
  });
});
