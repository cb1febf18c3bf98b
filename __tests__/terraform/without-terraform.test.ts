import { execFile, execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkout } from '../support/checkout';

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'without-terraform-'));
const project = path.join(scratch, 'project');
const commands = path.join(scratch, 'bin');
beforeAll(() => {
  checkout(project);
  fs.mkdirSync(commands);
  for (const command of ['node', 'npm', 'npx', 'sh', 'env']) {
    const place = execFileSync('sh', ['-c', `command -v ${command}`], { encoding: 'utf8' }).trim();
    fs.symlinkSync(place, path.join(commands, command));
  }
});
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));

/** Runs a command where nothing else is on PATH than what Node.js brings, and no Terraform in particular. */
const run = (command: string, ...args: readonly string[]) =>
  promisify(execFile)(path.join(commands, command), args, {
    cwd: project,
    env: { PATH: commands, HOME: scratch, CHECKPOINT_DISABLE: '1', CI: 'true' },
  });

describe('where there is no Terraform', () => {
  it('there is none for the commands that follow', async () => {
    await expect(run('sh', '-c', 'terraform version')).rejects.toThrow(/terraform/);
  });

  it.each([
    ['npm start', ['npm', 'start'], /\d scenarios: .* 0 lost/],
    ['npm run synth', ['npm', 'run', 'synth'], /prod-subscriber-pipe/],
    ['npx cdktf synth', ['npx', 'cdktf', 'synth'], /Generated Terraform code/],
  ] as const)('%s does what it does', { timeout: 120_000 }, async (_, [command, ...args], prints) => {
    const { stdout } = await run(command, ...args);
    expect(stdout).toMatch(prints);
  });
});
