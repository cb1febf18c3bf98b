import { expect, test } from 'vitest';
import { doctorOptions, UsageError } from '../../../tools/doctor/options';

test('an environment is enough', () => {
  expect(doctorOptions(['prod'])).toEqual({
    environment: 'prod',
    stack: undefined,
    probe: false,
    restEndpoint: undefined,
    webSocketEndpoint: undefined,
    profile: undefined,
    policy: false,
    json: false,
  });
});

test('everything else is an option, in any place', () => {
  expect(
    doctorOptions([
      '--probe',
      '--rest-endpoint=https://events.example.com/v1/',
      'prod',
      '--websocket-endpoint',
      'wss://chat.example.com/v1',
      '--profile',
      'on-call',
      '--stack',
      'prod-websocket-reply',
      '--policy',
      '--json',
    ]),
  ).toEqual({
    environment: 'prod',
    stack: 'prod-websocket-reply',
    probe: true,
    restEndpoint: 'https://events.example.com/v1',
    webSocketEndpoint: 'wss://chat.example.com/v1',
    profile: 'on-call',
    policy: true,
    json: true,
  });
});

test.each([['--help'], ['-h'], ['prod', '--help']])('%s asks for help', (...args) => {
  expect(doctorOptions(args)).toBeUndefined();
});

test.each([
  [[], 'which environment? npm run doctor -- <environment>'],
  [['dev', 'prod'], 'one environment at a time, not also prod'],
  [['dev', '--fix'], "Unknown option '--fix'"],
  [['dev', '--stack'], "Option '--stack <value>' argument missing"],
  [
    ['dev', '--rest-endpoint', 'events.example.com'],
    '--rest-endpoint events.example.com: it is a URL that begins with https:// or http://',
  ],
  [
    ['dev', '--rest-endpoint', 'wss://x.example'],
    '--rest-endpoint wss://x.example: it is a URL that begins with https:// or http://',
  ],
  [
    ['dev', '--websocket-endpoint', 'https://x.example'],
    '--websocket-endpoint https://x.example: it is a URL that begins with wss:// or ws://',
  ],
])('%j is refused', (args, message) => {
  expect(() => doctorOptions(args)).toThrow(UsageError);
  expect(() => doctorOptions(args)).toThrow(message);
});
