import fs from 'node:fs';
import path from 'node:path';
import type { Progress } from '../progress-line';
import { staleFiles } from '../synth/checked-in';
import { CannotReview } from './cannot-review';
import type { Change, Version } from './change';
import type { Concern } from './concern';
import { type ReviewOptions, UsageError } from './options';
import { readPlanFiles } from './plan-files';
import { rehearsalReview } from './rehearsal/rehearsal-review';
import { runRehearsal } from './rehearsal/run-rehearsal';
import { type Review, reviewOf } from './review-of';
import { rules } from './rules/pack';
import { readWaivers, type Waivers } from './rules/waivers';
import { withoutCredentials } from './secrets/credentials';
import { maskedChange } from './secrets/masked-change';
import { baseCommit } from './versions/base-commit';
import { DoesNotSynthesize, synthesizedVersion } from './versions/synthesized-version';
import { inWorktree } from './versions/worktree';

/** What a change that does not synthesize comes to. */
export interface Unsynthesized {
  readonly base: string;
  readonly head: string;
  readonly why: string;
}

const head = 'the working tree';

/**
 * Reviews what changed in a project since a git ref.
 * @throws UsageError, CannotReview
 */
export async function reviewProject(
  project: string,
  options: ReviewOptions,
  progress: Progress,
): Promise<Review | Unsynthesized> {
  const { commit, name: base } = await baseCommit(options.base, project);
  progress('synthesizing the working tree', 0, 4);
  let synthesized: Version;
  try {
    synthesized = await synthesizedVersion(head, project);
  } catch (error) {
    if (error instanceof DoesNotSynthesize)
      return { base, head, why: withoutCredentials(error.message, () => '(sensitive)') };
    throw error;
  }
  progress(`synthesizing ${base}`, 1, 4);
  return inWorktree(project, commit, async (worktree) => {
    const before = await baseVersion(base, worktree);
    const environments = reviewed([synthesized, before], options.environments);
    const { change, masked } = maskedChange({
      base: only(before, environments),
      head: only(synthesized, environments),
      plans: readPlanFiles(options.plans, idsOf([synthesized, before])),
    });
    progress('rehearsing the working tree', 2, 4);
    const now = await runRehearsal(project, options.messages);
    progress(`rehearsing ${base}`, 3, 4);
    // What is deployed as before goes as before.
    const then = isSame(change) ? undefined : await runRehearsal(worktree, options.messages);
    return reviewOf({
      change,
      rehearsal: rehearsalReview(masked(now), then && masked(then), environments),
      waivers: { base: waiversIn(worktree), head: waiversIn(project) },
      today: new Date(),
      concerns: stale(project, synthesized),
    });
  });
}

/** @throws CannotReview where it does not synthesize: there is nothing to compare with */
async function baseVersion(name: string, folder: string): Promise<Version> {
  try {
    return await synthesizedVersion(name, folder);
  } catch (error) {
    if (!(error instanceof DoesNotSynthesize)) throw error;
    throw new CannotReview(
      `${name} does not synthesize, so that there is nothing to compare with:\n${error.message}`,
    );
  }
}

/** The environments that are asked for, or all that there are. @throws UsageError for one that there is not */
function reviewed(versions: readonly Version[], asked: readonly string[]): readonly string[] {
  const all = [...new Set(versions.flatMap(({ stacks }) => stacks.map(({ environment }) => environment)))];
  const unknown = asked.find((environment) => !all.includes(environment));
  if (unknown !== undefined) {
    throw new UsageError(`--env ${unknown}: there is no such environment; there are ${all.join(', ')}`);
  }
  return asked.length === 0 ? all : asked;
}

const only = ({ name, stacks }: Version, environments: readonly string[]): Version => ({
  name,
  stacks: stacks.filter(({ environment }) => environments.includes(environment)),
});

const idsOf = (versions: readonly Version[]): readonly string[] => [
  ...new Set(versions.flatMap(({ stacks }) => stacks.map(({ id }) => id))),
];

const isSame = ({ base: { stacks: before }, head: { stacks: after } }: Change): boolean =>
  JSON.stringify(before) === JSON.stringify(after);

const waiversIn = (folder: string): Waivers => {
  const file = path.join(folder, 'waivers.json');
  return readWaivers(
    fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined,
    rules.map(({ id }) => id),
  );
};

/** What the pull request shows must be what is deployed. */
function stale(project: string, { stacks }: Version): readonly Concern[] {
  const files = staleFiles(path.join(project, 'synthesized'), stacks);
  if (files.length === 0) return [];
  const text = `leaves synthesized/ stale in ${files.length} file(s): run npm run synth and commit what it writes`;
  return [{ level: 'broken', text }];
}
