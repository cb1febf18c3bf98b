import { describe, expect, test } from 'vitest';
import {
  account,
  anonymous,
  decide,
  holds,
  otherAccount,
  otherRole,
  queueArn,
  role,
  roleArn,
  root,
  service,
  statement,
  user,
  userArn,
} from './policies';

describe('keys', () => {
  test.each([
    ['aws:PrincipalAccount', account, role],
    ['aws:PrincipalAccount', otherAccount, otherRole],
    ['aws:PrincipalArn', roleArn, role],
    ['aws:PrincipalArn', userArn, user],
    ['aws:PrincipalArn', `arn:aws:iam::${account}:root`, root],
    ['aws:PrincipalType', 'AssumedRole', role],
    ['aws:PrincipalType', 'User', user],
    ['aws:PrincipalType', 'Account', root],
    ['aws:PrincipalType', 'Anonymous', anonymous],
    ['aws:PrincipalServiceName', 'pipes.amazonaws.com', service],
    ['aws:username', 'carla', user],
    ['kms:CallerAccount', account, role],
    ['aws:ResourceAccount', account, anonymous],
  ] as const)('%s is %s for %j, whatever the context says', (key, value, principal) => {
    const denying = (operator: string) =>
      decide(
        { principal, resourceAccountId: account, context: { [key]: 'made up' } },
        {
          resource: [
            statement({ Effect: 'Deny', Principal: '*', Condition: { [operator]: { [key]: value } } }),
          ],
        },
      );

    expect(denying('StringEquals')).toBe('denied');
    expect(denying('StringNotEquals')).not.toBe('denied');
  });

  test.each([
    ['aws:PrincipalIsAWSService', 'true', service],
    ['aws:PrincipalIsAWSService', 'false', role],
  ] as const)('%s is %s for %j', (key, value, principal) => {
    expect(
      decide(
        { principal },
        { resource: [statement({ Effect: 'Deny', Principal: '*', Condition: { Bool: { [key]: value } } })] },
      ),
    ).toBe('denied');
  });

  test.each([
    ['aws:username', role],
    ['aws:PrincipalServiceName', user],
    ['aws:PrincipalArn', anonymous],
    ['aws:PrincipalIsAWSService', anonymous],
    ['aws:SourceArn', role],
    ['aws:SourceAccount', service],
    ['kms:ViaService', role],
    ['kms:ResourceAliases', role],
    ['kms:EncryptionContext:aws:sqs:arn', role],
    ['sts:ExternalId', role],
  ] as const)('a request has no %s where %j does not give it', (key, principal) => {
    expect(
      decide(
        { principal },
        { resource: [statement({ Effect: 'Deny', Principal: '*', Condition: { Null: { [key]: 'true' } } })] },
      ),
    ).toBe('denied');
  });

  test.each([
    'aws:CurrentTime',
    'aws:EpochTime',
    'aws:RequestedRegion',
    'aws:SecureTransport',
    'aws:SourceIp',
    'aws:ViaAWSService',
  ])('a request must say what its %s is, be it that it has none', (key) => {
    const condition = { Null: { [key]: 'true' } };

    expect(() => holds(condition)).toThrow(
      `statement Sends: the condition key ${key} of a request that does not give it is not simulated`,
    );
    expect(holds(condition, { [key]: undefined })).toBe(true);
    expect(holds(condition, { [key]: 'a' })).toBe(false);
  });

  test.each([
    ['aws:PrincipalAccount', service],
    ['aws:PrincipalArn', service],
    ['aws:PrincipalType', service],
    ['aws:PrincipalAccount', anonymous],
    ['kms:CallerAccount', service],
  ] as const)('what %s is for %j is not settled', (key, principal) => {
    expect(() =>
      decide(
        { principal },
        { resource: [statement({ Principal: '*', Condition: { StringNotEquals: { [key]: account } } })] },
      ),
    ).toThrow(
      new RegExp(`statement Sends: the condition key ${key} of (pipes|anonymous).* is not simulated`),
    );
  });

  test('an unknown key is found whatever the other conditions, the principal and the resource are', () => {
    const unknown = {
      StringEquals: { 'aws:SourceAccount': 'none', 'aws:PrincipalOrgID': 'o-1' },
    };
    const message = 'statement Sends: the condition key aws:PrincipalOrgID is not simulated';

    expect(() => holds(unknown)).toThrow(message);
    expect(() =>
      decide(
        {},
        {
          resource: [
            statement({ Principal: { AWS: userArn }, Resource: `${queueArn}s`, Condition: unknown }),
          ],
        },
      ),
    ).toThrow(message);
    expect(() => holds({ Null: { constructor: 'true' } })).toThrow(
      'the condition key constructor is not simulated',
    );
    expect(holds(unknown, { 'aws:PrincipalOrgID': 'o-1' })).toBe(false);
    expect(holds({ StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }, { 'AWS:principalorgid': 'o-1' })).toBe(
      true,
    );
  });

  test('a statement about other actions is not asked for its keys', () => {
    const other = statement({ Action: 'sqs:DeleteMessage', Condition: { Bool: { 'aws:Unheard': 'true' } } });

    expect(decide({}, { identity: [other] })).toBe('not allowed');
  });

  test('aliases of a key are held against a list', () => {
    const condition = { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': ['alias/orders'] } };

    expect(holds(condition, { 'kms:ResourceAliases': ['alias/other', 'alias/orders'] })).toBe(true);
    expect(holds(condition, { 'kms:ResourceAliases': ['alias/other'] })).toBe(false);
    expect(holds(condition, { 'kms:ResourceAliases': [] })).toBe(false);
    expect(holds(condition)).toBe(false);
  });
});
