import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { checkout } from '../../support/checkout';

// Each runs the whole command in a process of its own.
vi.setConfig({ testTimeout: 60_000 });

const start = (folder: string, ...args: readonly string[]) =>
  spawnSync(process.execPath, ['synthesis/run.mjs', 'tools/start/main.ts', ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, PATH: '' },
  });

/** A copy of the project to start in, so that nobody else's `cdktf.out` is touched. */
function copy(): string {
  const parent = fs.mkdtempSync(path.join(os.tmpdir(), 'start-'));
  onTestFinished(() => fs.rmSync(parent, { recursive: true, force: true }));
  return checkout(path.join(parent, 'project'));
}

test('it synthesizes every stack as HCL, shows the example in plain text when piped, and says what it left out', () => {
  const folder = copy();

  const { status, stdout, stderr } = start(folder);

  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const stacks = path.join(folder, 'cdktf.out', 'stacks');
  expect(fs.readdirSync(stacks)).toHaveLength(6);
  for (const id of fs.readdirSync(stacks)) {
    expect(fs.readFileSync(path.join(stacks, id, 'cdk.tf'), 'utf8')).toMatch(/^terraform \{\n/);
  }
  expect(stdout).not.toContain('\u001b');
  expect(stdout).toContain(
    'dev-callback-receiver   POST /v1/bizppurio/delivery-results → dev-delivery-results\n',
  );
  expect(stdout).toContain(
    '✓ KAT, result 7000: queued byte for byte, 257 bytes; caller gets 200 without a body\n',
  );
  expect(stdout).toContain('✓ RESULT is missing: 400 and nothing queued\n');
  expect(stdout).toContain('✓ {"MessageGroupId":"test","data":"hello world"}: queued byte for byte\n');
  expect(stdout).toContain('Not part of this run: permissions and keys');
  expect(stdout).toMatch(/\nAll of it held: (\d+) of \1\.\n$/);
});

test('what does not hold is marked, and it fails', () => {
  const folder = copy();
  const file = path.join(folder, 'environments', 'schemas', 'bizppurio-delivery-result.ts');
  fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace("'RESULT'],", '],'));

  const { status, stdout } = start(folder);

  expect(status).toBe(1);
  expect(stdout).toContain('✗ RESULT is missing: 200 but QUEUED\n');
  expect(stdout).toMatch(/\nNot all of it held: 18 of 20\.\n$/);
});

test('what it does not understand of a plan is named, and it fails', () => {
  const folder = copy();
  const file = path.join(folder, 'constructs', 'api', 'callback-api.ts');
  fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace("types: ['REGIONAL']", "types: ['EDGE']"));

  const { status, stdout } = start(folder);

  expect(status).toBe(1);
  expect(stdout).toContain(
    '✗ dev-callback-receiver: aws_api_gateway_rest_api.api: the endpoint type EDGE is not simulated\n',
  );
});

test('help is printed on request, and for an option that there is not', () => {
  const help = start('.', '--help');
  expect({ status: help.status, stderr: help.stderr }).toEqual({ status: 0, stderr: '' });
  expect(help.stdout).toMatch(/^Usage: npm start\n/);

  const wrong = start('.', '--fast');
  expect({ status: wrong.status, stdout: wrong.stdout }).toEqual({ status: 2, stdout: '' });
  expect(wrong.stderr).toMatch(/'--fast'[\s\S]*Usage: npm start/);
});
