import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkout } from '../../support/checkout';
import { fingerprint } from '../../support/files';

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'synth-'));
const project = path.join(scratch, 'project');
beforeAll(() => void checkout(project));
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));

function synth(...args: readonly string[]) {
  return spawnSync(process.execPath, ['synthesis/run.mjs', 'tools/synth/main.ts', ...args], {
    cwd: project,
    encoding: 'utf8',
  });
}

const review = (file: string) => path.join(project, 'synthesized', file);

describe('npm run synth', () => {
  it('prints a table that counts what is in each stack', () => {
    const { status, stdout, stderr } = synth();
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });

    const [heading, ...rows] = stdout.trimEnd().split('\n');
    expect(heading?.trim().split(/ {2,}/)).toEqual([
      'stack',
      'resources',
      'data sources',
      'IAM statements',
      'lines',
    ]);
    expect(rows.map((row) => row.split(' ')[0])).toEqual([
      ...['dev-callback-receiver', 'dev-websocket-reply', 'dev-subscriber-pipe'],
      ...['prod-callback-receiver', 'prod-websocket-reply', 'prod-subscriber-pipe', 'total'],
    ]);
    const hcl = fs.readFileSync(review('dev-callback-receiver.tf'), 'utf8');
    const count = (pattern: RegExp) => String(hcl.match(pattern)?.length);
    expect(rows[0]?.split(/ +/).slice(1)).toEqual([
      count(/^resource "/gm),
      count(/^data "/gm),
      count(/^ {2}statement \{/gm),
      String(hcl.split('\n').length - 1),
    ]);
  });

  it('writes the same for review as for Terraform', () => {
    synth();
    for (const [file, hash] of Object.entries(fingerprint(path.join(project, 'synthesized')))) {
      const stack = path.basename(file, '.tf');
      expect(fingerprint(path.join(project, 'cdktf.out/stacks', stack))['cdk.tf']).toBe(hash);
    }
  });

  it('takes away what was checked in for a stack that is gone', () => {
    fs.writeFileSync(review('gone-stack.tf'), '# of another time\n');
    synth();
    expect(fs.existsSync(review('gone-stack.tf'))).toBe(false);
  });
});

describe('npm run synth -- --check', () => {
  it('is silent and succeeds where the checked-in copy is current, and writes nothing', () => {
    synth();
    fs.rmSync(path.join(project, 'cdktf.out'), { recursive: true });
    expect(synth('--check')).toMatchObject({ status: 0, stdout: '', stderr: '' });
    expect(fs.existsSync(path.join(project, 'cdktf.out'))).toBe(false);
  });

  it('fails with the difference, and leaves the stale copy as it is', () => {
    synth();
    const stale = fs
      .readFileSync(review('dev-subscriber-pipe.tf'), 'utf8')
      .replace('= "RUNNING"', '= "STOPPED"');
    fs.writeFileSync(review('dev-subscriber-pipe.tf'), stale);

    const { status, stdout, stderr } = synth('--check');
    expect(status).toBe(1);
    expect(stderr).toBe('synthesized/ is stale in 1 file(s): run npm run synth and commit what it writes\n');
    expect(stdout).toMatch(/^-.*"STOPPED"$/m);
    expect(stdout).toMatch(/^\+.*"RUNNING"$/m);
    expect(fs.readFileSync(review('dev-subscriber-pipe.tf'), 'utf8')).toBe(stale);
  });
});

describe('the command line', () => {
  it('explains itself', () => {
    expect(synth('--help')).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^Usage: npm run synth/),
    });
  });

  it('refuses what it does not know with 2, and says what it knows', () => {
    const { status, stderr } = synth('--chek');
    expect(status).toBe(2);
    expect(stderr).toContain("'--chek'");
    expect(stderr).toContain('Usage: npm run synth');
  });

  it('shows all faults of the environments without a stack trace, and writes nothing', () => {
    const dev = path.join(project, 'environments/dev.ts');
    const original = fs.readFileSync(dev, 'utf8');
    fs.writeFileSync(
      dev,
      original.replace("'203.0.113.0/24'", "'203.0.113.0/33'").replace("'111122223333'", "'1'"),
    );
    fs.rmSync(path.join(project, 'cdktf.out'), { recursive: true, force: true });
    try {
      const { status, stderr } = synth();
      expect(status).toBe(1);
      expect(stderr).toContain('dev: accountId: "1"');
      expect(stderr).toContain('dev: callbackReceiver.callbacks[0].allowList[0]: "203.0.113.0/33"');
      expect(stderr).not.toMatch(/^\s+at /m);
      expect(fs.existsSync(path.join(project, 'cdktf.out/stacks'))).toBe(false);
    } finally {
      fs.writeFileSync(dev, original);
    }
  });
});
