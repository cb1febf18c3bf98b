import { describe, expect, test } from 'vitest';
import { parsePolicy } from '../../../tools/iam/policy';
import { type Authorization, authorizationOf } from '../../../tools/rehearse/api-gateway/authorizer-answer';
import { asksAuthorizer, authorizerRefusal } from '../../../tools/rehearse/api-gateway/method-access';
import type { RestApi, RestMethod } from '../../../tools/rehearse/api-gateway/rest-api';

const arn = 'arn:aws:execute-api:eu-west-1:111122223333:a1b2c3/v1/POST/orders';
const statement = (Effect: 'Allow' | 'Deny', more: object = {}) => ({
  Effect,
  Action: 'execute-api:Invoke',
  Resource: arn,
  ...more,
});
const policyOf = (...Statement: readonly object[]) => ({ Version: '2012-10-17', Statement });

const everyone = { Principal: '*' };
const listed = { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } };
const unlisted = { NotIpAddress: { 'aws:SourceIp': '192.0.2.0/24' } };
const allowsListed = statement('Allow', { ...everyone, Condition: listed });
const deniesOthers = statement('Deny', { ...everyone, Condition: unlisted, Sid: 'NobodyElse' });

const method = {
  address: 'stack: method',
  httpMethod: 'POST',
  path: '/orders',
  authorizer: {
    address: 'stack: authorizer',
    functionArn: 'arn:function',
    credentials: 'arn:role',
    headers: ['X-Signature'],
  },
} as unknown as RestMethod;

const apiWith = (...statements: readonly object[]) =>
  ({
    stageArn: 'arn:aws:execute-api:eu-west-1:111122223333:a1b2c3/v1',
    resourcePolicy:
      statements.length > 0
        ? parsePolicy({ address: 'stack: policy', json: JSON.stringify(policyOf(...statements)) })
        : undefined,
  }) as unknown as RestApi;

const caller = (
  sourceIp: string,
  headers: readonly (readonly [string, string])[] = [['x-signature', 's']],
) => ({
  sourceIp,
  headers: new Map(headers),
});
const [inside, outside] = [caller('192.0.2.1'), caller('198.51.100.1')];

const answered = (...statements: readonly object[]): Authorization =>
  authorizationOf(method.authorizer as { address: string }, {
    kind: 'returned',
    payload: { principalId: 'p', policyDocument: policyOf(...statements) },
  });

describe('an authorizer is asked', () => {
  test.each<[string, RestApi, typeof inside, boolean]>([
    ['about a listed address', apiWith(allowsListed, deniesOthers), inside, true],
    ['not about one that is denied', apiWith(allowsListed, deniesOthers), outside, false],
    ['about one that is merely not allowed', apiWith(allowsListed), outside, true],
    ['not without its header', apiWith(), caller('192.0.2.1', []), false],
    ['not with an empty one', apiWith(), caller('192.0.2.1', [['X-Signature', '']]), false],
  ])('%s', (_, api, who, asked) => {
    expect(asksAuthorizer(api, method, who)).toBe(asked);
  });
});

describe('who is let in', () => {
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html, table A
  const other = statement('Allow', { Resource: `${arn}/other` });
  test.each<[string, readonly object[], Authorization, 'in' | 'ACCESS_DENIED']>([
    ['both allow', [allowsListed], answered(statement('Allow')), 'in'],
    ['the authorizer alone allows', [], answered(statement('Allow')), 'in'],
    ['the resource policy alone allows', [allowsListed], answered(other), 'in'],
    ['neither allows', [deniesOthers], answered(other), 'ACCESS_DENIED'],
    ['the authorizer denies', [allowsListed], answered(statement('Deny')), 'ACCESS_DENIED'],
  ])('where %s', (_, statements, authorization, expected) => {
    expect(authorizerRefusal(apiWith(...statements), method, inside, authorization)?.type ?? 'in').toBe(
      expected,
    );
  });

  test('whom the resource policy denies is not, and it is said where', () => {
    expect(authorizerRefusal(apiWith(deniesOthers), method, outside, undefined)).toMatchObject({
      type: 'ACCESS_DENIED',
      denial: { place: 'stack: policy, statement NobodyElse' },
    });
  });

  test('nobody is without the authorizer’s word', () => {
    expect(() => authorizerRefusal(apiWith(allowsListed), method, inside, undefined)).toThrow(
      'stack: method: a request without its authorizer',
    );
  });
});

describe('an answer', () => {
  const read = (result: Parameters<typeof authorizationOf>[1]) => authorizationOf({ address: 'it' }, result);
  const returned = (payload: unknown) => read({ kind: 'returned', payload });
  const failed = (errorMessage: string) => read({ kind: 'failed', errorType: 'Error', errorMessage });
  const broken = { kind: 'failed', type: 'AUTHORIZER_CONFIGURATION_ERROR' };

  test.each<[string, Authorization, object]>([
    ['of a function that cannot be called', read(undefined), broken],
    ['without a policy', returned({ principalId: 'p' }), broken],
    ['without a principal', returned({ policyDocument: policyOf(statement('Allow')) }), broken],
    [
      'with a list in its context',
      returned({ principalId: 'p', policyDocument: policyOf(statement('Allow')), context: { a: [] } }),
      broken,
    ],
    ['that is nothing', returned(null), broken],
    ['that is an error', failed('the secret cannot be used'), { kind: 'failed', type: 'AUTHORIZER_FAILURE' }],
    ['that comes too late', read({ kind: 'timed-out' }), { kind: 'failed', type: 'AUTHORIZER_FAILURE' }],
    ['that says Unauthorized', failed('Unauthorized'), { kind: 'failed', type: 'UNAUTHORIZED' }],
  ])('%s lets nobody in', (_, authorization, expected) => {
    expect(authorization).toEqual(expected);
  });

  test('has its context as text', () => {
    const payload = {
      principalId: 'p',
      policyDocument: policyOf(statement('Allow')),
      context: { a: 1, b: true },
    };

    expect(returned(payload)).toMatchObject({
      kind: 'answered',
      context: new Map([
        ['a', '1'],
        ['b', 'true'],
      ]),
    });
  });
});
