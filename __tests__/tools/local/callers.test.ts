import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import type { Environment } from '../../../environments/environment';
import { banner } from '../../../tools/local/banner';
import { exampleCall } from '../../../tools/local/example-calls';
import { type LocalServer, serveLocally } from '../../../tools/local/local-server';
import { rehearsalInputs } from '../../../tools/rehearse/rehearse-all';
import { systemOf } from '../../../tools/rehearse/world/system';
import { synthesizeAll } from '../../../tools/synth/synthesize';
import { styleFor } from '../../../tools/terminal';
import { exampleCallback, exampleEnvironment } from '../../stacks/example-environment';

const role = 'arn:aws:iam::444455556666:role/sender';
const environment: Environment = {
  ...exampleEnvironment,
  callbackReceiver: {
    privateEndpoint: { vpcEndpointIds: ['vpce-01234567'] },
    callbacks: [
      {
        ...exampleCallback,
        apiKey: {},
        authorization: { kind: 'aws-iam', callerRoleArns: [role] },
      },
    ],
  },
};

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'local-callers-'));
const [input] = rehearsalInputs(synthesizeAll(folder, [environment]), folder);
fs.rmSync(folder, { recursive: true, force: true });
if (!input) throw new Error('nothing was synthesized');
const system = systemOf(input.stacks, input.wanted);
const flow = system.flows.find(({ kind }) => kind === 'callback') as Parameters<typeof exampleCall>[0];

const running: LocalServer[] = [];
afterAll(() => Promise.all(running.map((server) => server.close())));

async function serve(unsigned: boolean) {
  const server = await serveLocally(system, {
    environment: 'test',
    port: 0,
    timeFactor: 1,
    unsigned,
    log: () => {},
  });
  running.push(server);
  const told = await banner(server, {
    environment: 'test',
    timeFactor: 1,
    unsigned,
    keys: false,
    style: styleFor({ isTTY: false }, {}),
  });
  const curl = told.split('\n').find((line) => line.startsWith('  curl -i')) ?? '';
  const statusOf = async (line: string) => {
    const { stdout } = await promisify(execFile)('sh', ['-c', line.replace('curl -i', 'curl -s -i')]);
    return stdout.split('\r\n')[0];
  };
  return { curl, statusOf, told };
}

test('the line to paste has the key and a signature, and none of them can be left out', async () => {
  const { curl, statusOf, told } = await serve(false);

  expect(told).toContain(`It is signed as ${role}`);
  expect(await statusOf(curl)).toBe('HTTP/1.1 200 OK');
  expect(await statusOf(curl.replace(/-H 'X-Api-Key: \w+'/, ''))).toBe('HTTP/1.1 403 Forbidden');
  expect(await statusOf(curl.replace(/--aws-sigv4 \S+ --user \S+/, ''))).toBe('HTTP/1.1 403 Forbidden');
});

test('unsigned it needs no signature, and the key all the same', async () => {
  const { curl, statusOf } = await serve(true);

  expect(curl).not.toContain('sigv4');
  expect(await statusOf(curl)).toBe('HTTP/1.1 200 OK');
  expect(await statusOf(curl.replace(/-H 'X-Api-Key: \w+'/, ''))).toBe('HTTP/1.1 403 Forbidden');
});

test('a call of who needs neither has neither', async () => {
  const { apiKey: _, ...plain } = flow;

  expect((await exampleCall(plain, 'http://127.0.0.1:1')).curl).not.toMatch(/Api-Key|sigv4/);
});
