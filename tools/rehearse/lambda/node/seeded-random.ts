import crypto from 'node:crypto';
import type { Random } from '../../simulation/random';

/** So many bytes that a seed decides. */
export function seededBytes(random: Random, size: number): Buffer {
  const bytes = Buffer.allocUnsafe(size);
  fill(random, bytes);
  return bytes;
}

/** A UUID of version 4 that a seed decides. */
export function seededUuid(random: Random): string {
  const bytes = seededBytes(random, 16);
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

function fill(random: Random, bytes: Uint8Array): void {
  for (let offset = 0; offset < bytes.length; offset += 4) {
    let word = Math.floor(random.next() * 2 ** 32);
    for (let index = offset; index < Math.min(offset + 4, bytes.length); index++) {
      bytes[index] = word & 0xff;
      word >>>= 8;
    }
  }
}

/** `Math` with a `random` that a seed decides. */
export const seededMath = (random: Random): typeof Math =>
  Object.defineProperties(
    {},
    {
      ...Object.getOwnPropertyDescriptors(Math),
      random: { value: () => random.next(), writable: true, configurable: true },
    },
  ) as typeof Math;

/** What of `node:crypto` is chance. */
export function seededCrypto(random: Random) {
  const filled = <T extends NodeJS.ArrayBufferView>(
    array: T,
    offset = 0,
    size = array.byteLength - offset,
  ): T => {
    fill(random, new Uint8Array(array.buffer, array.byteOffset + offset, size));
    return array;
  };
  const getRandomValues = <T extends NodeJS.ArrayBufferView>(array: T) => filled(array);
  const randomUUID = () => seededUuid(random);
  const randomBytes = (size: number, callback?: (error: null, bytes: Buffer) => void) => {
    const bytes = seededBytes(random, size);
    if (!callback) return bytes;
    process.nextTick(callback, null, bytes);
    return undefined;
  };
  const randomInt = (low: number, high?: number) =>
    high === undefined ? random.between(0, low - 1) : random.between(low, high - 1);
  return { getRandomValues, randomUUID, randomBytes, randomInt, randomFillSync: filled };
}

/**
 * Functions of `node:crypto` that work in threads of their own, and so in no time that a clock here knows.
 */
export const threadedCrypto = [
  'checkPrime',
  'generateKey',
  'generateKeyPair',
  'generatePrime',
  'hkdf',
  'pbkdf2',
  'randomFill',
  'scrypt',
  'subtle',
  'webcrypto',
].filter((name) => name in crypto);
