import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Rehearsal } from '../../../tools/rehearse/rehearsal';
import { checkout } from '../../support/checkout';

// Each runs the whole command in a process of its own.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'rehearse-'));
const project = path.join(scratch, 'project');
const sabotaged = path.join(scratch, 'sabotaged');
beforeAll(() => {
  checkout(project);
  checkout(sabotaged);
  const file = path.join(sabotaged, 'constructs', 'api', 'send-message-template.ts');
  const source = fs.readFileSync(file, 'utf8');
  expect(source).toContain('Action=SendMessage');
  fs.writeFileSync(file, source.replaceAll('Action=SendMessage', 'Verb=SendMessage'));
});
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));

const run = (script: 'rehearse' | 'start', args: readonly string[], cwd = project) =>
  spawnSync(process.execPath, ['synthesis/run.mjs', `tools/${script}/main.ts`, ...args], {
    cwd,
    encoding: 'utf8',
    // Neither terraform nor anything else is to be found.
    env: { ...process.env, PATH: '' },
  });

const echo = ['--stack', 'dev-websocket-reply', '--scenario', 'websocket/echo', '--seed', 'x'];

test('a scenario is shown with what was sent and what came out, in plain text when piped', () => {
  const { status, stdout, stderr } = run('rehearse', echo);

  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).not.toContain('\u001b');
  expect(stdout).toMatch(
    /^dev-websocket-reply\n {2}\$default → dev-websocket-messages\.fifo → function → @connections\n/,
  );
  expect(stdout).toMatch(
    /✓ a message is answered on its own connection.*\n +\{"MessageGroupId":"test","data":"hello world"\} → \{"connectionId":"/,
  );
  expect(stdout).toContain('Only AWS can answer:');
  expect(stdout).toMatch(
    /\nAll of it held: 1 of 1 scenarios; .* in \d+\.\d s\.\nSeed x: --seed x repeats this run\.\n$/,
  );
});

test('the same seed gives the same run, as JSON for machines', () => {
  const json = () => {
    const { status, stdout } = run('rehearse', [...echo, '--json']);
    expect(status).toBe(0);
    return JSON.parse(stdout) as {
      readonly seed: string;
      readonly held: boolean;
      readonly rehearsals: readonly Rehearsal[];
    };
  };
  const [first, second] = [json(), json()];

  expect(first).toMatchObject({ seed: 'x', held: true });
  expect(first.rehearsals.map(({ environment }) => environment)).toEqual(['dev']);
  expect(first.rehearsals[0]?.scenarios).toEqual(second.rehearsals[0]?.scenarios);
  expect(first.rehearsals[0]?.scenarios).toMatchObject([
    {
      scenario: 'websocket/echo',
      failures: [],
      denials: [],
      account: { accepted: 1, delivered: 1, lost: [] },
    },
  ]);
});

test('what does not hold is marked with its reason, loads and proofs are left out, and it fails', () => {
  const { status, stdout } = run('rehearse', ['--stack', 'dev-websocket-reply', '--seed', 'x'], sabotaged);

  expect(status).toBe(1);
  expect(stdout).toContain('✗ a message is answered on its own connection');
  expect(stdout).toContain('SQS takes it: <UnknownOperationException/>');
  expect(stdout).toContain(
    'Not played, since something already did not hold: dev-websocket-reply: websocket/load.',
  );
  expect(stdout).not.toContain('each taken away once');
  expect(stdout).toMatch(/\nNot all of it held: \d+ of \d+ scenarios; /);
});

test('npm start fails with what does not hold', () => {
  const { status, stdout } = run('start', [], sabotaged);

  expect(status).toBe(1);
  expect(stdout).toMatch(
    /^Synthesized 6 stacks of 2 environments into cdktf\.out\/stacks: dev-callback-receiver, /,
  );
  expect(stdout).toContain('✗ POST /v1/bizppurio/delivery-results → dev-delivery-results\n');
  expect(stdout).toContain('UnknownOperationException');
  expect(stdout).toMatch(/\nNot all of it held: \d+ of \d+ scenarios; /);
});

test.each(['rehearse', 'start'] as const)(
  'npm run %s prints its help on request, and for an option that there is not',
  (script) => {
    const help = run(script, ['--help']);
    expect({ status: help.status, stderr: help.stderr }).toEqual({ status: 0, stderr: '' });
    expect(help.stdout).toMatch(/^Usage: npm (run rehearse|start)/);

    const wrong = run(script, ['--fast']);
    expect({ status: wrong.status, stdout: wrong.stdout }).toEqual({ status: 2, stdout: '' });
    expect(wrong.stderr).toContain("Unknown option '--fast'");
    expect(wrong.stderr).toContain(help.stdout);
  },
);

test.each([
  [
    ['--stack', 'dev-nothing'],
    '--stack dev-nothing: there is no such stack; there are dev-callback-receiver, ',
  ],
  [
    ['--scenario', 'websocket/nothing'],
    '--scenario websocket/nothing: no scenario has an id that begins so; --list prints them\n',
  ],
  [['--messages', '0'], '--messages 0: it is a whole number from 1 to 9999999\n'],
  [['--messages', '1e3'], '--messages 1e3: it is a whole number from 1 to 9999999\n'],
])('%j is refused by name', (args, message) => {
  const { status, stdout, stderr } = run('rehearse', args);

  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain(message);
});

test('the list names every scenario file', () => {
  const { status, stdout } = run('rehearse', ['--list']);

  expect(status).toBe(0);
  const ids = stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.split(' ')[0]);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toContain('callback/outsiders');
  expect(ids).toContain('http-callback/tokens');
  expect(ids.every((id) => /^(callback|http-callback|websocket|subscription)\/[a-z-]+$/.test(id ?? ''))).toBe(
    true,
  );
});
