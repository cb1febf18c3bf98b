import ipaddr from 'ipaddr.js';
import { isWithin } from '../../../iam/cidr';
import { groupsOf } from '../../groups';
import { addressText, blockOf, sampleAddresses } from '../coverage/sample-values';

/** Addresses that are treated alike, as CIDR blocks. */
export interface AddressRange {
  /** In CIDR notation; `0.0.0.0/0` and `::/0` are every address of their kind. */
  readonly cidr: string;
  /** How many addresses it has, in words. */
  readonly size: string;
  /** What is special about it. */
  readonly kind: 'the whole internet' | 'private' | undefined;
}

/**
 * The addresses for which something holds.
 * @param named every block at whose ends it may change
 */
export function rangesWhere(
  named: readonly string[],
  holds: (address: string) => boolean,
): readonly AddressRange[] {
  return [4, 16].flatMap((bytes) => {
    const starts = [
      ...new Set(
        sampleAddresses(named)
          .map(blockOf)
          .filter((one) => one.bytes === bytes)
          .map(({ first }) => first),
      ),
    ].sort((a, b) => (a < b ? -1 : 1));
    const end = 1n << BigInt(bytes * 8);
    const stretches: { first: bigint; end: bigint }[] = [];
    for (const [index, first] of starts.entries()) {
      if (!holds(addressText(first, bytes))) continue;
      const next = starts[index + 1] ?? end;
      const last = stretches.at(-1);
      if (last?.end === first) last.end = next;
      else stretches.push({ first, end: next });
    }
    return stretches.flatMap((stretch) => blocks(stretch, bytes));
  });
}

/** The fewest blocks that together are all addresses from the first to the last. */
function blocks(
  { first, end }: { readonly first: bigint; readonly end: bigint },
  bytes: number,
): readonly AddressRange[] {
  const found: AddressRange[] = [];
  for (let at = first; at < end; ) {
    let bits = 0;
    const fits = (size: bigint) => at % size === 0n && at + size <= end;
    while (bits < bytes * 8 && fits(1n << BigInt(bits + 1))) bits += 1;
    found.push(rangeOf(`${addressText(at, bytes)}/${bytes * 8 - bits}`, bits));
    at += 1n << BigInt(bits);
  }
  return found;
}

function rangeOf(cidr: string, bits: number): AddressRange {
  return { cidr, size: sizeOf(bits), kind: kindOf(cidr) };
}

/** Beyond a number that a person reads at a glance, as a power of two. */
const sizeOf = (bits: number): string =>
  bits === 0 ? '1 address' : `${bits <= 32 ? (2 ** bits).toLocaleString('en-US') : `2^${bits}`} addresses`;

/** https://www.iana.org/assignments/iana-ipv4-special-registry, https://www.rfc-editor.org/rfc/rfc4193 */
function kindOf(cidr: string): AddressRange['kind'] {
  const [network, length] = ipaddr.parseCIDR(cidr);
  if (length === 0) return 'the whole internet';
  return ['private', 'uniqueLocal', 'loopback', 'linkLocal', 'carrierGradeNat'].includes(network.range())
    ? 'private'
    : undefined;
}

/** `203.0.113.0/24 (256 addresses)`. */
export const rangeText = ({ cidr, size, kind }: AddressRange): string =>
  `${cidr} (${[size, kind].filter((part) => part !== undefined).join(', ')})`;

/**
 * As texts: what is several parts of a block that the policy names is told as how much of that it is,
 * `255 addresses of 198.51.100.0/24`.
 */
export const rangesText = (ranges: readonly AddressRange[], named: readonly string[]): readonly string[] =>
  groupsOf(ranges, ({ cidr }) => named.find((block) => isPartOf(cidr, block)) ?? cidr).map((parts) => {
    const [first] = parts;
    const around = named.find((block) => isPartOf(first.cidr, block));
    if (around === undefined || parts.length === 1) return rangeText(first);
    const kind = kindOf(around);
    return `${countText(parts)} of ${around}${kind === undefined ? '' : ` (${kind})`}`;
  });

const isPartOf = (cidr: string, block: string): boolean => {
  const [address = '', length] = cidr.split('/');
  return block.includes('/') && isWithin(address, block) && Number(length) > Number(block.split('/')[1]);
};

function countText(parts: readonly AddressRange[]): string {
  const count = parts.reduce((sum, { cidr }) => {
    const [network, length] = ipaddr.parseCIDR(cidr);
    return sum + 2 ** (network.toByteArray().length * 8 - length);
  }, 0);
  return count <= 2 ** 32 ? `${count.toLocaleString('en-US')} addresses` : 'most addresses';
}
