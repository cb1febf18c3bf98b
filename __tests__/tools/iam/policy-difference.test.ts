import { describe, expect, it } from 'vitest';
import { isWithin, policyDifference, sameMeaning, statementsOf } from '../../../tools/iam/policy-difference';

const send = {
  Sid: 'Sends',
  Effect: 'Allow',
  Principal: { AWS: ['arn:aws:iam::111122223333:role/sender'] },
  Action: ['sqs:SendMessage'],
  Resource: ['arn:aws:sqs:eu-central-1:111122223333:orders'],
};
const tls = {
  Effect: 'Deny',
  Principal: '*',
  Action: 'sqs:*',
  Resource: 'arn:aws:sqs:eu-central-1:111122223333:orders',
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
};

const policy = (...statements: readonly object[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });
const same = { missing: [], extra: [] };
const compare = (synthesized: object, deployed: object) =>
  policyDifference(policy(synthesized), policy(deployed));
const formOf = (statement: object) => statementsOf(policy(statement))[0] ?? {};

describe('policies mean the same', () => {
  it.each([
    ['without their ids', send, { ...send, Sid: 'Other' }],
    ['with one value as a list', send, { ...send, Action: 'sqs:SendMessage', Resource: send.Resource[0] }],
    [
      'with lists in another order, and values twice',
      { ...send, Action: ['sqs:SendMessage', 'sqs:GetQueueUrl'] },
      { ...send, Action: ['sqs:GetQueueUrl', 'sqs:SendMessage', 'sqs:GetQueueUrl'] },
    ],
    ['with everyone as a map', tls, { ...tls, Principal: { AWS: '*' } }],
    ['with everyone as a list', tls, { ...tls, Principal: { AWS: ['*'] } }],
    [
      'with an account by its id',
      { ...send, Principal: { AWS: 'arn:aws:iam::111122223333:root' } },
      { ...send, Principal: { AWS: ['111122223333'] } },
    ],
    [
      'with an account of another partition by its id',
      { ...send, Principal: { AWS: 'arn:aws-cn:iam::111122223333:root' } },
      { ...send, Principal: { AWS: '111122223333' } },
    ],
    ['with actions in another case', send, { ...send, Action: 'SQS:sendmessage' }],
    [
      'with exceptions in another case',
      { ...tls, Action: undefined, NotAction: 'sqs:SendMessage' },
      {
        ...tls,
        Action: undefined,
        NotAction: ['SQS:SendMessage'],
      },
    ],
    [
      'with condition keys in another case and booleans as they are',
      tls,
      { ...tls, Condition: { Bool: { 'aws:securetransport': [false] } } },
    ],
    [
      'with numbers for text',
      { ...tls, Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } } },
      { ...tls, Condition: { StringEquals: { 'aws:SourceAccount': 111122223333 } } },
    ],
    [
      'with ArnLike for ArnEquals',
      { ...tls, Condition: { ArnNotEquals: { 'aws:SourceArn': 'arn:a' } } },
      { ...tls, Condition: { ArnNotLike: { 'aws:SourceArn': ['arn:a'] } } },
    ],
    [
      'with an address for a block of one',
      { ...tls, Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.7' } } },
      { ...tls, Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.7/32' } } },
    ],
    [
      'with operators, keys and values in another order',
      { ...tls, Condition: { StringEquals: { a: ['1', '2'], b: '3' }, Bool: { c: 'true' } } },
      { ...tls, Condition: { Bool: { c: 'true' }, StringEquals: { b: '3', a: ['2', '1'] } } },
    ],
    ['with an empty condition', send, { ...send, Condition: {} }],
  ])('%s', (_how, synthesized, deployed) => {
    expect(compare(synthesized, deployed)).toEqual(same);
    expect(compare(deployed, synthesized)).toEqual(same);
  });

  it('with statements in another order, and a single one for a list of one', () => {
    expect(policyDifference(policy(send, tls), policy(tls, send))).toEqual(same);
    expect(policyDifference(policy(send), JSON.stringify({ Statement: send }))).toEqual(same);
  });
});

describe('policies differ', () => {
  it.each([
    ['effect', { Effect: 'Deny' }],
    ['principal', { Principal: { AWS: ['AROAEXAMPLEEXAMPLE123'] } }],
    ['kind of principal', { Principal: { Service: ['arn:aws:iam::111122223333:role/sender'] } }],
    ['exception of principals', { Principal: undefined, NotPrincipal: send.Principal }],
    ['action', { Action: 'sqs:*' }],
    ['exception of actions', { Action: undefined, NotAction: send.Action }],
    ['resource, whose case counts', { Resource: 'arn:aws:sqs:eu-central-1:111122223333:Orders' }],
    ['condition', { Condition: { Bool: { 'aws:SecureTransport': 'true' } } }],
  ])('by another %s', (_what, change) => {
    const { missing, extra } = compare(send, { ...send, ...change });
    expect(missing).toEqual([formOf(send)]);
    expect(extra).toEqual([formOf(JSON.parse(JSON.stringify({ ...send, ...change })))]);
  });

  it.each([
    ['operator', { StringEquals: { 'aws:SecureTransport': 'false' } }],
    ['key', { Bool: { 'aws:MultiFactorAuthPresent': 'false' } }],
    ['value', { Bool: { 'aws:SecureTransport': 'true' } }],
  ])('by another %s of a condition', (_what, Condition) => {
    expect(compare(tls, { ...tls, Condition }).missing).toHaveLength(1);
  });

  it('by the case of a condition’s value', () => {
    const of = (value: string) => ({
      ...tls,
      Condition: { StringEquals: { 'aws:PrincipalTag/team': value } },
    });
    expect(compare(of('Orders'), of('orders')).extra).toHaveLength(1);
  });

  it('by all of its statements where nothing is deployed', () => {
    expect(policyDifference(policy(send, tls), undefined)).toEqual({
      missing: [
        {
          Effect: 'Allow',
          Principal: { AWS: ['arn:aws:iam::111122223333:role/sender'] },
          Action: ['sqs:SendMessage'],
          Resource: ['arn:aws:sqs:eu-central-1:111122223333:orders'],
        },
        {
          Effect: 'Deny',
          Principal: { AWS: ['*'] },
          Action: ['sqs:*'],
          Resource: ['arn:aws:sqs:eu-central-1:111122223333:orders'],
          Condition: { Bool: { 'aws:SecureTransport': ['false'] } },
        },
      ],
      extra: [],
    });
  });
});

describe('a statement', () => {
  const wide = formOf({
    ...send,
    Action: ['sqs:SendMessage', 'sqs:GetQueueUrl'],
    Resource: ['arn:a', 'arn:b'],
  });

  it('is within another that has its actions, in any case, and its resources', () => {
    expect(isWithin(formOf({ ...send, Action: 'SQS:SendMessage', Resource: 'arn:b' }), wide)).toBe(true);
  });

  it.each([
    ['action', { Action: 'sqs:DeleteMessage', Resource: 'arn:a' }],
    ['resource', { Resource: 'arn:c' }],
    ['principal', { Resource: 'arn:a', Principal: '*' }],
    ['effect', { Resource: 'arn:a', Effect: 'Deny' }],
    ['condition', { Resource: 'arn:a', Condition: { Bool: { 'aws:SecureTransport': 'true' } } }],
  ])('is not within one of another %s', (_what, change) => {
    expect(isWithin(formOf({ ...send, ...change }), wide)).toBe(false);
  });

  it('means the same as itself in another case, and nothing else', () => {
    expect(sameMeaning(formOf(send), formOf({ ...send, Action: 'sqs:sendMessage' }))).toBe(true);
    expect(sameMeaning(formOf(send), formOf(tls))).toBe(false);
  });
});
