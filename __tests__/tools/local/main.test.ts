import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkout } from '../../support/checkout';
import { until } from './running';

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'local-'));
const project = path.join(scratch, 'project');
const command = ['synthesis/run.mjs', 'tools/local/main.ts'];
beforeAll(() => void checkout(project));

const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  fs.rmSync(scratch, { recursive: true, force: true });
});

interface Local {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly ended: Promise<readonly [number | null, NodeJS.Signals | null]>;
}

/** Started as a user does, until it says that it runs. */
async function started(...args: readonly string[]): Promise<Local> {
  const child = spawn(process.execPath, [...command, ...args], {
    cwd: project,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
  }
  const ended = new Promise<readonly [number | null, NodeJS.Signals | null]>((resolve) =>
    child.on('exit', (code, signal) => resolve([code, signal])),
  );
  let gone = false;
  void ended.then(() => {
    gone = true;
  });
  await until(() => gone || text.includes('Ctrl-C ends it.'));
  return { child, output: () => text, ended };
}

const refused = (...args: readonly string[]) =>
  spawnSync(process.execPath, [...command, ...args], { cwd: project, encoding: 'utf8' });

/** Runs a line as it is printed. */
const inShell = (line: string, cwd = project) =>
  new Promise<string>((resolve, reject) => {
    const child = execFile('sh', ['-c', line], { cwd }, (error, stdout) =>
      // The client of the one-liner stays connected until it is ended.
      error && !error.killed ? reject(error) : resolve(stdout),
    );
    child.stdout?.on('data', (part: string) => {
      if (line.startsWith('node ') || line.startsWith('exec node ')) if (part.includes('\n')) child.kill();
    });
  });

const printedLine = (output: string, pattern: RegExp): string => {
  const [, line = ''] = pattern.exec(output) ?? [];
  expect(line).not.toBe('');
  return line;
};

describe('npm run local', () => {
  it('prints calls that work as they are, until it is told to end', async ({ skip }) => {
    const local = await started('--time-factor', '60');
    const { output } = local;
    expect(output()).toMatch(/^dev runs on http:\/\/127\.0\.0\.1:\d+, 60 times as fast as time goes\n/);
    expect(output()).not.toContain('\u001b');

    const reply = await inShell(`exec ${printedLine(output(), /^ {2}(node -e .*)$/m)}`);
    expect(JSON.parse(reply)).toMatchObject({ message: '{"MessageGroupId":"test","data":"hello world"}' });

    const hasCurl = spawnSync('curl', ['--version']).status === 0;
    if (!hasCurl && process.env.CI !== 'true') {
      local.child.kill('SIGTERM');
      return skip('there is no curl on this machine');
    }
    const curl = printedLine(output(), /^ {2}(curl -i .*)$/m);
    expect(await inShell(curl)).toMatch(/^HTTP\/1\.1 200 OK/);
    const elsewhere = printedLine(output(), /^ {2}(-H 'X-Rehearsal-Source-Ip: .*)$/m);
    expect(await inShell(`${curl} ${elsewhere}`)).toMatch(/^HTTP\/1\.1 403 Forbidden/);
    expect(await inShell(printedLine(output(), /^ {2}(curl -X POST .*\/down)$/m))).toContain('"down": true');
    expect(await inShell(printedLine(output(), /^ {2}(curl -X POST .*\/up)$/m))).toContain('"down": false');
    expect(await inShell(printedLine(output(), /^ {2}(curl .*\/messages)$/m))).toContain('"messages"');

    await until(() => output().includes('delivery-results-archive got'));
    local.child.kill('SIGTERM');
    expect(await local.ended).toEqual([0, null]);
    expect(output()).toMatch(/\n2 messages accepted: 2 delivered, .* 0 lost\.\n$/);
  });

  it('takes another environment, and ends with Ctrl-C while clients are connected', async () => {
    const local = await started('--env', 'prod', '--unsigned');
    expect(local.output()).toContain('/v1/payments/events → prod-payment-events.fifo');
    const client = inShell(
      `exec ${printedLine(local.output(), /^ {2}(node -e .*)$/m).replace('console.log', 'void')}`,
    );
    const page = fetch(`${printedLine(local.output(), /(http:\/\/\S+\/_subscriber) shows/)}/events`);
    await until(() => local.output().includes('queued on prod-websocket-messages.fifo'));
    expect((await page).status).toBe(200);
    local.child.kill('SIGINT');
    expect(await local.ended).toEqual([0, null]);
    await client;
  });

  it('ends quietly when nobody reads what it prints', async () => {
    const local = await started();
    const page = printedLine(local.output(), /(http:\/\/\S+\/_subscriber) shows/);
    local.child.stdout?.destroy();
    await fetch(`${page}/down`, { method: 'POST' }).catch(() => undefined);
    await fetch(`${page}/up`, { method: 'POST' }).catch(() => undefined);
    const [code, signal] = await local.ended;
    expect([code ?? 0, signal]).toEqual([0, null]);
    expect(local.output()).not.toContain('EPIPE');
  });

  it('refuses a port that is taken with 2, and says what to do', async () => {
    const taken = net.createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.on('listening', resolve));
    const { port } = taken.address() as AddressInfo;
    const { status, stdout, stderr } = refused('--port', String(port));
    taken.close();
    expect({ status, stdout, stderr }).toEqual({
      status: 2,
      stdout: '',
      stderr: `--port ${port}: something else listens there, on 127.0.0.1. Give another one, or leave --port out for a free one\n`,
    });
  });

  it('refuses an environment that there is not with 2, and names those that there are', () => {
    expect(refused('--env', 'stage')).toMatchObject({
      status: 2,
      stderr: '--env stage: there is no such environment; there are dev, prod\n',
    });
  });

  it('refuses what it does not know with 2', () => {
    const { status, stderr } = refused('--enviroment', 'dev');
    expect(status).toBe(2);
    expect(stderr).toContain("'--enviroment'");
    expect(stderr).toContain('Usage: npm run local');
  });

  it('explains itself', () => {
    expect(refused('--help')).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^Usage: npm run local/),
    });
  });
});
