import { expect, test } from 'vitest';
import { localOptions, UsageError } from '../../../tools/local/options';

test('without options a free port, time as it goes, and signatures asked for', () => {
  expect(localOptions([])).toEqual({
    ...{ env: undefined, port: 0, timeFactor: 1, unsigned: false, help: false },
    subscribers: new Map(),
  });
});

test('all of them', () => {
  const given = ['--env', 'prod', '--port', '8080', '--time-factor=60', '--unsigned'];
  expect(localOptions(given)).toMatchObject({ env: 'prod', port: 8080, timeFactor: 60, unsigned: true });
});

test('real subscribers, by name', () => {
  const urls = ['http://127.0.0.1:3000/a?b=c', 'http://localhost:3001/', 'http://[::1]:3002/'];
  const given = urls.flatMap((url, index) => ['--subscriber', `s-${index}=${url}`]);
  expect([...localOptions(given).subscribers].map(([name, url]) => [name, url.href])).toEqual(
    urls.map((url, index) => [`s-${index}`, url]),
  );
});

test.each([
  'http://127.0.0.1:3000',
  'a=https://127.0.0.1/',
  'a=http://192.168.0.1/',
  'a=http://127.0.0.1.example.com/',
  'a=',
  'a=b',
])('--subscriber %s is refused', (text) => {
  expect(() => localOptions(['--subscriber', text])).toThrow(
    `--subscriber ${text}: it takes a subscription's name`,
  );
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
