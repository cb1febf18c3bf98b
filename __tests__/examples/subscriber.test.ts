import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Express } from 'express';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { importExample } from './example';

interface SubscriberApp {
  subscriber(options: object): Express;
}

const { subscriber } = await importExample<SubscriberApp>('subscriber/app.mjs');

let put: (key: string, body: Uint8Array) => Promise<string>;
const stored = new Map<string, string>();
let lines: string[];
let server: Server;
let url: string;

beforeAll(async () => {
  const app = subscriber({
    ...{ apiKey: 'secret', keyField: 'MSGID', log: (line: string) => lines.push(line) },
    archive: { put: (key: string, body: Uint8Array) => put(key, body) },
  });
  server = await new Promise<Server>((resolve) => {
    const listening = app.listen(0, '127.0.0.1', () => resolve(listening));
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/bizppurio/delivery-results`;
});
afterAll(() => server.close());
beforeEach(() => {
  lines = [];
  stored.clear();
  put = async (key, body) => {
    stored.set(key, Buffer.from(body).toString());
    return 'stored';
  };
});

async function deliver(body: string, key = 'secret') {
  const response = await fetch(url, {
    method: 'POST',
    body,
    headers: { 'Content-Type': 'application/json', ...(key && { 'X-Api-Key': key }) },
  });
  return { status: response.status, text: await response.text() };
}

const message = '{"messageId":"1","data":{"MSGID":"a/1","big":12345678901234567890}}';

test('a message is stored as it came, under its key, before the answer', async () => {
  expect(await deliver(message)).toEqual({ status: 204, text: '' });
  expect([...stored]).toEqual([['a!2F1', message]]);
  expect(lines).toEqual(['a/1 stored']);
});

test('one that is there already is accepted', async () => {
  put = async () => 'there already';
  expect(await deliver(message)).toEqual({ status: 204, text: '' });
});

test('one that is not stored comes again', async () => {
  put = async () => {
    throw new Error('S3 is away');
  };
  expect(await deliver(message)).toEqual({
    status: 503,
    text: '{"error":"not stored, deliver it again"}',
  });
  expect(lines).toEqual(['failed: Error: S3 is away']);
});

test.each(['', 'wrong', 'secre', 'secret2'])(
  'with the API key "%s" nothing is read or stored',
  async (key) => {
    expect(await deliver('no JSON', key)).toMatchObject({ status: 401 });
    expect(stored.size).toBe(0);
  },
);

test.each([
  ['no JSON', 'the body is no JSON object'],
  ['null', 'the body is no JSON object'],
  ['{"data":"text"}', 'data.MSGID is no text'],
  ['{"data":{"MSGID":1}}', 'data.MSGID is no text'],
  ['{"data":{"MSGID":""}}', 'data.MSGID is no text'],
  [
    `{"data":{"MSGID":"${'가'.repeat(200)}"}}`,
    'data.MSGID is too long for an object’s name'.replace('’', "'"),
  ],
])('%.30s can never be stored, and the answer says why', async (body, error) => {
  expect(await deliver(body)).toEqual({ status: 422, text: JSON.stringify({ error }) });
  expect(lines).toEqual([`refused: ${error}`]);
});

test('a body beyond all messages is refused', async () => {
  expect(await deliver('x'.repeat(2 * 1024 * 1024 + 1))).toMatchObject({ status: 413 });
});
