import { expect, it } from 'vitest';
import { canonicalJson } from '../../synthesis/canonical-json';

it('orders keys at every depth and keeps the order of lists', () => {
  expect(canonicalJson({ b: [{ d: 1, c: 2 }, 'x'], a: null })).toBe('{"a":null,"b":[{"c":2,"d":1},"x"]}');
});
