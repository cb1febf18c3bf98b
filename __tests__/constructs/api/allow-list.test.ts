import { expect, test } from 'vitest';
import { allowListStatements, type GuardedMethod } from '../../../constructs/api/allow-list';

const everyMethod = 'arn:aws:execute-api:ap-northeast-2:111122223333:a1b2c3/v1/*/*';

const method = (name: string, ...allowList: readonly string[]): GuardedMethod => ({
  name,
  arn: `arn:aws:execute-api:ap-northeast-2:111122223333:a1b2c3/v1/POST/${name.toLowerCase()}`,
  allowList,
});

const arn = (name: string) => method(name).arn;

/** The pair of statements that opens `resources` to `values` and closes it to everyone else. */
const pair = (whom: string, resources: readonly string[], values: readonly string[]) => [
  {
    sid: `ListedAddressesCall${whom}`,
    actions: ['execute-api:Invoke'],
    resources,
    principals: [{ type: '*', identifiers: ['*'] }],
    conditions: [{ test: 'IpAddress', variable: 'aws:SourceIp', values }],
  },
  {
    sid: `NobodyElseCalls${whom}`,
    effect: 'Deny',
    actions: ['execute-api:Invoke'],
    resources,
    principals: [{ type: '*', identifiers: ['*'] }],
    conditions: [{ test: 'NotIpAddress', variable: 'aws:SourceIp', values }],
  },
];

test('one callback opens the API to its addresses and closes it to everyone else', () => {
  const methods = [method('Orders', '203.0.113.0/24', '2001:db8::/32')];

  expect(allowListStatements(methods, everyMethod)).toEqual(
    pair('EveryCallback', [everyMethod], ['203.0.113.0/24', '2001:db8::/32']),
  );
});

test('callbacks that all have one list share their two statements', () => {
  const methods = [method('Orders', '203.0.113.0/24'), method('Refunds', '203.0.113.0/24')];

  expect(allowListStatements(methods, everyMethod)).toEqual(
    pair('EveryCallback', [everyMethod], ['203.0.113.0/24']),
  );
});

test('callbacks with lists of their own are opened to those only', () => {
  const methods = [method('Orders', '203.0.113.0/24'), method('Refunds', '198.51.100.7/32')];

  expect(allowListStatements(methods, everyMethod)).toEqual([
    ...pair('Orders', [arn('Orders')], ['203.0.113.0/24']),
    ...pair('Refunds', [arn('Refunds')], ['198.51.100.7/32']),
  ]);
});

test('callbacks with the same list are one group among others, named after the first and how many more', () => {
  const methods = [
    method('Orders', '203.0.113.0/24'),
    method('Sms', '198.51.100.0/26'),
    method('Refunds', '203.0.113.0/24'),
    method('Events', '203.0.113.0/24'),
  ];

  expect(allowListStatements(methods, everyMethod)).toEqual([
    ...pair('OrdersAnd2More', [arn('Orders'), arn('Refunds'), arn('Events')], ['203.0.113.0/24']),
    ...pair('Sms', [arn('Sms')], ['198.51.100.0/26']),
  ]);
});

test('the same list in another order is the same list', () => {
  const methods = [
    method('Orders', '203.0.113.0/24', '198.51.100.0/26'),
    method('Refunds', '198.51.100.0/26', '203.0.113.0/24'),
  ];

  expect(allowListStatements(methods, everyMethod)).toEqual(
    pair('EveryCallback', [everyMethod], ['203.0.113.0/24', '198.51.100.0/26']),
  );
});

test('a list that is a part of another is a list of its own', () => {
  const methods = [
    method('Orders', '203.0.113.0/24', '198.51.100.0/26'),
    method('Refunds', '203.0.113.0/24'),
  ];

  expect(allowListStatements(methods, everyMethod)).toEqual([
    ...pair('Orders', [arn('Orders')], ['203.0.113.0/24', '198.51.100.0/26']),
    ...pair('Refunds', [arn('Refunds')], ['203.0.113.0/24']),
  ]);
});

test('the lists of callers are left as they were', () => {
  const allowList = ['203.0.113.0/24', '198.51.100.0/26'];

  allowListStatements([method('Orders', ...allowList)], everyMethod);

  expect(allowList).toEqual(['203.0.113.0/24', '198.51.100.0/26']);
});
