import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Environment } from '../../../environments/environment';
import { banner } from '../../../tools/local/banner';
import { type LocalServer, serveLocally } from '../../../tools/local/local-server';
import { rehearsalInputs } from '../../../tools/rehearse/rehearse-all';
import { systemOf } from '../../../tools/rehearse/world/system';
import { synthesizeAll } from '../../../tools/synth/synthesize';
import { styleFor } from '../../../tools/terminal';
import { dev } from '../../fixtures/environments/dev';

const certificateArn = `arn:aws:acm:ap-northeast-2:${dev.accountId}:certificate/1`;
const mutualTls = { truststoreUri: 's3://trusted/authorities.pem' };

const { subscriberPipe: _, ...others } = dev;
const environment: Environment = {
  ...others,
  callbackReceiver: {
    callbacks: [{ name: 'orders', path: '/orders', allowList: ['203.0.113.0/24'], schema: {} }],
    disableExecuteApiEndpoint: true,
    domain: { name: 'gw.example.com', basePath: 'in/events', certificateArn, mutualTls },
  },
  websocketReply: { domain: { name: 'ws.example.com', certificateArn } },
};

let server: LocalServer;
beforeAll(async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'local-domain-'));
  try {
    const [input] = rehearsalInputs(synthesizeAll(folder, [environment]), folder);
    if (!input) throw new Error('no stacks');
    const system = systemOf(input.stacks, input.wanted);
    server = await serveLocally(system, {
      environment: 'dev',
      port: 0,
      timeFactor: 1,
      unsigned: false,
      log: () => {},
    });
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}, 60_000);
afterAll(() => server.close());

const post = (host: string, at: string) =>
  new Promise<number | undefined>((resolve, reject) => {
    const headers = { Host: host, 'Content-Type': 'application/json' };
    http
      .request(`${server.url}${at}`, { method: 'POST', headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
      .on('error', reject)
      .end('{}');
  });

test.each([
  ['gw.example.com', '/in/events/orders', 200],
  ['gw.example.com:8080', '/in/events/orders', 200],
  ['gw.example.com', '/v1/orders', 403],
  ['ws.example.com', '/v1/orders', 404],
  ['127.0.0.1', '/v1/orders', 200],
  ['127.0.0.1', '/in/events/orders', 404],
])('POST to %s%s gets %i', async (host, at, status) => {
  expect(await post(host, at)).toBe(status);
});

test.each([
  ['ws.example.com', '/', 'open'],
  ['gw.example.com', '/in/events', 404],
  ['gw.example.com', '/v1', 404],
  ['127.0.0.1', '/v1', 'open'],
])('a client of ws://%s%s gets %s', async (host, at, outcome) => {
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}${at}`, { headers: { Host: host } });
  const got = await new Promise((resolve) => {
    socket.on('open', () => resolve('open'));
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode));
  });
  socket.on('error', () => {});
  socket.terminate();
  expect(got).toBe(outcome);
});

test('the banner tells what the domains lead to, and how to get there', async () => {
  const style = styleFor({ isTTY: false }, {});
  const options = { environment: 'dev', timeFactor: 1, unsigned: false, keys: false, style };
  const text = await banner(server, options);
  expect(text).toContain(`gw.example.com/in/events leads to /v1, and nothing else does at AWS
  Here a request is for it that says so: -H 'Host: gw.example.com'.
  Callers must show a certificate there; here nobody is asked.`);
  expect(text).toContain(`ws.example.com leads to /v1
  Here a request is for it that says so: -H 'Host: ws.example.com'.`);
});
