import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keywordDifference } from '../../../../../tools/review/behaviour/models/keyword-difference';

describe('the difference of two schemas in words', () => {
  it.each([
    [{ maxLength: 20 }, { maxLength: 10 }, ['maxLength 20 → 10 at /']],
    [
      { properties: { PHONE: { maxLength: 20 } } },
      { properties: { PHONE: { maxLength: 10, type: 'string' } } },
      ['maxLength 20 → 10 at /properties/PHONE', 'type none → "string" at /properties/PHONE'],
    ],
    [{ enum: ['a', 'b'] }, { enum: ['b', 'c'] }, ['enum no longer has "a" at /', 'enum also has "c" at /']],
    [{ required: ['a'] }, {}, ['required "a" → none at /']],
    [{}, { required: ['a'] }, ['required none → "a" at /']],
    [{}, { properties: { title: { type: 'string' } } }, ['title {"type":"string"} is new at /properties']],
    [{ properties: { id: {} } }, {}, ['id {} is gone at /properties']],
    [{ allOf: [{ minimum: 1 }] }, { allOf: [{ minimum: 2 }] }, ['minimum 1 → 2 at /allOf/0']],
    [{ items: { type: 'string' } }, { items: [] }, ['items {"type":"string"} → [] at /']],
  ])('%j and %j', (base, head, expected) => {
    expect(keywordDifference(base, head)).toEqual(expected);
  });

  it('is nothing for titles, descriptions, and the order of what has none', () => {
    const base = { title: 'a', required: ['a', 'b'], enum: [1, 2], properties: { a: {}, b: {} } };
    const head = { properties: { b: {}, a: {} }, enum: [2, 1], required: ['b', 'a'], description: 'b' };
    expect(keywordDifference(base, head)).toEqual([]);
  });

  it('is nothing between a schema and itself, whatever it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (schema) => {
        expect(keywordDifference(schema, structuredClone(schema))).toEqual([]);
      }),
    );
  });
});
