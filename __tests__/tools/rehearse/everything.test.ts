import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allHeld, type Rehearsal, rehearse } from '../../../tools/rehearse/rehearsal';
import { rehearsalInputs } from '../../../tools/rehearse/rehearse-all';
import { reportOf } from '../../../tools/rehearse/report/report';
import { scenarios } from '../../../tools/rehearse/scenarios';
import { synthesizeAll } from '../../../tools/synth/synthesize';
import { styleFor } from '../../../tools/terminal';
import { everything } from '../../fixtures/everything';
import { variants } from './variants';

/** Scenarios of options that exclude one that is on, and who plays them instead. */
const elsewhere: Readonly<Record<string, { readonly because: string; readonly variant: string }>> = {
  'callback/private': {
    because: 'a private API is on no custom domain and takes no public addresses',
    variant: 'callers: a private API, with signatures and keys',
  },
};

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'everything-'));
const stacks = synthesizeAll(folder, [everything]);
let rehearsal: Rehearsal;

beforeAll(async () => {
  const [input] = rehearsalInputs(stacks, folder);
  if (!input) throw new Error('nothing was synthesized');
  rehearsal = await rehearse(input, { seed: 'everything', messages: 200 });
}, 120_000);

afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

describe('every option at once', () => {
  test('every scenario holds, every grant is needed, every mistake is told', () => {
    expect(rehearsal.problems).toEqual([]);
    expect(rehearsal.scenarios.filter(({ failures }) => failures.length > 0)).toEqual([]);
    expect(rehearsal.notPlayed).toEqual([]);
    expect(rehearsal.grants.filter(({ verdict }) => verdict === 'not-needed')).toEqual([]);
    expect(rehearsal.mistakes.filter(({ told }) => !told)).toEqual([]);
    expect(allHeld(rehearsal)).toBe(true);
  });

  test('every scenario there is was played, but those of options that exclude one another', () => {
    const played = new Set(rehearsal.scenarios.map(({ scenario }) => scenario));
    const notPlayed = scenarios.map(({ id }) => id).filter((id) => !played.has(id));
    expect(notPlayed).toEqual(Object.keys(elsewhere));
    expect(Object.values(elsewhere).filter(({ variant }) => !(variant in variants))).toEqual([]);
  });

  test('the report has every stack that a message goes through', () => {
    const report = reportOf([rehearsal], styleFor({}, {}), { detailed: false });
    // Alarms and roles of pipelines move no message.
    const withoutFlow = ['every-monitoring', 'every-deployment-roles'];
    const ids = stacks.map(({ id }) => id);
    expect(ids.filter((id) => !report.split('\n').includes(id))).toEqual(withoutFlow);
    expect(report.match(/^Taken for granted: .*$/gm)).toEqual([
      expect.stringContaining(
        ":theirs exists, with SQS's default settings and the policy that the stack prints for it, and its key arn:aws:kms:ap-northeast-2:444455556666:",
      ),
      expect.stringContaining(':shared exists, '),
      expect.stringContaining(':secret:orders-AbCdEf exists, '),
      expect.stringContaining(':regional/webacl/callers/'),
    ]);
  });
});
