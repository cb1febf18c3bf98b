import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isPlain, numbersIn, survives } from '../../../../tools/rehearse/pipe/json-numbers';

test('numbers within texts are none', () => {
  expect(numbersIn('{"a1":[1,-2.5e+3],"b":"3 \\" 4","c":0.10}')).toEqual(['1', '-2.5e+3', '0.10']);
});

test.each([
  ['3', true],
  ['-0.5', true],
  ['3.0', false],
  ['3e2', false],
  ['-0', false],
])('%s is written plainly: %s', (number, expected) => {
  expect(isPlain(number)).toBe(expected);
});

test.each([
  ['1.50', true],
  ['0.0', true],
  ['123456789012345e3', true],
  ['1234567890123456.0', false],
  ['12345678901234567890', false],
  ['1e400', false],
  ['1e-400', false],
])('%s keeps its value: %s', (number, expected) => {
  expect(survives(number)).toBe(expected);
});

test('whatever JavaScript writes survives, and is found', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true })), (values) => {
      const found = numbersIn(JSON.stringify(values));
      expect(found.map(Number)).toEqual(values.map((value) => Number(JSON.stringify(value))));
      expect(found.every(survives)).toBe(true);
    }),
  );
});
