import { expect, test } from 'vitest';
import { styleFor } from '../../tools/terminal';

test('a terminal gets colours', () => {
  const { green, bold } = styleFor({ isTTY: true }, {});

  expect(bold(green('x'))).toBe('\u001b[1m\u001b[32mx\u001b[39m\u001b[22m');
});

test.each([
  [{}, {}],
  [{ isTTY: false }, {}],
  [{ isTTY: true }, { NO_COLOR: '1' }],
])('the stream %j with %j gets text as it is', (stream, environment) => {
  const { green, red, bold, dim } = styleFor(stream, environment);

  expect(dim(bold(red(green('x'))))).toBe('x');
});
