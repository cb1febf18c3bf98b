import { createHash } from 'node:crypto';

const MAX_PREFIX_BYTES = 512;
const MAX_NAME_BYTES = 512;
const READABLE_CHARACTERS = 400;

/**
 * The object key for a message key: one for each, and no two message keys share one.
 *
 * - Letters, digits, `-` and `_` stand for themselves; every other byte of the UTF-8 form becomes `!` and two hex
 *   digits: `a/b#1` is `a!2Fb!231`. `!` is among the characters that S3 calls safe, unlike `%`; dots and slashes
 *   are escaped so that no tool takes `..` or `/` for a folder.
 * - A name beyond 512 bytes (S3 allows 1,024 with the prefix) is its first 400 characters, `!!`, and the SHA-256
 *   of the message key in hex. `!!` occurs in no other name.
 */
export function objectKeyFor(messageKey: string, prefix: string): string {
  const name = escaped(messageKey);
  if (name.length <= MAX_NAME_BYTES) return prefix + name;
  const digest = createHash('sha256').update(messageKey).digest('hex');
  return `${prefix}${name.slice(0, READABLE_CHARACTERS)}!!${digest}`;
}

/** @throws when KEY_PREFIX is longer than 512 characters, starts with `/`, or has an unsafe character or part. */
export function checkedPrefix(prefix: string): string {
  const isSafe = /^[A-Za-z0-9!_.*'()/-]*$/.test(prefix) && !/^\/|\/\/|(^|\/)\.\.?(\/|$)/.test(prefix);
  if (isSafe && prefix.length <= MAX_PREFIX_BYTES) return prefix;
  throw new Error(
    `The environment variable KEY_PREFIX is "${prefix}": it may have ${MAX_PREFIX_BYTES} letters, digits and ` +
      "!_.*'()/-, must not start with / and must not hold //, or . or .. between slashes.",
  );
}

function escaped(messageKey: string): string {
  return Array.from(Buffer.from(messageKey), (byte) => {
    const character = String.fromCharCode(byte);
    if (/[A-Za-z0-9_-]/.test(character)) return character;
    return `!${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');
}
