import { describe, expect, test } from 'vitest';
import { decide, given, holds, on, queueArn, statement } from './policies';

describe('operators', () => {
  test.each([
    ['StringEquals', 'a', 'a', true],
    ['StringEquals', 'a', 'A', false],
    ['StringEquals', ['a', 'b'], 'b', true],
    ['StringEquals', 'a*', 'ab', false],
    ['StringEquals', 'a*', 'a*', true],
    ['StringNotEquals', 'a', 'b', true],
    ['StringNotEquals', ['a', 'b'], 'b', false],
    ['StringEqualsIgnoreCase', 'aB', 'Ab', true],
    ['StringEqualsIgnoreCase', 'a', 'b', false],
    ['StringNotEqualsIgnoreCase', 'a', 'A', false],
    ['StringNotEqualsIgnoreCase', 'a', 'b', true],
    ['StringLike', 'a*c?', 'abbcd', true],
    ['StringLike', 'a*c?', 'abbc', false],
    ['StringLike', 'A*', 'ab', false],
    ['StringLike', 'a.c', 'abc', false],
    ['StringLike', 'b*', 'ab', false],
    ['StringLike', 'a${*}', 'ab', false],
    ['StringLike', 'a${*}', 'a*', true],
    ['StringLike', 'a*', 'a\nb', true],
    ['StringLike', '*', '', true],
    ['StringLike', '?', '🙂', true],
    ['StringNotLike', 'a*', 'ab', false],
    ['StringNotLike', 'a*', 'b', true],
    ['NumericEquals', 10, '10', true],
    ['NumericEquals', '10', '10.0', true],
    ['NumericEquals', '10', '11', false],
    ['NumericNotEquals', '10', '11', true],
    ['NumericNotEquals', ['10', '11'], '11', false],
    ['NumericLessThan', '10', '9', true],
    ['NumericLessThan', '10', '10', false],
    ['NumericLessThanEquals', '10', '10', true],
    ['NumericLessThanEquals', '10', '10.5', false],
    ['NumericGreaterThan', '-1', '0', true],
    ['NumericGreaterThan', '10', '10', false],
    ['NumericGreaterThanEquals', '10', '10', true],
    ['NumericGreaterThanEquals', '10', '9', false],
    ['DateEquals', '2026-01-01', '2026-01-01T00:00:00Z', true],
    ['DateEquals', '2026-01-01T00:00Z', '1767225600', true],
    ['DateNotEquals', '2026-01-01', '2026-01-02', true],
    ['DateNotEquals', '2026-01-01', '2026-01-01', false],
    ['DateLessThan', '2026-01-01T09:00:00+09:00', '2025-12-31T23:59:59.999Z', true],
    ['DateLessThan', '2026-01-01T09:00:00+09:00', '2026-01-01T00:00:00Z', false],
    ['DateLessThanEquals', '2026-01-01', '2026-01-01', true],
    ['DateLessThanEquals', '2026-01-01', '2026-01-02', false],
    ['DateGreaterThan', '2026-01-01', '2026-01-01T00:00:01Z', true],
    ['DateGreaterThan', '2026-01-01', '2026-01-01', false],
    ['DateGreaterThanEquals', '2026-01-01', '2026-01-01', true],
    ['DateGreaterThanEquals', '2026-01-01', '2025-12-31', false],
    ['Bool', 'true', 'true', true],
    ['Bool', true, 'true', true],
    ['Bool', 'false', 'true', false],
    ['IpAddress', '203.0.113.0/24', '203.0.113.255', true],
    ['IpAddress', ['198.51.100.7', '2001:db8:7::/48'], '2001:db8:7:1::1', true],
    ['IpAddress', '203.0.113.0/24', '203.0.114.0', false],
    ['IpAddress', '198.51.100.7', '198.51.100.8', false],
    ['NotIpAddress', '203.0.113.0/24', '203.0.114.0', true],
    ['NotIpAddress', ['198.51.100.7', '203.0.113.0/24'], '203.0.113.1', false],
    ['ArnEquals', queueArn, queueArn, true],
    ['ArnEquals', `${queueArn}*`, `${queueArn}:a/b`, true],
    ['ArnEquals', 'arn:aws:sqs:*:*:orders', queueArn, true],
    ['ArnEquals', 'arn:aws:sqs:eu-central-?:*:orders', queueArn, true],
    ['ArnEquals', 'arn:aws:sns:*:*:*', queueArn, false],
    ['ArnLike', 'arn:aws:s:*:1:finance/*', 'arn:aws:s:eu:9:store/abc:1:finance/document.txt', false],
    ['StringLike', 'arn:aws:s:*:1:finance/*', 'arn:aws:s:eu:9:store/abc:1:finance/document.txt', true],
    ['ArnLike', `${queueArn}*`, queueArn.toUpperCase(), false],
    ['ArnNotEquals', queueArn, queueArn, false],
    ['ArnNotLike', 'arn:aws:sqs:*:*:orders', `${queueArn}s`, true],
    ['Null', 'false', 'a', true],
    ['Null', 'true', 'a', false],
  ])('%s %j of %j: %j', (operator, wanted, value, expected) => {
    expect(holds(on(operator, wanted), given(value))).toBe(expected);
  });

  test.each([
    ['StringEquals', 'a', false],
    ['StringNotEquals', 'a', true],
    ['StringLike', '*', false],
    ['StringNotLike', '*', true],
    ['NumericEquals', '1', false],
    ['NumericLessThan', '1', false],
    ['NumericNotEquals', '1', true],
    ['DateNotEquals', '2026-01-01', true],
    ['DateGreaterThan', '2026-01-01', false],
    ['Bool', 'false', false],
    ['IpAddress', '0.0.0.0/0', false],
    ['NotIpAddress', '0.0.0.0/0', true],
    ['ArnLike', queueArn, false],
    ['ArnNotEquals', queueArn, true],
    ['Null', 'true', true],
    ['Null', 'false', false],
    ['StringEqualsIfExists', 'a', true],
    ['StringNotEqualsIfExists', 'a', true],
    ['BoolIfExists', 'false', true],
    ['IpAddressIfExists', '203.0.113.0/24', true],
    ['ForAllValues:StringEquals', 'a', true],
    ['ForAnyValue:StringEquals', 'a', false],
    ['ForAnyValue:StringNotEquals', 'a', false],
    ['ForAnyValue:StringEqualsIfExists', 'a', true],
  ])('%s %j of a request without the key: %j', (operator, wanted, expected) => {
    expect(holds(on(operator, wanted), given(undefined))).toBe(expected);
    expect(holds(on(operator, wanted), given([]))).toBe(expected);
  });

  test.each([
    ['ForAnyValue:StringEquals', ['a', 'b'], ['b', 'c'], true],
    ['ForAnyValue:StringEquals', ['a', 'b'], ['c', 'd'], false],
    ['ForAnyValue:StringNotEquals', ['a', 'b'], ['a', 'c'], true],
    ['ForAnyValue:StringNotEquals', ['a', 'b'], ['a', 'b'], false],
    ['ForAnyValue:StringLike', 'a*', ['b', 'ab'], true],
    ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'b'], true],
    ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'c'], false],
    ['ForAllValues:StringNotEquals', ['a', 'b'], ['c', 'd'], true],
    ['ForAllValues:StringNotEquals', ['a', 'b'], ['c', 'a'], false],
    ['ForAllValues:StringLikeIfExists', 'a*', ['ab', 'b'], false],
    ['ForAllValues:StringEquals', 'a', [''], true],
    ['ForAnyValue:StringEquals', '', [''], false],
    ['ForAllValues:StringEquals', 'a', 'a', true],
  ])('%s %j of %j: %j', (operator, wanted, values, expected) => {
    expect(holds(on(operator, wanted), given(values))).toBe(expected);
  });

  test.each([
    ['StringEqualsIfExists', 'a', 'b', false],
    ['StringNotEqualsIfExists', 'a', 'a', false],
    ['BoolIfExists', 'true', 'false', false],
  ])('%s %j of %j is decided by the value: %j', (operator, wanted, value, expected) => {
    expect(holds(on(operator, wanted), given(value))).toBe(expected);
  });

  test.each([
    [on('StringSimilar', 'a'), 'the condition operator StringSimilar'],
    [on('BinaryEquals', 'QQ=='), 'the condition operator BinaryEquals'],
    [on('NullIfExists', 'true'), 'the condition operator NullIfExists'],
    [on('ForAllValues:Null', 'true'), 'the condition operator ForAllValues:Null'],
    [on('ForSomeValues:StringEquals', 'a'), 'the condition operator ForSomeValues:StringEquals'],
    [on('stringequals', 'a'), 'the condition operator stringequals'],
    [on('toString', 'a'), 'the condition operator toString'],
    [on('Null', 'yes'), 'Null with "yes"'],
    [on('Bool', 'yes'), '"yes" as true or false'],
    [on('NumericEquals', 'ten'), '"ten" as a number'],
    [on('DateEquals', '2026'), '"2026" as a date'],
    [on('DateEquals', '2026-01-01T00:00:00'), '"2026-01-01T00:00:00" as a date'],
    [on('DateEquals', '2026-13-01'), '"2026-13-01" as a date'],
    [on('IpAddress', '203.0.113.0/33'), '"203.0.113.0/33" as a block of addresses'],
    [on('IpAddress', '203.0.113.*'), '"203.0.113.*" as a block of addresses'],
    [on('IpAddress', '2001:db8::1'), 'the IPv6 address 2001:db8::1 without a prefix length'],
    [on('ArnLike', 'arn:aws:sqs:*'), '"arn:aws:sqs:*" as an ARN'],
    [
      { StringEquals: { 'aws:SourceIp': '203.0.113.1' } },
      'the condition operator StringEquals on aws:SourceIp',
    ],
    [{ ArnLike: { 'aws:SourceAccount': queueArn } }, 'the condition operator ArnLike on aws:SourceAccount'],
    [{ Bool: { 'kms:ViaService': 'true' } }, 'the condition operator Bool on kms:ViaService'],
    [
      { StringEquals: { 'kms:ResourceAliases': 'alias/a' } },
      'StringEquals on kms:ResourceAliases, which may have several values,',
    ],
  ])('%j is refused by name when the policy is read', (Condition, what) => {
    expect(() => holds(Condition, given('a'))).toThrow(
      `the role’s policy: statement Sends: ${what} is not simulated`,
    );
  });

  test('several values of a key need a set operator', () => {
    expect(() => holds(on('StringEquals', 'a'), given(['a', 'b']))).toThrow(
      'StringEquals on app:Key with several values is not simulated',
    );
    expect(holds(on('StringEquals', 'a'), given(['a']))).toBe(true);
  });

  test('what the request gives must be of the operator’s type', () => {
    expect(() => holds(on('NumericEquals', '1'), given('one'))).toThrow('"one" as a number is not simulated');
    expect(() => holds(on('DateEquals', '2026-01-01'), given('then'))).toThrow(
      '"then" as a date is not simulated',
    );
  });
});

describe('conditions together', () => {
  const context = { 'app:A': 'a', 'app:B': 'b' };

  test.each([
    [{ StringEquals: { 'app:A': 'a', 'app:B': 'b' } }, true],
    [{ StringEquals: { 'app:A': 'a', 'app:B': 'c' } }, false],
    [{ StringEquals: { 'app:A': 'a' }, StringNotEquals: { 'app:B': 'b' } }, false],
    [{ StringEquals: { 'APP:a': 'a' } }, true],
    [{}, true],
  ])('%j: %j', (Condition, expected) => {
    expect(holds(Condition, context)).toBe(expected);
  });

  test('a deny whose condition does not hold denies nothing', () => {
    const tls = (secure: string) =>
      decide(
        { context: { 'aws:SecureTransport': secure } },
        {
          identity: [statement()],
          resource: [
            statement({
              Effect: 'Deny',
              Principal: '*',
              Condition: { Bool: { 'aws:SecureTransport': 'false' } },
            }),
          ],
        },
      );

    expect(tls('true')).toBe('allowed');
    expect(tls('false')).toBe('denied');
  });
});
