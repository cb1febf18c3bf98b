import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { CannotReview } from '../cannot-review';
import { endRunning, run } from './run';

/**
 * Does something in a commit's files, in a folder that is gone afterwards, with the packages that the commit wants:
 * this project's where both lock the same ones, else installed from npm's registry.
 * @throws CannotReview where the files or the packages cannot be had
 */
export async function inWorktree<T>(
  project: string,
  commit: string,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'review-base-'));
  const folder = path.join(scratch, 'base');
  const worktree = (...args: readonly string[]) => run('git', ['worktree', ...args], { cwd: project });
  const remove = () => fs.rmSync(scratch, { recursive: true, force: true });
  const interrupted = async () => {
    // They would write to it again.
    await endRunning();
    remove();
    process.exit(130);
  };
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
  try {
    const added = await worktree('add', '--detach', '--force', folder, commit);
    if (added.code !== 0) throw new CannotReview(`git worktree add: ${added.stderr.trim()}`);
    // The project may be a folder of its repository.
    const inRepository = await run('git', ['rev-parse', '--show-prefix'], { cwd: project });
    const base = path.join(folder, inRepository.stdout.trim());
    await addPackages(project, base);
    return await use(base);
  } finally {
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
    remove();
    await worktree('prune');
  }
}

async function addPackages(project: string, base: string): Promise<void> {
  const lock = (folder: string) => {
    const file = path.join(folder, 'package-lock.json');
    return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined;
  };
  if (lock(base) === lock(project)) {
    fs.symlinkSync(path.join(project, 'node_modules'), path.join(base, 'node_modules'), 'junction');
    return;
  }
  // Scripts of packages are nothing that a review needs.
  const installed = await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: base,
    shell: process.platform === 'win32',
  });
  if (installed.code !== 0) {
    throw new CannotReview(`npm ci of the version to compare with failed:\n${installed.stderr.trim()}`);
  }
}
