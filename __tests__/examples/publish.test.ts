import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { importExample } from './example';

interface Publisher {
  publish(url: string, body: string, options: object): Promise<object>;
  forEachAtOnce<T>(items: Iterable<T>, concurrency: number, work: (item: T) => Promise<void>): Promise<void>;
}

const { forEachAtOnce, publish } = await importExample<Publisher>('publisher/publish.mjs');

type Answer = readonly [status: number, headers?: Record<string, string>] | 'reset' | 'silence';

let answers: Answer[];
let seen: { readonly key: unknown; readonly at: number; readonly body: string }[];
const server = http.createServer(async (request, response) => {
  const at = performance.now();
  let body = '';
  for await (const part of request) body += part;
  seen.push({ key: request.headers['idempotency-key'], at, body });
  const answer = answers.shift() ?? [200];
  if (answer === 'reset') request.socket.resetAndDestroy();
  else if (answer !== 'silence') response.writeHead(answer[0], answer[1]).end('said so');
});
let url: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterAll(() => server.closeAllConnections());
beforeEach(() => {
  answers = [];
  seen = [];
});

const quick = { idempotencyKey: 'k', firstDelay: 4, longestDelay: 2_000, timeout: 500 };

test('what may yet succeed is posted again, with the same key and body, until it is accepted', async () => {
  answers = [[500], [502], [503], [429], [408], 'reset', 'silence', [202]];
  expect(await publish(url, '{"a":1}', quick)).toEqual({ status: 202, attempts: 8, body: 'said so' });
  expect(new Set(seen.map(({ key, body }) => `${key} ${body}`))).toEqual(new Set(['k {"a":1}']));
});

test.each([301, 400, 401, 403, 404, 409, 413, 415, 422])('a %i is given up at once', async (status) => {
  answers = [[status]];
  await expect(publish(url, '', quick)).rejects.toThrow(`${status}: said so`);
  expect(seen).toHaveLength(1);
});

test('after so many attempts it is given up, and says why', async () => {
  answers = [[503], [503], [503]];
  await expect(publish(url, '', { ...quick, attempts: 3 })).rejects.toThrow(
    '503: said so, at attempt 3, the last',
  );
});

test('nobody there is as no answer', async () => {
  await expect(publish('http://127.0.0.1:1/', '', { ...quick, attempts: 2 })).rejects.toThrow(
    /^no answer: .*, at attempt 2, the last$/,
  );
});

test.each([
  ['seconds', () => '1'],
  ['a date', () => new Date(Date.now() + 2_000).toUTCString()],
])('Retry-After in %s is waited for', async (_form, value) => {
  answers = [[429, { 'Retry-After': value() }]];
  await publish(url, '', quick);
  const [first, second] = seen;
  expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThan(900);
});

test('a Retry-After beyond all patience is given up', async () => {
  answers = [[503, { 'Retry-After': '3600' }]];
  await expect(publish(url, '', quick)).rejects.toThrow('503: said so, Retry-After 3600000 ms');
});

test('what is no URL or no header is said at once', async () => {
  await expect(publish('no url', '', quick)).rejects.toThrow(TypeError);
  await expect(publish(url, '', { ...quick, idempotencyKey: '가' })).rejects.toThrow(TypeError);
});

test('so many are under way at once, and no more', async () => {
  let [underWay, most, done] = [0, 0, 0];
  await forEachAtOnce(Array.from({ length: 20 }).keys(), 3, async () => {
    most = Math.max(most, ++underWay);
    await sleep(1);
    underWay--;
    done++;
  });
  expect({ most, done }).toEqual({ most: 3, done: 20 });
});
