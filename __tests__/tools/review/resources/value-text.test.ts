import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attributeChange, pathText } from '../../../../tools/review/resources/value-text';

const textOf = (before: unknown, after: unknown) => attributeChange({ path: ['a'], before, after });

describe('the text of a changed value', () => {
  it('is the value as it is where it is short, and absent where there is none', () => {
    expect(textOf(30, 90)).toEqual({ path: 'a', before: '30', after: '90' });
    expect(textOf(undefined, ['a', 'b'])).toEqual({ path: 'a', before: undefined, after: 'a, b' });
    expect(textOf({ b: 1 }, false)).toEqual({ path: 'a', before: '{"b":1}', after: 'false' });
  });

  it('is of a long one the part that differs', () => {
    const [start, end] = ['s'.repeat(300), 'e'.repeat(300)];
    expect(textOf(`${start}one${end}`, `${start}two${end}`)).toEqual({
      path: 'a',
      before: `…${'s'.repeat(20)}one${'e'.repeat(20)}…`,
      after: `…${'s'.repeat(20)}two${'e'.repeat(20)}…`,
    });
  });

  it('is of a long list what only one has', () => {
    const common = Array.from({ length: 50 }, (_, index) => `198.51.100.${index}/32`);
    expect(textOf(['a', ...common], ['b', ...common])).toEqual({
      path: 'a',
      before: 'a, and 50 more',
      after: 'b, and 50 more',
    });
  });

  it('says of a policy’s statement what it does', () => {
    const statement = { Effect: 'Allow', Action: ['sqs:SendMessage'], Resource: ['a'] };
    expect(textOf(undefined, statement).after).toBe('Allow sqs:SendMessage on a');
  });

  it('is never long, and never the same for two values that differ', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 1000 }), fc.string({ maxLength: 1000 }), (before, after) => {
        fc.pre(before !== after);
        const change = textOf(before, after);
        expect(change.before?.length).toBeLessThan(200);
        expect(change.after?.length).toBeLessThan(200);
        expect(change.before).not.toBe(change.after);
      }),
    );
  });

  it('has the indexes of blocks in its path', () => {
    expect(pathText(['a', 'b', 1, 'c'])).toBe('a.b[1].c');
  });
});
