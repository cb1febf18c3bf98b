import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { smallest } from '../../../../../tools/review/behaviour/models/smallest';

const hasText = (value: unknown, part: string) => JSON.stringify(value).includes(part);

describe('a smaller value', () => {
  it('keeps only what matters', () => {
    const value = { a: [1, 2, { deep: 'needle in hay' }], b: { c: 'x'.repeat(500) }, d: 7 };
    expect(smallest(value, (candidate) => hasText(candidate, 'needle'))).toEqual({
      a: [{ deep: 'needle' }],
    });
  });

  it('may keep texts whole', () => {
    const value = { a: 'needle in hay', b: 1 };
    expect(smallest(value, (candidate) => hasText(candidate, 'needle'), { shorten: false })).toEqual({
      a: 'needle in hay',
    });
  });

  it('holds what it was asked to hold, and is never longer', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), fc.nat(12), (value, length) => {
        const holds = (candidate: unknown) => JSON.stringify(candidate).length >= length;
        fc.pre(holds(value));
        const small = smallest(value, holds);
        expect(holds(small)).toBe(true);
        expect(JSON.stringify(small).length).toBeLessThanOrEqual(JSON.stringify(value).length);
      }),
    );
  });
});
