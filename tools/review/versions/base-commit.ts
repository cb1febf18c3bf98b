import { CannotReview } from '../cannot-review';
import { run } from './run';

export interface BaseCommit {
  readonly commit: string;
  /** `origin/main (1a2b3c4)`. */
  readonly name: string;
}

/**
 * The commit where HEAD left `ref`: what was added to `ref` since then is not part of the change, and is not shown as
 * if the change took it back. Of a pull request's merge commit, and of a branch that has all of `ref`, that is `ref`.
 * @throws CannotReview where git, or this clone, does not know it
 */
export async function baseCommit(ref: string, folder: string): Promise<BaseCommit> {
  // An option is no ref.
  const found = await git(folder, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`);
  if (found === undefined) {
    throw new CannotReview(
      `--base ${ref}: git knows no such commit in ${folder}; fetch it first, such as with git fetch origin main`,
    );
  }
  const left = await git(folder, 'merge-base', found, 'HEAD');
  if (left === undefined) {
    throw new CannotReview(
      `--base ${ref}: it has no commit in common with HEAD here; in a shallow clone fetch the rest: git fetch --unshallow`,
    );
  }
  return { commit: left, name: `${ref} (${left.slice(0, 7)})` };
}

/** What git prints, without the newline at its end; nothing where it fails. */
async function git(folder: string, ...args: readonly string[]): Promise<string | undefined> {
  const { code, stdout } = await run('git', args, { cwd: folder });
  return code === 0 ? stdout.trim() : undefined;
}
