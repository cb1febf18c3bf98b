import { describe, expect, test } from 'vitest';
import { account, decide, holds, on, queueArn, statement, user } from './policies';

describe('policy variables', () => {
  const named = (resource: string) => queueArn.replace('orders', resource);
  const decideFor = (Resource: string, resource = 'carla-orders') =>
    decide({ principal: user, resource: named(resource) }, { identity: [statement({ Resource })] });

  test.each([
    [named('${aws:username}-orders'), 'carla-orders', 'allowed'],
    [named('${AWS:UserName}-*'), 'carla-orders', 'allowed'],
    [named('${aws:username}-orders'), 'dora-orders', 'not allowed'],
    [named('a${*}b${?}${$}'), 'a*b?$', 'allowed'],
    [named('a${*}b'), 'axb', 'not allowed'],
  ])('the resource %s is %s: %s', (Resource, resource, expected) => {
    expect(decideFor(Resource, resource)).toBe(expected);
  });

  test('conditions have them too', () => {
    const context = { 'app:Owner': 'carla', 'app:Arn': `arn:aws:iam::${account}:role/sender` };
    const decideWith = (Condition: object) =>
      decide({ principal: user, context }, { identity: [statement({ Condition })] });

    expect(decideWith({ StringEquals: { 'app:Owner': '${aws:username}' } })).toBe('allowed');
    expect(decideWith({ StringEquals: { 'app:Owner': '${aws:PrincipalAccount}' } })).toBe('not allowed');
    expect(decideWith({ StringNotLike: { 'app:Owner': '${aws:username}*' } })).toBe('not allowed');
    expect(decideWith({ ArnLike: { 'app:Arn': 'arn:aws:iam::${aws:PrincipalAccount}:role/*' } })).toBe(
      'allowed',
    );
  });

  test.each([
    [named("${aws:username, 'nobody'}"), "the policy variable ${aws:username, 'nobody'}"],
    [
      `arn:aws:sqs:\${aws:RequestedRegion}:${account}:orders`,
      'a policy variable before the resource of "arn:aws:sqs:',
    ],
    [named('${app:Owner}'), 'the condition key app:Owner is not simulated'],
    [
      named('${sts:ExternalId}'),
      'the policy variable ${sts:ExternalId} of a request without one value of it',
    ],
  ])('the resource %s is not simulated', (Resource, message) => {
    expect(() => decideFor(Resource)).toThrow(message);
  });

  test('a value with a wildcard is not simulated', () => {
    expect(() =>
      decide(
        { context: { 'app:Owner': 'a*' } },
        { identity: [statement({ Resource: named('${app:Owner}') })] },
      ),
    ).toThrow('the value "a*" of the policy variable ${app:Owner} is not simulated');
  });

  test.each([
    ['NumericEquals', '"${aws:EpochTime}" as a number'],
    ['Bool', '"${aws:EpochTime}" as true or false'],
  ])('%s knows none', (operator, message) => {
    expect(() => holds(on(operator, '${aws:EpochTime}'))).toThrow(message);
  });
});
