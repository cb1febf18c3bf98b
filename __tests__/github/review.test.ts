import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runScript } from './script';

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'review-step-'));
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));

/** Runs review.sh with a command `npm` that notes what it was asked, and does what `command` says. */
async function review(command: string, environment: NodeJS.ProcessEnv = {}) {
  const folder = fs.mkdtempSync(path.join(scratch, 'run-'));
  const file = (name: string) => path.join(folder, name);
  fs.mkdirSync(file('bin'));
  fs.writeFileSync(
    file('bin/npm'),
    `#!/bin/sh\necho "$*" > ${folder}/asked\nout=${folder}/out\n${command}\n`,
    {
      mode: 0o755,
    },
  );
  const ended = await runScript('review.sh', [file('out'), '--base', 'HEAD^1'], {
    cwd: folder,
    environment: {
      PATH: `${folder}/bin:${process.env.PATH}`,
      GITHUB_STEP_SUMMARY: file('summary'),
      ...environment,
    },
  });
  const text = (name: string) =>
    fs.existsSync(file(name)) ? fs.readFileSync(file(name), 'utf8') : undefined;
  return {
    ...ended,
    asked: text('asked')?.trim().replaceAll(`${folder}/`, ''),
    exitCode: text('out/exit-code'),
    summary: text('summary'),
  };
}

describe('the step that reviews', () => {
  it.each([
    ['is fine', 0, 0],
    ['needs a person’s attention', 3, 0],
    ['is broken', 1, 1],
    ['could not be reviewed', 2, 2],
  ])('where the change %s, npm run review ends with %i and the step with %i', async (_, ends, code) => {
    const ended = await review(`echo Review > $out/review.md; exit ${ends}`);
    expect(ended).toEqual({
      code,
      said: '',
      asked: 'run --silent review -- --base HEAD^1 --out out/review.md',
      exitCode: `${ends}\n`,
      summary: 'Review\n',
    });
  });

  it('leaves the exit code where there is no review', async () => {
    expect(await review('echo nothing >&2; exit 2')).toMatchObject({
      code: 2,
      said: 'nothing\n',
      exitCode: '2\n',
      summary: undefined,
    });
  });

  it('shows all of a review that had to be shortened, as far as a summary has room', async () => {
    const shortened = 'echo Short > $out/review.md; echo Whole > $out/review.whole.md';
    expect((await review(shortened)).summary).toBe('Whole\n');
    const huge = `${shortened}; head -c 1000000 /dev/zero > $out/review.whole.md`;
    expect((await review(huge)).summary).toBe('Short\n');
  });

  it('reviews the plans of a folder', async () => {
    const plans = fs.mkdtempSync(path.join(scratch, 'plans-'));
    for (const name of ['b.json', 'a.json', 'a.tfplan']) fs.writeFileSync(path.join(plans, name), '{}');
    expect((await review('exit 0', { PLANS: plans })).asked).toBe(
      `run --silent review -- --base HEAD^1 --plan ${plans}/a.json --plan ${plans}/b.json --out out/review.md`,
    );
    const none = fs.mkdtempSync(path.join(scratch, 'none-'));
    expect((await review('exit 0', { PLANS: none })).asked).toBe(
      'run --silent review -- --base HEAD^1 --out out/review.md',
    );
  });
});
