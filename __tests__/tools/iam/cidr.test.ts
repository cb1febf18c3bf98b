import { expect, test } from 'vitest';
import { isWithin } from '../../../tools/iam/cidr';

test.each([
  ['203.0.113.0', '203.0.113.0/24', true],
  ['203.0.113.255', '203.0.113.0/24', true],
  ['203.0.114.0', '203.0.113.0/24', false],
  ['203.0.113.9', '203.0.113.9', true],
  ['203.0.113.8', '203.0.113.9', false],
  ['198.51.100.1', '0.0.0.0/0', true],
  ['2001:db8:7:1::1', '2001:db8:7::/48', true],
  ['2001:db8:8::1', '2001:db8:7::/48', false],
  ['2001:db8::1', '2001:db8::1', true],
  ['2001:db8::2', '2001:db8::1', false],
  // An address of the one version is in no block of the other.
  ['203.0.113.1', '::/0', false],
  ['::1', '0.0.0.0/0', false],
])('whether %s is within %s: %j', (address, block, expected) => {
  expect(isWithin(address, block)).toBe(expected);
});

test.each(['203.0.113.0/33', '203.0.113', 'anywhere', '2001:db8::/129'])('%s is no block', (block) => {
  expect(() => isWithin('203.0.113.1', block)).toThrow();
});
