import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkedPrefix, objectKeyFor } from '../../../lambda-src/archive-to-s3/object-key';

function messageKeyOf(objectName: string): string {
  const bytes = objectName.replace(/!([0-9A-F]{2})/g, '%$1');
  return decodeURIComponent(bytes);
}

describe('object key', () => {
  test.each([
    ['201027134355944sms027420servqer0', '201027134355944sms027420servqer0'],
    ['240919184410123#at004711servR1aB9', '240919184410123!23at004711servR1aB9'],
    ['a/b', 'a!2Fb'],
    ['..', '!2E!2E'],
    ['../../etc', '!2E!2E!2F!2E!2E!2Fetc'],
    ['a!2Fb', 'a!212Fb'],
    ['고', '!EA!B3!A0'],
    ['🙂', '!F0!9F!99!82'],
    ['a b+c%20', 'a!20b!2Bc!2520'],
    ['\u0000\n', '!00!0A'],
    ['Key-1_x', 'Key-1_x'],
  ])('of %j is %s', (messageKey, name) => {
    expect(objectKeyFor(messageKey, 'in/')).toBe(`in/${name}`);
  });

  const anyKey = fc.oneof(
    fc.string({ unit: 'binary', minLength: 1 }),
    fc.string({ unit: fc.constantFrom('!', '2', 'F', '/', '.', '\u00e9', 'e\u0301', 'a'), minLength: 1 }),
  );

  test('decodes to its message key again, so no two keys meet', () => {
    fc.assert(fc.property(anyKey, (key) => messageKeyOf(objectKeyFor(key, '')) === key));
  });

  test('has at most 1,024 safe characters for any length of key', () => {
    const longKey = fc.string({ unit: 'binary', minLength: 1, maxLength: 3_000 });
    fc.assert(
      fc.property(longKey, (key) => /^[A-Za-z0-9_!-]{1,1024}$/.test(objectKeyFor(key, 'p'.repeat(512)))),
    );
  });

  test('of a long message key stays distinct, and apart from every short one', () => {
    const long = 'k'.repeat(600);
    const [one, other, short] = [`${long}1`, `${long}2`, 'k'.repeat(512)].map((key) => objectKeyFor(key, ''));

    expect(one).toMatch(/^k{400}!![0-9a-f]{64}$/);
    expect(other).toMatch(/^k{400}!![0-9a-f]{64}$/);
    expect(one).not.toBe(other);
    expect(short).toBe('k'.repeat(512));
    expect(objectKeyFor(one ?? '', '')).not.toBe(one);
  });
});

describe('KEY_PREFIX', () => {
  test.each(['', 'callbacks/', 'dev/callbacks/2024-', 'a.b/', 'p'.repeat(512)])('may be %j', (prefix) => {
    expect(checkedPrefix(prefix)).toBe(prefix);
  });

  test.each(['/callbacks/', 'a//b', '../a', 'a/../b/', 'a/.', 'a b', 'a#', '고', 'p'.repeat(513)])(
    'may not be %j',
    (prefix) => {
      expect(() => checkedPrefix(prefix)).toThrow(`The environment variable KEY_PREFIX is "${prefix}"`);
    },
  );
});
