import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkout } from './support/checkout';
import { fingerprint } from './support/files';

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'any-order-'));
const project = path.join(scratch, 'project');
const commands = path.join(scratch, 'bin');
beforeAll(() => {
  checkout(project);
  fs.mkdirSync(commands);
  for (const command of ['node', 'sh', 'env']) {
    const place = execFileSync('sh', ['-c', `command -v ${command}`], { encoding: 'utf8' }).trim();
    fs.symlinkSync(place, path.join(commands, command));
  }
});
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));

/** Runs a command of the project where there is no terraform, without a home folder and without asking HashiCorp. */
function run(command: string, ...args: readonly string[]): void {
  execFileSync(command, args, {
    cwd: project,
    stdio: 'pipe',
    env: {
      PATH: commands,
      HOME: scratch,
      CHECKPOINT_DISABLE: '1',
      CI: 'true',
    },
  });
}

const cdktf = (...args: readonly string[]) => run(path.join(project, 'node_modules/.bin/cdktf'), ...args);
const synth = () => run(process.execPath, 'synthesis/run.mjs', 'tools/synth/main.ts');

const stack = () => path.join(project, 'cdktf.out/stacks/prod-websocket-reply');
const configurations = () => fs.readdirSync(stack()).filter((file) => /\.tf(\.json)?$/.test(file));

describe('the commands of the CDKTF CLI and of the project, one after the other in one folder', () => {
  it('find no terraform', () => {
    expect(() => run(path.join(commands, 'sh'), '-c', 'terraform version')).toThrow(/terraform/);
  });

  it('leave one configuration each, the same each time', { timeout: 120_000 }, () => {
    cdktf('synth');
    expect(configurations()).toEqual(['cdk.tf.json']);
    const json = fingerprint(stack());

    cdktf('synth', '--hcl');
    expect(configurations()).toEqual(['cdk.tf']);
    const hcl = fingerprint(stack());

    synth();
    expect(fingerprint(stack())).toEqual(hcl);
    expect(fs.readFileSync(path.join(stack(), 'cdk.tf'), 'utf8')).toBe(
      fs.readFileSync(path.join(project, 'synthesized/prod-websocket-reply.tf'), 'utf8'),
    );

    run(process.execPath, 'synthesis/run.mjs', 'tools/rehearse/main.ts', '--scenario', 'callback/arrives');
    expect(fingerprint(stack())).toEqual(hcl);

    cdktf('synth');
    expect(fingerprint(stack())).toEqual(json);
  });
});
