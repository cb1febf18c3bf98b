import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Environment } from '../../../../environments/environment';
import { type Rehearsal, rehearse } from '../../../../tools/rehearse/rehearsal';
import { rehearsalInputs } from '../../../../tools/rehearse/rehearse-all';
import type { ReviewedStack, Version } from '../../../../tools/review/change';
import { md } from '../../../../tools/review/markdown/markdown';
import { rehearsalReview } from '../../../../tools/review/rehearsal/rehearsal-review';
import { commentLimit, reviewReport } from '../../../../tools/review/report-of';
import { type Review, reviewOf } from '../../../../tools/review/review-of';
import { reviewedStack } from '../../../../tools/review/reviewed-stack';
import { rules } from '../../../../tools/review/rules/pack';
import { readWaivers } from '../../../../tools/review/rules/waivers';
import { synthesizeAll } from '../../../../tools/synth/synthesize';
import { goldenChanges } from './changes';

/** The stacks of an environment, and how the quicker scenarios go with them. */
interface Played {
  readonly stacks: readonly ReviewedStack[];
  readonly rehearsal: Rehearsal;
}

const scenarios = ['callback/arrives', 'callback/bad-bodies', 'callback/outsiders', 'subscription/delivers'];

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'golden-'));
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));

const played = new Map<string, Promise<Played>>();

/** Most changes leave an environment as it is. */
const play = (environment: Environment): Promise<Played> => {
  const key = JSON.stringify(environment);
  const found = played.get(key) ?? playNow(environment, path.join(scratch, String(played.size)));
  played.set(key, found);
  return found;
};

async function playNow(environment: Environment, outdir: string): Promise<Played> {
  const synthesized = synthesizeAll(outdir, [environment]);
  const [input] = rehearsalInputs(synthesized, outdir);
  if (!input) throw new Error('nothing was synthesized');
  const parts: Rehearsal[] = [];
  for (const scenario of scenarios) parts.push(await rehearse(input, { seed: 'review', scenario }));
  const stacks = synthesized.map(({ id, configuration, hcl }) =>
    reviewedStack(
      id,
      configuration,
      hcl,
      fs.readFileSync(path.join(outdir, 'stacks', id, '.terraform.lock.hcl'), 'utf8'),
    ),
  );
  const rehearsal = { ...(parts[0] as Rehearsal), scenarios: parts.flatMap((part) => part.scenarios) };
  return { stacks, rehearsal };
}

async function playAll(environments: readonly Environment[]) {
  const all: Played[] = [];
  for (const environment of environments) all.push(await play(environment));
  return {
    version: { name: 'the working tree', stacks: all.flatMap(({ stacks }) => stacks) },
    rehearsals: all.map(({ rehearsal }) => rehearsal),
  };
}

const locking = (version: Version, provider: string): Version => ({
  ...version,
  stacks: version.stacks.map((stack) => ({
    ...stack,
    lock: stack.lock?.replace(/^( *version *= )".*"/m, `$1"${provider}"`),
  })),
});

async function reviewed(name: string): Promise<Review> {
  const change = goldenChanges.find((candidate) => candidate.name === name);
  if (!change) throw new Error(`no change ${name}`);
  const [before, after] = [await playAll(change.base), await playAll(change.head)];
  const waivers = readWaivers(
    fs.readFileSync('__tests__/fixtures/waivers.json', 'utf8'),
    rules.map(({ id }) => id),
  );
  const head = change.provider ? locking(after.version, change.provider) : after.version;
  return reviewOf({
    change: { base: { ...before.version, name: 'origin/main (1a2b3c4)' }, head, plans: new Map() },
    rehearsal: rehearsalReview(
      { kind: 'rehearsed', rehearsals: after.rehearsals },
      change.base === change.head ? undefined : { kind: 'rehearsed', rehearsals: before.rehearsals },
      ['dev', 'prod'],
    ),
    waivers: { base: waivers, head: waivers },
    today: new Date('2026-12-01T12:00:00Z'),
    concerns: [],
  });
}

describe('the review of', () => {
  it.each(goldenChanges)('$name is as it was read and found good', async ({ name, verdict }) => {
    const review = await reviewed(name);
    const { markdown } = reviewReport(review, commentLimit, md`in the run’s artifacts`);
    expect(markdown.length).toBeLessThanOrEqual(commentLimit);
    await expect(`${markdown}\n`).toMatchFileSnapshot(`${name}.md`);
    expect(review.verdict).toBe(verdict);
  });
});
