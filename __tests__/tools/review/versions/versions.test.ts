import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { baseCommit } from '../../../../tools/review/versions/base-commit';
import { synthesizedVersion } from '../../../../tools/review/versions/synthesized-version';
import { inWorktree } from '../../../../tools/review/versions/worktree';

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'versions-'));
const repository = path.join(scratch, 'repository');
const project = path.join(repository, 'project');
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));

const git = (...args: readonly string[]) =>
  execFileSync(
    'git',
    ['-c', 'user.name=test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false', ...args],
    { cwd: project, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  ).trim();
const commit = (file: string, text: string) => {
  fs.writeFileSync(path.join(project, file), text);
  git('add', '-A');
  git('commit', '-q', '-m', file);
  return git('rev-parse', 'HEAD');
};

/** An app that needs no packages: it writes a stack for each line of `stacks`. */
const app = `
const fs = require('node:fs');
const path = require('node:path');
const out = process.env.CDKTF_OUTDIR;
const names = fs.readFileSync('stacks', 'utf8').split('\\n').filter(Boolean);
if (names.includes('fault')) { console.error('1 fault in the environments'); process.exit(1); }
const hcl = process.env.SYNTH_HCL_OUTPUT === 'true';
const stacks = {};
for (const name of names) {
  const folder = path.join(out, 'stacks', name);
  fs.mkdirSync(folder, { recursive: true });
  const file = hcl ? 'cdk.tf' : 'cdk.tf.json';
  const tags = { environment: name.split('-')[0] };
  fs.writeFileSync(path.join(folder, file), hcl ? '# ' + name : JSON.stringify({ provider: { aws: [{ default_tags: [{ tags }] }] } }));
  fs.writeFileSync(path.join(folder, '.terraform.lock.hcl'), 'lock of ' + name);
  stacks[name] = { synthesizedStackPath: 'stacks/' + name + '/' + file };
}
fs.writeFileSync(path.join(out, 'manifest.json'), JSON.stringify({ stacks }));
`;

let first = '';
let onMain = '';
beforeAll(() => {
  fs.mkdirSync(path.join(project, 'node_modules', 'marker'), { recursive: true });
  git('init', '-q', '-b', 'main');
  fs.writeFileSync(path.join(project, '.gitignore'), 'node_modules\n');
  fs.writeFileSync(path.join(project, 'app.cjs'), app);
  fs.writeFileSync(path.join(project, 'cdktf.json'), '{"app":"node app.cjs"}');
  fs.writeFileSync(path.join(project, 'package-lock.json'), '{"lockfileVersion":3}');
  first = commit('stacks', 'dev-a\n');
  git('checkout', '-q', '-b', 'feature');
  commit('stacks', 'dev-a\nprod-b\n');
  git('checkout', '-q', 'main');
  onMain = commit('other', 'later, on main');
  git('checkout', '-q', 'feature');
});

describe('what a change is compared with', () => {
  it('is where the branch left, so that what came to the other one since is not taken for its doing', async () => {
    expect(await baseCommit('main', project)).toEqual({ commit: first, name: `main (${first.slice(0, 7)})` });
  });

  it('is the ref itself for a merge commit of it, as a pull request is checked out', async () => {
    git('checkout', '-q', '-b', 'merged', 'feature');
    git('merge', '-q', '--no-edit', 'main');
    expect((await baseCommit('main', project)).commit).toBe(onMain);
    git('checkout', '-q', 'feature');
  });

  it.each(['no-such-branch', '--help', ''])('cannot be %j, which is no commit', async (ref) => {
    await expect(baseCommit(ref, project)).rejects.toThrow(`--base ${ref}: git knows no such commit`);
  });

  it('cannot be a commit that has none in common with this one', async () => {
    git('checkout', '-q', '--orphan', 'unrelated');
    git('commit', '-q', '-m', 'unrelated');
    git('checkout', '-q', 'feature');
    await expect(baseCommit('unrelated', project)).rejects.toThrow(
      '--base unrelated: it has no commit in common with HEAD here; in a shallow clone fetch the rest: git fetch --unshallow',
    );
  });
});

describe('the worktree of the base', () => {
  it('has its files and the packages of this project, and is gone afterwards', async () => {
    const seen = await inWorktree(project, first, async (folder) => ({
      folder,
      stacks: fs.readFileSync(path.join(folder, 'stacks'), 'utf8'),
      packages: fs.readdirSync(path.join(folder, 'node_modules')),
    }));
    expect(seen).toMatchObject({ stacks: 'dev-a\n', packages: ['marker'] });
    expect(fs.existsSync(seen.folder)).toBe(false);
    expect(git('worktree', 'list').split('\n')).toHaveLength(1);
    expect(fs.readdirSync(path.join(project, 'node_modules'))).toEqual(['marker']);
  });

  it('is gone as well where what is done in it fails', async () => {
    await expect(inWorktree(project, first, () => Promise.reject(new Error('x')))).rejects.toThrow('x');
    expect(git('worktree', 'list').split('\n')).toHaveLength(1);
  });

  it('has packages of its own where it locks others', async () => {
    const other = commit('package-lock.json', '{"lockfileVersion":3,"packages":{}}');
    await expect(inWorktree(project, first, async () => 'used')).rejects.toThrow(
      'npm ci of the version to compare with failed:',
    );
    git('reset', '-q', '--hard', `${other}~1`);
  });
});

describe('a version', () => {
  it('is what its own app synthesizes, as JSON and as HCL, with its lock', async () => {
    const { name, stacks } = await synthesizedVersion('the working tree', project);
    expect(name).toBe('the working tree');
    expect(stacks).toMatchObject([
      { id: 'dev-a', environment: 'dev', hcl: '# dev-a', lock: 'lock of dev-a' },
      { id: 'prod-b', environment: 'prod', hcl: '# prod-b', lock: 'lock of prod-b' },
    ]);
  });

  it('that does not synthesize says what it printed', async () => {
    fs.writeFileSync(path.join(project, 'stacks'), 'fault\n');
    await expect(synthesizedVersion('x', project)).rejects.toThrow(/^1 fault in the environments$/);
    git('checkout', '-q', 'stacks');
  });
});
