import { describe, expect, test } from 'vitest';
import { evaluate } from '../../../tools/iam/evaluate';
import {
  account,
  decide,
  otherAccount,
  otherRole,
  otherRoleArn,
  otherRoot,
  policies,
  request,
  role,
  roleArn,
  root,
  sessionArn,
  statement,
  user,
  userArn,
} from './policies';

const rootArn = `arn:aws:iam::${account}:root`;
const named = (identifiers: unknown, changes = {}) =>
  statement({ Principal: { AWS: identifiers }, ...changes });

describe('within one account', () => {
  test.each([
    ['nothing', {}, 'not allowed'],
    ['its own policy', { identity: [statement()] }, 'allowed'],
    ['a queue policy that names the role', { resource: [named(roleArn)] }, 'allowed'],
    ['a queue policy that names its session', { resource: [named(sessionArn)] }, 'allowed'],
    ['a queue policy that names another session', { resource: [named(`${sessionArn}2`)] }, 'not allowed'],
    ['a queue policy that names another role', { resource: [named(`${roleArn}s`)] }, 'not allowed'],
    ['a queue policy that names everyone', { resource: [statement({ Principal: '*' })] }, 'allowed'],
    ['a queue policy that names every AWS principal', { resource: [named('*')] }, 'allowed'],
    ['a queue policy that names it among others', { resource: [named([userArn, roleArn])] }, 'allowed'],
    ['a queue policy that names the account', { resource: [named(rootArn)] }, 'not allowed'],
    ['a queue policy that names the account’s id', { resource: [named(account)] }, 'not allowed'],
    [
      'both, the queue naming the account',
      { identity: [statement()], resource: [named(account)] },
      'allowed',
    ],
    ['both', { identity: [statement()], resource: [named(roleArn)] }, 'allowed'],
  ])('a role with %s: %j is %s', (_, written, expected) => {
    expect(decide({}, written)).toBe(expected);
  });

  test.each([
    [
      'its own deny over its own allow',
      { identity: [statement({ Sid: 'A' }), statement({ Sid: 'B', Effect: 'Deny' })] },
    ],
    [
      'its own deny over the queue’s allow',
      { identity: [statement({ Effect: 'Deny' })], resource: [named(roleArn)] },
    ],
    [
      'the queue’s deny over its own allow',
      { identity: [statement()], resource: [named(roleArn, { Effect: 'Deny' })] },
    ],
    [
      'a deny of everyone',
      { identity: [statement()], resource: [statement({ Effect: 'Deny', Principal: '*' })] },
    ],
    ['a deny of the account', { identity: [statement()], resource: [named(account, { Effect: 'Deny' })] }],
    ['a deny without any allow', { resource: [named(roleArn, { Effect: 'Deny' })] }],
  ])('an explicit deny wins: %s', (_, written) => {
    expect(decide({}, written)).toBe('denied');
  });

  test('a user is allowed by its ARN, whose name is case-sensitive', () => {
    expect(decide({ principal: user }, { resource: [named(userArn)] })).toBe('allowed');
    expect(decide({ principal: user }, { resource: [named(userArn.replace('carla', 'Carla'))] })).toBe(
      'not allowed',
    );
  });

  test('a role with a path is named by its whole ARN, its session without the path', () => {
    const principal = { ...role, roleArn: `arn:aws:iam::${account}:role/queues/eu/sender` } as const;

    expect(decide({ principal }, { resource: [named(principal.roleArn)] })).toBe('allowed');
    expect(decide({ principal }, { resource: [named(sessionArn)] })).toBe('allowed');
    expect(decide({ principal }, { resource: [named(roleArn)] })).toBe('not allowed');
  });

  test('the root user may do what no policy denies', () => {
    expect(decide({ principal: root }, {})).toBe('allowed');
    expect(decide({ principal: root }, { resource: [named(account, { Effect: 'Deny' })] })).toBe('denied');
  });

  test('the deciding statements are told', () => {
    const both = policies({
      identity: [statement()],
      resource: [named(account, { Sid: undefined }), named(roleArn)],
    });

    expect(evaluate(request(), both)).toEqual({
      allowed: true,
      by: [
        { address: 'the role’s policy', sid: 'Sends', index: 0 },
        { address: 'the queue’s policy', sid: 'Sends', index: 1 },
      ],
    });
    expect(
      evaluate(
        request(),
        policies({ identity: [statement({ Sid: '' }), statement({ Sid: '', Effect: 'Deny' })] }),
      ),
    ).toMatchObject({ allowed: false, explicit: true, deniedBy: { address: 'the role’s policy', index: 1 } });
    expect(
      evaluate(request(), policies({ identity: [statement()], resource: [named(account)] })),
    ).toMatchObject({
      by: [{ address: 'the role’s policy' }],
    });
  });
});

describe('across accounts', () => {
  test.each([
    ['its own policy', { identity: [statement()] }, 'not allowed'],
    ['the queue’s', { resource: [named(otherRoleArn)] }, 'not allowed'],
    ['the queue’s for everyone', { resource: [statement({ Principal: '*' })] }, 'not allowed'],
    ['both', { identity: [statement()], resource: [named(otherRoleArn)] }, 'allowed'],
    [
      'both, the queue naming its account',
      { identity: [statement()], resource: [named(otherAccount)] },
      'allowed',
    ],
    [
      'both, the queue for everyone',
      { identity: [statement()], resource: [statement({ Principal: '*' })] },
      'allowed',
    ],
    [
      'both, the queue naming its own account',
      { identity: [statement()], resource: [named(account)] },
      'not allowed',
    ],
    [
      'both and a deny of its own',
      { identity: [statement(), statement({ Sid: 'No', Effect: 'Deny' })], resource: [named(otherRoleArn)] },
      'denied',
    ],
    [
      'both and a deny of the queue’s',
      {
        identity: [statement()],
        resource: [named(otherRoleArn), named(otherAccount, { Sid: 'No', Effect: 'Deny' })],
      },
      'denied',
    ],
  ])('a role with %s: %j is %s', (_, written, expected) => {
    expect(decide({ principal: otherRole }, written)).toBe(expected);
  });

  test('a root user needs the resource’s policy only', () => {
    expect(decide({ principal: otherRoot }, {})).toBe('not allowed');
    expect(decide({ principal: otherRoot }, { resource: [named(otherAccount)] })).toBe('allowed');
  });
});
