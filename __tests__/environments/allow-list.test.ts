import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cidrRule, containedBlocks } from '../../environments/checks/allow-list';
import { refuses, takes } from './cases';
import { faultsWith } from './settings';

const field = 'callbackReceiver.callbacks[0].allowList';

describe('a CIDR block', () => {
  const wanted = 'must be a CIDR block such as 203.0.113.0/24 or 2001:db8::/32';
  refuses([
    [`${field}[0]`, 'example.com', wanted],
    [`${field}[0]`, '', wanted],
    [`${field}[0]`, '10.0.0/8', wanted],
    [`${field}[0]`, '010.0.0.0/8', wanted],
    [`${field}[0]`, '0x0a.0.0.0/8', wanted],
    [`${field}[0]`, '10.0.0.256/32', wanted],
    [`${field}[0]`, '10.0.0.0/8/8', wanted],
    [`${field}[0]`, ' 10.0.0.0/8', wanted],
    [`${field}[0]`, 'fe80::1%eth0/128', wanted],
    [`${field}[0]`, '2001:db8:::/32', wanted],
    [`${field}[0]`, 10, wanted],
    [`${field}[0]`, null, wanted],
    [`${field}[0]`, '10.0.0.1/33', 'must have a prefix length from 0 to 32'],
    [`${field}[0]`, '10.0.0.0/', 'must have a prefix length from 0 to 32'],
    [`${field}[0]`, '10.0.0.0/08', 'must have a prefix length from 0 to 32'],
    [`${field}[0]`, '10.0.0.0/-1', 'must have a prefix length from 0 to 32'],
    [`${field}[1]`, '2001:db8::/129', 'must have a prefix length from 0 to 128'],
    [
      `${field}[0]`,
      '198.51.100.7',
      'must have a prefix length: write "198.51.100.7/32" for this one address',
    ],
    [`${field}[1]`, '2001:db8::1', 'must have a prefix length: write "2001:db8::1/128" for this one address'],
    [
      `${field}[0]`,
      '198.51.100.7/24',
      'names an address within a network, and AWS compares networks: write "198.51.100.0/24", or "198.51.100.7/32" for this one address',
    ],
    [
      `${field}[1]`,
      '2001:db8::1/32',
      'names an address within a network, and AWS compares networks: write "2001:db8::/32", or "2001:db8::1/128" for this one address',
    ],
    [
      `${field}[1]`,
      '::ffff:198.51.100.0/120',
      'is IPv4 in an IPv6 form, which AWS does not take for IPv4: write it as IPv4',
    ],
  ]);
  takes([
    [field, ['0.0.0.0/0', '::/0']],
    [field, ['198.51.100.7/32', '2001:DB8:0:0::/64']],
    [field, ['255.255.255.255/32']],
  ]);
});

describe('an allow-list', () => {
  refuses([
    [field, [], 'must be a list of at least one CIDR block'],
    [field, '203.0.113.0/24', 'must be a list of at least one CIDR block'],
    [field, undefined, 'must be a list of at least one CIDR block'],
    [`${field}[1]`, '203.0.113.0/24', `is the same network as ${field}[0], "203.0.113.0/24": leave one out`],
    [`${field}[1]`, '203.0.113.8/29', `lies within ${field}[0], "203.0.113.0/24": leave one out`],
  ]);

  it('names both when the larger network comes later or is written differently', () => {
    expect(faultsWith({ [field]: ['2001:db8:1::/48', '198.51.100.7/32', '2001:DB8:0::/32'] })).toEqual([
      {
        environment: 'test',
        field: `${field}[0]`,
        value: '2001:db8:1::/48',
        rule: `lies within ${field}[2], "2001:DB8:0::/32": leave one out`,
      },
    ]);
  });

  /** A few address bits, so that blocks often hold one another. */
  const block = fc
    .record({ version: fc.constantFrom(4, 6), bits: fc.nat(15), length: fc.nat(4) })
    .map(({ version, bits, length }) => {
      const network = bits & ~(15 >> length);
      return version === 4
        ? `${network << 4}.0.0.0/${length}`
        : `${(network << 12).toString(16)}::/${length}`;
    });

  /** All sixteen values of the first four bits that a block holds. */
  const members = (text: string) => {
    const [address = '', prefix = ''] = text.split('/');
    const network = address.includes(':')
      ? Number.parseInt(address.split(':')[0] || '0', 16) >> 12
      : Number(address.split('.')[0]) >> 4;
    const shift = 4 - Number(prefix);
    return Array.from({ length: 16 }, (_, value) => value).filter(
      (value) => value >> shift === network >> shift,
    );
  };

  it('is searched for contained blocks as trying every address would', () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 12 }), (list) => {
        expect(list.map(cidrRule)).toEqual(list.map(() => undefined));
        const found = containedBlocks(list);
        for (const { inner, outer } of found) {
          expect(members(outer.text)).toEqual(expect.arrayContaining(members(inner.text)));
          expect(inner.text.includes(':')).toBe(outer.text.includes(':'));
        }
        const expected = list.flatMap((text, index) =>
          list.some(
            (other, otherIndex) =>
              otherIndex !== index &&
              other.includes(':') === text.includes(':') &&
              members(text).every((value) => members(other).includes(value)) &&
              // Of two equal ones the later is the fault.
              (members(other).length > members(text).length || otherIndex < index),
          )
            ? [index]
            : [],
        );
        expect(found.map(({ inner }) => inner.index).sort((a, b) => a - b)).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('takes an address exactly when it is written as a network', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.nat(32), (address, prefix) => {
        const number = address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
        const hostBits = number % 2 ** (32 - prefix);
        expect(cidrRule(`${address}/${prefix}`) === undefined).toBe(hostBits === 0);
      }),
    );
  });
});
