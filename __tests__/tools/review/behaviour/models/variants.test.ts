import { describe, expect, it } from 'vitest';
import { variants } from '../../../../../tools/review/behaviour/models/variants';

const texts = (value: unknown, ...schemas: readonly Readonly<Record<string, unknown>>[]) =>
  [...variants(value, schemas)].map((variant) => JSON.stringify(variant));

describe('variants of a value', () => {
  it('have each property dropped, emptied, too long and of other types', () => {
    const found = texts({ a: 'one', b: { c: 2 } });
    expect(found).toEqual(
      expect.arrayContaining([
        '{"b":{"c":2}}',
        '{"a":"","b":{"c":2}}',
        `{"a":"${'x'.repeat(300)}","b":{"c":2}}`,
        '{"a":null,"b":{"c":2}}',
        '{"a":[],"b":{"c":2}}',
        '{"a":"one","b":{}}',
        '{"a":"one","b":{"c":"x"}}',
        '{"a":"one","b":{"c":2},"propertyThatNobodyKnows":"x"}',
      ]),
    );
  });

  it('have what schemas name: properties, listed values, both sides of limits', () => {
    const properties = {
      a: { enum: ['one', 'two'] },
      n: { minimum: 5 },
      t: { maxLength: 2 },
      l: { minItems: 1 },
    };
    expect(texts({}, { properties })).toEqual(
      expect.arrayContaining([
        '{"a":"two"}',
        '{"n":4}',
        '{"n":5}',
        '{"t":"aa"}',
        '{"t":"aaa"}',
        '{"l":[]}',
        '{"l":["x"]}',
      ]),
    );
  });

  it('go into lists', () => {
    const schema = { properties: { items: { items: { properties: { id: { enum: ['x1'] } } } } } };
    expect(texts({ items: [{}] }, schema)).toContain('{"items":[{"id":"x1"}]}');
  });

  it('are not made where a limit is beyond what can be sent', () => {
    const longest = Math.max(
      ...texts({}, { properties: { a: { maxLength: 1e9 } } }).map(({ length }) => length),
    );
    expect(longest).toBeLessThan(1_000);
  });
});
