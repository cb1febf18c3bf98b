import ipaddr from 'ipaddr.js';

/** Addresses that tell all blocks apart: each block's first, the first after it, and the first of all. */
export function sampleAddresses(blocks: readonly string[]): readonly string[] {
  const starts = blocks.flatMap((block) => {
    const { first, end, bytes } = blockOf(block);
    return [{ at: first, bytes }, ...(end < 1n << BigInt(bytes * 8) ? [{ at: end, bytes }] : [])];
  });
  return [{ at: 0n, bytes: 4 }, { at: 0n, bytes: 16 }, ...starts].map(({ at, bytes }) =>
    addressText(at, bytes),
  );
}

/** A block's first address and the first after it, as numbers; four or sixteen bytes each. */
export function blockOf(block: string): {
  readonly first: bigint;
  readonly end: bigint;
  readonly bytes: number;
} {
  const [address = '', length] = block.split('/');
  const parts = ipaddr.parse(address).toByteArray();
  const bits = BigInt(parts.length * 8 - Number(length ?? parts.length * 8));
  const value = parts.reduce((sum, byte) => (sum << 8n) + BigInt(byte), 0n);
  const first = (value >> bits) << bits;
  return { first, end: first + (1n << bits), bytes: parts.length };
}

export const addressText = (value: bigint, bytes: number): string =>
  ipaddr
    .fromByteArray(
      Array.from({ length: bytes }, (_, index) => Number((value >> BigInt(8 * (bytes - 1 - index))) & 255n)),
    )
    .toString();

/** Each number, one between each two, and one beyond either end. */
export function sampleNumbers(values: readonly string[]): readonly string[] {
  const sorted = [...new Set(values.map(Number))].sort((a, b) => a - b);
  const between = sorted.slice(1).map((value, index) => (value + (sorted[index] ?? value)) / 2);
  // Twice as far from nought, since one more makes no difference to a large number.
  const [first = 0, last = 0] = [sorted[0], sorted.at(-1)];
  return [...sorted, ...between, first - Math.abs(first) - 1, last + Math.abs(last) + 1].map(String);
}

/** Each time and the milliseconds beside it: nothing lies between those. */
export const sampleTimes = (values: readonly string[]): readonly string[] =>
  values
    .map((value) => (/^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value)))
    .flatMap((time) => [time - 1, time, time + 1].map((near) => new Date(near).toISOString()));
