import { expect, test } from 'vitest';
import { idSource } from '../../../../tools/rehearse/simulation/ids';
import { random } from '../../../../tools/rehearse/simulation/random';

const numbers = (source: { next(): number }) => Array.from({ length: 1000 }, () => source.next());

test('a seed gives the same numbers again, another seed gives others', () => {
  expect(numbers(random('a'))).toEqual(numbers(random('a')));
  expect(numbers(random('a'))).not.toEqual(numbers(random('b')));
});

test('who draws from a fork changes nothing for the others', () => {
  const drawn = random('a');
  numbers(drawn.fork('other'));

  expect(numbers(drawn)).toEqual(numbers(random('a')));
  expect(numbers(random('a').fork('x'))).not.toEqual(numbers(random('a').fork('y')));
});

test('numbers are spread over their range, and no further', () => {
  const source = random('spread');
  const dice = Array.from({ length: 6000 }, () => source.between(1, 6));

  for (const face of [1, 2, 3, 4, 5, 6]) {
    const count = dice.filter((value) => value === face).length;
    expect(count).toBeGreaterThan(850);
    expect(count).toBeLessThan(1150);
  }
  expect(new Set(dice).size).toBe(6);
  expect(numbers(source).every((value) => value >= 0 && value < 1)).toBe(true);
});

test('a chance of 5 % comes up about once in twenty; one of nothing never, one of all always', () => {
  const source = random('chance');
  const count = (probability: number) =>
    Array.from({ length: 10_000 }, () => source.chance(probability)).filter(Boolean).length;

  expect(count(0.05)).toBeGreaterThan(400);
  expect(count(0.05)).toBeLessThan(600);
  expect([count(0), count(1)]).toEqual([0, 10_000]);
});

test('ids are UUIDs, never the same twice, and the same for the same seed', () => {
  const ids = idSource('a');
  const first = Array.from({ length: 100 }, ids);
  const again = idSource('a');

  expect(new Set(first).size).toBe(100);
  expect(
    first.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/.test(id)),
  ).toBe(true);
  expect(Array.from({ length: 100 }, again)).toEqual(first);
});
