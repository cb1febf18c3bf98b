import { execFile, execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { banner } from '../../../tools/local/banner';
import { type LocalServer, serveLocally } from '../../../tools/local/local-server';
import { signedCall } from '../../../tools/local/signed-call';
import { rehearsalInputs } from '../../../tools/rehearse/rehearse-all';
import type { CallbackFlow } from '../../../tools/rehearse/world/flows';
import { systemOf } from '../../../tools/rehearse/world/system';
import { synthesizeAll } from '../../../tools/synth/synthesize';
import { exampleCallback, exampleEnvironment } from '../../stacks/example-environment';

const secretArn = 'arn:aws:secretsmanager:ap-northeast-2:111122223333:secret:orders-a1B2c3';
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'signed-requests-'));
const lines: string[] = [];
let server: LocalServer;

beforeAll(async () => {
  const [input] = rehearsalInputs(
    synthesizeAll(folder, [
      {
        ...exampleEnvironment,
        callbackReceiver: {
          callbacks: [{ ...exampleCallback, authorization: { kind: 'hmac', secretArn } }],
        },
      },
    ]),
    folder,
  );
  if (!input) throw new Error('nothing was synthesized');
  server = await serveLocally(systemOf(input.stacks, input.wanted), {
    environment: 'test',
    port: 0,
    timeFactor: 1,
    unsigned: false,
    log: (line) => lines.push(line),
  });
  fs.writeFileSync(path.join(folder, 'body.json'), '{"id":"주문 #1"}');
});

afterAll(async () => {
  await server.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

const secret = () => server.world.secrets.version(secretArn, 'AWSCURRENT')?.text ?? '';

const runs = async (command: string, args: readonly string[], key = secret()) => {
  const { stdout } = await promisify(execFile)(command, args, {
    cwd: folder,
    env: { ...process.env, SECRET: key, URL: `${server.url}/v1/orders`, SIGNED_PATH: '/orders' },
  });
  return stdout;
};

const missing = ['curl', 'openssl', 'python3'].filter((tool) => {
  try {
    execFileSync('sh', ['-c', `command -v ${tool}`]);
    return false;
  } catch {
    return true;
  }
});
if (missing.length > 0 && process.env.CI === 'true')
  throw new Error(`${missing.join(', ')}: with CI=true required`);

/** The examples of the page, by their language. */
const examples = new Map(
  [...fs.readFileSync('docs/hmac.md', 'utf8').matchAll(/```(\w+)\n([\s\S]*?)```/g)]
    .filter(([, , code = '']) => code.includes('SIGNED_PATH'))
    .map(([, language = '', code = '']): [string, string] => [language, code]),
);

test.each([
  ['js', 'node', '--input-type=module', '-e'],
  ['python', 'python3', '-c'],
  ['sh', 'sh', '-c'],
])(
  'the example in %s sends what is let in, and with another secret what is not',
  async (language, command, ...args) => {
    if (missing.length > 0 && language !== 'js') return;
    const code = examples.get(language) ?? '';

    expect((await runs(command, [...args, code])).trim()).toBe('200');
    const refused = runs(command, [...args, code], 'x'.repeat(64)).catch((error: Error) => error.message);
    expect(await refused).toContain('403');
  },
);

test.skipIf(missing.length > 0)('what is printed at the start is let in as it is', async () => {
  const [flow] = server.world.system.flows as readonly CallbackFlow[];
  const call = flow && (await signedCall(flow, server.url, server.world));

  expect(await runs('sh', ['-c', (call ?? []).join('\n')])).toMatch(/^HTTP\/1.1 200 /);
});

test('the start says how to sign, with the secret of this run', async () => {
  const style = new Proxy({}, { get: () => (text: string) => text }) as Parameters<typeof banner>[1]['style'];
  const options = { environment: 'test', timeFactor: 1, unsigned: false, keys: false, style };

  expect(await banner(server, options)).toContain(`secret='${secret()}'`);
});

test('without a signature nothing is let in, and what is wrong with one is printed', async () => {
  const send = (headers: Record<string, string>) =>
    fetch(`${server.url}/v1/orders`, {
      method: 'POST',
      body: '{"id":"1"}',
      headers: { 'content-type': 'application/json', ...headers },
    });

  expect((await send({})).status).toBe(401);
  const signature = { 'X-Signature': 'ab', 'X-Timestamp': '1', 'X-Body-Sha256': '0'.repeat(64) };
  expect((await send(signature)).status).toBe(403);
  expect(lines.join('\n')).toContain('x-signature is not 64 hexadecimal digits');
});
