import { afterEach, expect, test, vi } from 'vitest';
import { optionalCount } from '../../../lambda-src/shared/environment';

afterEach(() => vi.unstubAllEnvs());

test.each([
  [undefined, undefined],
  ['', undefined],
  ['1', 1],
  ['480', 480],
])('the count %j is %j', (value, count) => {
  vi.stubEnv('A_COUNT', value);

  expect(optionalCount('A_COUNT')).toBe(count);
});

test.each(['0', '-1', '1.5', 'five', ' 5', '1e3'])(
  '%j is no count, and the error names the variable',
  (value) => {
    vi.stubEnv('A_COUNT', value);

    expect(() => optionalCount('A_COUNT')).toThrow(
      `The environment variable A_COUNT is "${value}": it must be a whole number from 1 on, or left out.`,
    );
  },
);
