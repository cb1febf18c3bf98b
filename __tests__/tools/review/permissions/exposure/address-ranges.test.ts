import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { isWithin } from '../../../../../tools/iam/cidr';
import {
  rangesText,
  rangesWhere,
  rangeText,
} from '../../../../../tools/review/permissions/exposure/address-ranges';

const inAny = (blocks: readonly string[]) => (address: string) =>
  blocks.some((block) => isWithin(address, block));
const told = (blocks: readonly string[]) => rangesWhere(blocks, inAny(blocks)).map(rangeText);

describe('addresses are told as blocks, with how many they are', () => {
  it.each([
    [['203.0.113.0/24'], ['203.0.113.0/24 (256 addresses)']],
    [['198.51.100.7'], ['198.51.100.7/32 (1 address)']],
    [['10.0.0.0/9', '10.128.0.0/9'], ['10.0.0.0/8 (16,777,216 addresses, private)']],
    [['fd00::/8'], ['fd00::/8 (2^120 addresses, private)']],
    [['2001:db8::/127'], ['2001:db8::/127 (2 addresses)']],
    [
      ['0.0.0.0/0', '::/0'],
      [
        '0.0.0.0/0 (4,294,967,296 addresses, the whole internet)',
        '::/0 (2^128 addresses, the whole internet)',
      ],
    ],
    [[], []],
  ])('%j', (blocks, texts) => {
    expect(told(blocks)).toEqual(texts);
  });

  it('what is left of a block without another', () => {
    const ranges = rangesWhere(
      ['203.0.113.0/24', '203.0.113.64/26'],
      (address) => isWithin(address, '203.0.113.0/24') && !isWithin(address, '203.0.113.64/26'),
    );
    expect(ranges.map(({ cidr }) => cidr)).toEqual(['203.0.113.0/26', '203.0.113.128/25']);
  });
});

const blocks = fc.oneof(
  fc
    .tuple(fc.nat(255), fc.integer({ min: 0, max: 32 }))
    .map(([last, length]) => `203.0.113.${last}/${length}`),
  fc
    .tuple(fc.nat(9), fc.integer({ min: 0, max: 128 }))
    .map(([last, length]) => `2001:db8::${last}/${length}`),
);
const addresses = fc.oneof(
  fc.nat(255).map((last) => `203.0.113.${last}`),
  fc.nat(9).map((last) => `2001:db8::${last}`),
  fc.constantFrom('0.0.0.0', '255.255.255.255', '::', 'ffff::', '203.0.112.255', '203.0.114.0'),
);

test('a range has an address exactly where it holds, and no address twice', () => {
  fc.assert(
    fc.property(fc.array(blocks, { maxLength: 4 }), addresses, (named, address) => {
      const containing = rangesWhere(named, inAny(named)).filter(({ cidr }) => isWithin(address, cidr));
      expect(containing).toHaveLength(inAny(named)(address) ? 1 : 0);
    }),
  );
});

describe('parts of a block that the policy names', () => {
  const without = (all: string, left: string) =>
    rangesText(
      rangesWhere([all, left], (address) => isWithin(address, all) && !isWithin(address, left)),
      [all],
    );

  it.each([
    ['198.51.100.0/24', '198.51.100.7/32', ['255 addresses of 198.51.100.0/24']],
    ['203.0.112.0/23', '203.0.113.0/24', ['203.0.112.0/24 (256 addresses)']],
    ['0.0.0.0/0', '203.0.113.0/24', ['4,294,967,040 addresses of 0.0.0.0/0 (the whole internet)']],
    ['2001:db8::/32', '2001:db8::1/128', ['most addresses of 2001:db8::/32']],
  ])('%s without %s', (all, left, texts) => {
    expect(without(all, left)).toEqual(texts);
  });
});
