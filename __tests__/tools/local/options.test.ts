import { expect, test } from 'vitest';
import { localOptions, UsageError } from '../../../tools/local/options';

test('without options a free port, time as it goes, and signatures asked for', () => {
  expect(localOptions([])).toEqual({ env: undefined, port: 0, timeFactor: 1, unsigned: false, help: false });
});

test('all of them', () => {
  const given = ['--env', 'prod', '--port', '8080', '--time-factor=60', '--unsigned'];
  expect(localOptions(given)).toMatchObject({ env: 'prod', port: 8080, timeFactor: 60, unsigned: true });
});

test.each([
  [['--port', '0'], '--port 0: it takes a whole number from 1 to 65535'],
  [['--port', '65536'], '--port 65536: it takes'],
  [['--port', '80 80'], '--port 80 80: it takes'],
  [['--port', '1e3'], '--port 1e3: it takes'],
  [['--time-factor', '0.5'], '--time-factor 0.5: it takes a whole number from 1 to 3600'],
  [['--time-factor', '3601'], '--time-factor 3601: it takes'],
  [['--prot', '1'], "Unknown option '--prot'"],
  [['dev'], "Unexpected argument 'dev'"],
])('%j is refused', (args, message) => {
  expect(() => localOptions(args)).toThrow(UsageError);
  expect(() => localOptions(args)).toThrow(message);
});
