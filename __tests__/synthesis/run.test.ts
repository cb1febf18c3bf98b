import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkout } from '../support/checkout';
import { fingerprint } from '../support/files';

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'run-'));
const project = path.join(scratch, 'project');
beforeAll(() => void checkout(project));
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));

const run = (...args: readonly string[]) =>
  spawnSync(process.execPath, ['synthesis/run.mjs', ...args], { cwd: project, encoding: 'utf8' });

function synthesized() {
  expect(run('main.ts')).toMatchObject({ status: 0, stderr: '' });
  return fingerprint(path.join(project, 'cdktf.out'));
}

describe('running an entry point', () => {
  it('gives it its arguments, and its exit code to whoever asked', () => {
    fs.writeFileSync(
      path.join(project, 'entry.ts'),
      'console.log(process.argv.slice(2).join()); process.exitCode = 7;',
    );
    expect(run('entry.ts', '--a', 'b')).toMatchObject({ status: 7, stdout: '--a,b\n' });
  });

  it('fails with the place in the sources where it failed', () => {
    fs.writeFileSync(
      path.join(project, 'entry.ts'),
      "import { fail } from './failing';\n\nfunction outer(): void {\n  fail('reason');\n}\nouter();\n",
    );
    fs.writeFileSync(
      path.join(project, 'failing.ts'),
      'export interface Unused { readonly a: string }\n\nexport function fail(why: string): never {\n  throw new Error(why);\n}\n',
    );
    const { status, stderr } = run('entry.ts');
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^Error: reason\n {4}at fail \(failing\.ts:4:9\)\n {4}at outer \(entry\.ts:4:3\)\n/,
    );
  });

  it('fails with file, line and reason where it cannot be read', () => {
    fs.writeFileSync(path.join(project, 'entry.ts'), 'const a = 1;\nconst b = ;\n');
    const { status, stderr } = run('entry.ts');
    expect(status).toBe(1);
    expect(stderr).toContain('entry.ts:2:10');
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it('says how it is used where it is given nothing to run', () => {
    expect(run()).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('usage: node synthesis/run.mjs'),
    });
  });
});

describe('the libraries that are kept', () => {
  const libraries = () => path.join(project, 'node_modules/.cache/libraries');

  it('change nothing about what is synthesized: without them, as they are made, and from then on', {
    timeout: 60_000,
  }, () => {
    const lockfile = path.join(project, 'node_modules/.package-lock.json');
    const installed = fs.realpathSync(lockfile);
    fs.rmSync(lockfile);
    const without = synthesized();
    expect(fs.existsSync(libraries())).toBe(false);

    fs.symlinkSync(installed, lockfile);
    const making = synthesized();
    expect(fs.readdirSync(libraries()).map((file) => path.extname(file))).toEqual(['.cjs', '.v8']);
    const kept = synthesized();

    expect(making).toEqual(without);
    expect(kept).toEqual(without);
  });

  it('are made anew when other packages are installed', { timeout: 60_000 }, () => {
    synthesized();
    const before = fs.readdirSync(libraries()).length;
    const lockfile = path.join(project, 'node_modules/.package-lock.json');
    const content = fs.readFileSync(lockfile, 'utf8');
    fs.rmSync(lockfile);
    fs.writeFileSync(lockfile, `${content} `);

    synthesized();

    expect(fs.readdirSync(libraries())).toHaveLength(before + 2);
  });
});
