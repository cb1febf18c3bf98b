import { describe, expect, it } from 'vitest';
import { implies } from '../../../../../tools/review/permissions/coverage/condition-implies';

const condition = (operator: string, values: string | readonly string[], key = 'x:Key') => ({
  operator,
  key,
  values: [values].flat(),
});

type Case = readonly [
  narrow: readonly [string, string | readonly string[]],
  wide: readonly [string, string | readonly string[]],
];

const strictly: readonly Case[] = [
  [
    ['IpAddress', '10.0.0.0/16'],
    ['IpAddress', '10.0.0.0/8'],
  ],
  [
    ['DateEquals', '2026-01-01'],
    ['DateLessThanEquals', '2026-01-01'],
  ],
  [
    ['DateEquals', '2026-01-01'],
    ['DateGreaterThanEquals', '2026-01-01'],
  ],
  [
    ['NumericGreaterThanEquals', '3'],
    ['NumericGreaterThan', '1'],
  ],
  [
    ['NumericEquals', '1'],
    ['NumericLessThanEquals', '1'],
  ],
  [
    ['StringEquals', 'a'],
    ['StringEquals', ['a', 'b']],
  ],
  [
    ['StringEquals', 'ab'],
    ['StringLike', 'a*'],
  ],
  [
    ['StringEquals', 'A'],
    ['StringEqualsIgnoreCase', 'a'],
  ],
  [
    ['StringEquals', 'a'],
    ['StringEqualsIfExists', 'a'],
  ],
  [
    ['StringEquals', 'a'],
    ['StringNotEquals', 'b'],
  ],
  [
    ['StringNotEquals', ['a', 'b']],
    ['StringNotEquals', 'a'],
  ],
  [
    ['StringNotLike', 'a*'],
    ['StringNotEquals', 'ab'],
  ],
  [
    ['StringLike', 'a*'],
    ['StringNotLike', 'b*'],
  ],
  [
    ['StringEquals', 'a'],
    ['Null', 'false'],
  ],
  [
    ['Null', 'true'],
    ['StringNotEquals', 'a'],
  ],
  [
    ['ForAnyValue:StringEquals', 'a'],
    ['ForAnyValue:StringLike', '*'],
  ],
  [
    ['ForAllValues:StringEquals', 'a'],
    ['ForAllValues:StringEquals', ['a', 'b']],
  ],
  [
    ['ArnLike', 'arn:aws:sqs:eu:1:a'],
    ['ArnEquals', 'arn:aws:sqs:*:1:*'],
  ],
  [
    ['IpAddress', '10.1.0.0/16'],
    ['IpAddress', '10.0.0.0/8'],
  ],
  [
    ['IpAddress', '2001:db8:1::/48'],
    ['IpAddress', '2001:db8::/32'],
  ],
  [
    ['IpAddress', '10.0.0.0/8'],
    ['IpAddress', ['10.0.0.0/9', '10.128.0.0/9', '192.0.2.1']],
  ],
  [
    ['IpAddress', '10.0.0.0/8'],
    ['NotIpAddress', '11.0.0.0/8'],
  ],
  [
    ['NotIpAddress', '10.0.0.0/8'],
    ['NotIpAddress', '10.1.0.0/16'],
  ],
  [
    ['NumericLessThan', '1'],
    ['NumericLessThanEquals', '1'],
  ],
  [
    ['NumericEquals', '1.5'],
    ['NumericGreaterThan', '1'],
  ],
  [
    ['NumericLessThan', '1'],
    ['NumericNotEquals', '1'],
  ],
  [
    ['DateGreaterThan', '2026-06-01'],
    ['DateGreaterThanEquals', '2026-01-01T00:00:00Z'],
  ],
  [
    ['Bool', 'true'],
    ['BoolIfExists', 'true'],
  ],
  [
    ['Bool', 'true'],
    ['Bool', ['true', 'false']],
  ],
];

describe('what meets the one condition meets the other, and not the other way', () => {
  it.each(strictly)('%j, %j', (narrow, wide) => {
    expect(implies(condition(...narrow), condition(...wide))).toBe(true);
    expect(implies(condition(...wide), condition(...narrow))).toBe(false);
  });
});

const alike: readonly Case[] = [
  [
    ['ArnLike', 'arn:aws:sqs:*:1:a'],
    ['ArnEquals', 'arn:aws:sqs:*:1:a'],
  ],
  [
    ['IpAddress', '10.1.2.3'],
    ['IpAddress', '10.1.2.3/32'],
  ],
  [
    ['IpAddress', '10.0.0.0/8'],
    ['IpAddress', ['10.0.0.0/9', '10.128.0.0/9']],
  ],
  [
    ['DateEquals', '2026-01-01'],
    ['DateEquals', '1767225600'],
  ],
  [
    ['StringEquals', ['a', 'b']],
    ['StringEquals', ['b', 'a', 'b']],
  ],
];

describe('both conditions mean the same', () => {
  it.each(alike)('%j, %j', (a, b) => {
    expect(implies(condition(...a), condition(...b))).toBe(true);
    expect(implies(condition(...b), condition(...a))).toBe(true);
  });
});

const undecided: readonly Case[] = [
  [
    ['NumericEquals', '1'],
    ['StringEquals', '1'],
  ],
  [
    ['StringEquals', 'a'],
    ['ForAnyValue:StringEquals', 'a'],
  ],
  [
    ['ForAnyValue:StringEquals', 'a'],
    ['ForAllValues:StringEquals', 'a'],
  ],
  [
    ['StringEqualsIfExists', 'a'],
    ['StringEquals', 'a'],
  ],
  [
    ['StringEquals', 'a'],
    ['StringNotEquals', 'a'],
  ],
  [
    ['StringEquals', '${aws:username}'],
    ['StringEquals', 'a'],
  ],
  [
    ['NumericLessThan', '100000000000000000000'],
    ['NumericEquals', '100000000000000000000'],
  ],
  [
    ['Strange', 'a'],
    ['Strange', 'b'],
  ],
];

it.each(undecided)('%j does not count as %j', (narrow, wide) => {
  expect(implies(condition(...narrow), condition(...wide))).toBe(false);
});

it('the names of keys are the same in any case, and other keys are others', () => {
  const a = condition('StringEquals', 'a', 'aws:SourceAccount');
  expect(implies(a, { ...a, key: 'AWS:sourceaccount' })).toBe(true);
  expect(implies(a, { ...a, key: 'aws:PrincipalAccount' })).toBe(false);
});
