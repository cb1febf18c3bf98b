import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eventPattern } from '../../../../tools/rehearse/pipe/event-pattern';

const matches = (pattern: object, value: unknown) => eventPattern(pattern, 'p')(value);

test.each([
  ['an equal text', ['x'], 'x', true],
  ['another text', ['x'], 'X', false],
  ['one of several', ['x', 'y'], 'y', true],
  ['an equal number', [3], 3, true],
  ['a number for a text', [3], '3', false],
  ['null', [null], null, true],
  ['the empty text for null', [null], '', false],
  ['the empty text', [''], '', true],
  ['true', [true], true, true],
  ['an element of an array', ['x'], ['w', 'x'], true],
  ['no element of an array', ['x'], ['w', ['y']], false],
  ['an element of an array in an array', ['x'], ['w', ['x']], true],
  ['an object', ['x'], { x: 'x' }, false],
  ['a prefix', [{ prefix: 'or' }], 'order', true],
  ['a prefix within', [{ prefix: 'rd' }], 'order', false],
  ['a prefix of a number', [{ prefix: '1' }], 12, false],
  ['a prefix in another case', [{ prefix: { 'equals-ignore-case': 'OR' } }], 'order', true],
  ['a suffix', [{ suffix: 'er' }], 'order', true],
  ['a suffix at the start', [{ suffix: 'or' }], 'order', false],
  ['a suffix in another case', [{ suffix: { 'equals-ignore-case': 'ER' } }], 'order', true],
  ['another case', [{ 'equals-ignore-case': 'ORDER' }], 'Order', true],
  ['another text in another case', [{ 'equals-ignore-case': 'ORDER' }], 'Orders', false],
  ['anything but it', [{ 'anything-but': 'x' }], 'y', true],
  ['the very thing', [{ 'anything-but': 'x' }], 'x', false],
  ['anything but several', [{ 'anything-but': ['x', 'y'] }], 'y', false],
  ['a number is anything but a text', [{ 'anything-but': 'x' }], 5, true],
  ['anything but numbers', [{ 'anything-but': [1, 2] }], 3, true],
  ['anything but a number', [{ 'anything-but': 1 }], 1, false],
  ['an array with something else', [{ 'anything-but': 'x' }], ['x', 'y'], true],
  ['a range', [{ numeric: ['>', 0, '<=', 5] }], 5, true],
  ['below a range', [{ numeric: ['>', 0, '<=', 5] }], 0, false],
  ['above a range', [{ numeric: ['>', 0, '<=', 5] }], 5.1, false],
  ['an equal number by value', [{ numeric: ['=', 301.8] }], 301.8, true],
  ['at least', [{ numeric: ['>=', 5] }], 5, true],
  ['less', [{ numeric: ['<', 5] }], 5, false],
  ['a text with digits', [{ numeric: ['=', 5] }], '5', false],
  ['an address in a block', [{ cidr: '10.0.0.0/24' }], '10.0.0.255', true],
  ['an address outside', [{ cidr: '10.0.0.0/24' }], '10.0.1.0', false],
  ['an IPv6 address', [{ cidr: '2001:db8::/32' }], '2001:db8::1', true],
  ['no address', [{ cidr: '10.0.0.0/24' }], 'here', false],
  ['a field that is there', [{ exists: true }], 'x', true],
  ['a field with null', [{ exists: true }], null, true],
  ['an object that is there', [{ exists: true }], { x: 1 }, false],
  ['an object where nothing may be', [{ exists: false }], { x: 1 }, true],
  ['a field where nothing may be', [{ exists: false }], 'x', false],
  ['one of two comparisons', [{ prefix: 'a' }, { exists: false }], 'abc', true],
])('%s: %j against %j', (_, comparisons, value, expected) => {
  expect(matches({ field: comparisons }, { field: value })).toBe(expected);
});

test('a field that is missing satisfies only that it is missing', () => {
  expect(matches({ field: ['x', null, ''] }, {})).toBe(false);
  expect(matches({ field: [{ 'anything-but': 'x' }] }, {})).toBe(false);
  expect(matches({ field: [{ exists: true }] }, {})).toBe(false);
  expect(matches({ field: [{ exists: false }] }, {})).toBe(true);
  expect(matches({ a: { b: [{ exists: false }] } }, { a: 'text' })).toBe(true);
  expect(matches({ toString: [{ exists: true }] }, {})).toBe(false);
});

test('every field must match, also those within objects', () => {
  const pattern = { a: ['1'], b: { c: ['2'], d: ['3'] } };
  expect(matches(pattern, { a: '1', b: { c: '2', d: '3', e: '4' } })).toBe(true);
  expect(matches(pattern, { a: '1', b: { c: '2', d: '4' } })).toBe(false);
  expect(matches(pattern, { a: '0', b: { c: '2', d: '3' } })).toBe(false);
});

test('objects in an array match one by one, not across', () => {
  const people = { all: [{ first: 'Anna', last: 'Smith' }, [{ first: 'Peter', last: 'Jones' }]] };
  expect(matches({ all: { first: ['Peter'], last: ['Jones'] } }, people)).toBe(true);
  expect(matches({ all: { first: ['Anna'], last: ['Jones'] } }, people)).toBe(false);
});

test('one alternative is enough, beside the other fields', () => {
  const pattern = { a: ['1'], $or: [{ b: ['2'] }, { c: ['3'], d: ['4'] }] };
  expect(matches(pattern, { a: '1', b: '2' })).toBe(true);
  expect(matches(pattern, { a: '1', c: '3', d: '4' })).toBe(true);
  expect(matches(pattern, { a: '1', c: '3' })).toBe(false);
  expect(matches(pattern, { b: '2' })).toBe(false);
});

test.each([
  [{ field: [{ wildcard: '*' }] }, 'p.field[0]: Pipes do not support "wildcard"'],
  [
    { field: [{ 'anything-but': { prefix: 'a' } }] },
    'p.field[0]: Pipes do not support "anything-but" with "prefix"',
  ],
  [{ field: [{ 'anything-but': ['a', 1] }] }, 'takes texts, or numbers, and no mixture'],
  [{ field: [{ 'anything-but': [] }] }, 'takes texts, or numbers, and no mixture'],
  [{ field: [{ numeric: ['>', '0'] }] }, '"numeric" takes relations and numbers'],
  [{ field: [{ numeric: ['!', 0] }] }, '"numeric" takes relations and numbers'],
  [{ field: [{ numeric: ['>', 0, '<', 1, '<', 2] }] }, '"numeric" takes one or two relations'],
  [{ field: [{ numeric: [] }] }, '"numeric" takes one or two relations'],
  [{ field: [{ prefix: 3 }] }, 'the comparison 3'],
  [{ field: [{ 'equals-ignore-case': 3 }] }, '3 is no text'],
  [{ field: [{ cidr: '10.0.0/33' }] }, '"10.0.0/33" is no CIDR block'],
  [{ field: [{ exists: 'yes' }] }, '"exists" takes true or false'],
  [{ field: [] }, 'p.field lists no value'],
  [{ field: 'x' }, 'p.field: "x" is no event pattern'],
  [{ field: [{ regex: 'x' }] }, 'the operator "regex" is not simulated'],
  [{ field: [{ prefix: 'a', suffix: 'b' }] }, 'the comparison {"prefix":"a","suffix":"b"} is not simulated'],
  [{ field: [['x']] }, 'the comparison ["x"] is not simulated'],
  [{ field: [{ numeric: ['<', 6e9] }] }, '"numeric" with 6000000000'],
  [{ $or: [{ a: ['1'] }] }, '"$or" with'],
  [{}, 'a pattern without a field'],
])('the pattern %j is refused', (pattern, message) => {
  expect(() => eventPattern(pattern, 'p')).toThrow(message);
});

test('what is not documented for a message is said when it comes', () => {
  expect(() => matches({ a: [{ exists: true }] }, { a: [] })).toThrow('"exists" for an array without');
  expect(() => matches({ a: { b: [{ exists: false }] } }, { a: [{ b: 1 }] })).toThrow(
    '"exists": false within an array of objects',
  );
  expect(() => matches({ a: [{ numeric: ['<', 5] }] }, { a: 6e9 })).toThrow('"numeric" with 6000000000');
});

const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));

/** A pattern that lists what an object has, field by field. */
const patternOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, patternOf(inner)]))
    : [value];

const objects = fc.dictionary(
  fc.stringMatching(/^[a-z]{1,3}$/),
  fc.oneof(leaf, fc.dictionary(fc.stringMatching(/^[a-z]{1,3}$/), leaf, { minKeys: 1 })),
  { minKeys: 1 },
);

test('what an object has is a pattern that it matches, with more fields too, and with fewer not', () => {
  fc.assert(
    fc.property(objects, objects, (value, more) => {
      const pattern = patternOf(value) as object;
      expect(matches(pattern, value)).toBe(true);
      expect(matches(pattern, { ...more, ...value })).toBe(true);
      for (const name of Object.keys(value)) {
        const { [name]: _, ...fewer } = value;
        expect(matches(pattern, fewer)).toBe(false);
      }
    }),
  );
});

test('anything-but holds exactly where the values themselves do not', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ maxLength: 2 }), { minLength: 1 }),
      fc.string({ maxLength: 2 }),
      (listed, value) => {
        const but = matches({ f: [{ 'anything-but': listed }] }, { f: value });
        expect(but).toBe(!matches({ f: listed }, { f: value }));
      },
    ),
  );
});
