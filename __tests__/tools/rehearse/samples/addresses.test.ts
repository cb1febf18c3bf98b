import { expect, test } from 'vitest';
import { listedAddress, otherAddress } from '../../../../tools/rehearse/samples/addresses';

test.each([
  [['203.0.113.0/24'], '203.0.113.10'],
  [['198.51.100.7/32'], '198.51.100.7'],
  [['198.51.100.64/26', '203.0.113.0/24'], '198.51.100.74'],
  [['2001:db8:7::/48'], '2001:db8:7::a'],
  [['0.0.0.0/0'], '0.0.0.10'],
  [[], '192.0.2.10'],
])('of %j it takes %s', (blocks, address) => {
  expect(listedAddress(blocks)).toBe(address);
});

test.each([
  [['203.0.113.0/24'], '192.0.2.10'],
  [['192.0.0.0/8', '198.51.100.0/24'], '203.0.113.10'],
  [['0.0.0.0/0'], '2001:db8::10'],
  [['0.0.0.0/0', '::/0'], undefined],
])('not in %j is %s', (blocks, address) => {
  expect(otherAddress(blocks)).toBe(address);
});
