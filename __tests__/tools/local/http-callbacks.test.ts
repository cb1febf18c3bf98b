import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Environment } from '../../../environments/environment';
import { banner } from '../../../tools/local/banner';
import { type LocalServer, serveLocally } from '../../../tools/local/local-server';
import { rehearsalInputs } from '../../../tools/rehearse/rehearse-all';
import { type System, systemOf } from '../../../tools/rehearse/world/system';
import { synthesizeAll } from '../../../tools/synth/synthesize';
import { styleFor } from '../../../tools/terminal';

const environment: Environment = {
  name: 'dev',
  accountId: '111122223333',
  region: 'ap-northeast-2',
  state: { kind: 'local' },
  callbackReceiver: {
    callbacks: [{ name: 'rest', path: '/rest', allowList: ['203.0.113.0/24'], schema: { type: 'object' } }],
  },
  httpCallbackReceiver: {
    cors: { allowOrigins: ['https://shop.example.com'] },
    callbacks: [
      {
        name: 'signed',
        path: '/signed',
        jwt: { issuer: 'https://login.example.com', audience: ['gateway'] },
      },
    ],
  },
};

function synthesized(given: Environment): System {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'local-http-'));
  try {
    const [input] = rehearsalInputs(synthesizeAll(folder, [given]), folder);
    if (!input) throw new Error('nothing was synthesized');
    return systemOf(input.stacks, input.wanted);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

const options = { environment: 'dev', port: 0, timeFactor: 1, unsigned: false, log: () => {} };
let server: LocalServer;

beforeAll(async () => {
  server = await serveLocally(synthesized(environment), options);
});
afterAll(() => server.close());

test('what the banner says to type works as it stands, token included', async () => {
  const style = styleFor(process.stdout, { NO_COLOR: '1' });
  const text = await banner(server, { ...options, keys: false, style });
  const calls = text.split('\n').filter((line) => line.includes('curl -i'));
  expect(calls.length).toBe(2);
  for (const call of calls) {
    const { stdout } = await promisify(execFile)('sh', ['-c', `${call.trim()} -s`]);
    expect(stdout).toMatch(/^HTTP\/1\.1 200 /);
  }
  expect(server.world.account('arn:aws:sqs:ap-northeast-2:111122223333:dev-signed').accepted).toBe(1);
});

test('without a token the answer is API Gateway’s 401, and a page’s preflight is answered', async () => {
  const url = `${server.url}/v1/signed`;
  const answer = await fetch(url, { method: 'POST', body: 'x' });
  expect([answer.status, await answer.text()]).toEqual([401, '{"message":"Unauthorized"}']);
  const preflight = await fetch(url, { method: 'OPTIONS', headers: { Origin: 'https://shop.example.com' } });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get('access-control-allow-origin')).toBe('https://shop.example.com');
});

test('a path that two APIs have under one stage cannot be served here', async () => {
  const callbacks = [{ name: 'signed', path: '/rest' }];
  const system = synthesized({ ...environment, httpCallbackReceiver: { callbacks } });
  await expect(serveLocally(system, options)).rejects.toThrow('a REST API with /v1/rest beside it');
});
