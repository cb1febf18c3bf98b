import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { allHeld, rehearse } from '../../../tools/rehearse/rehearsal';
import { rehearsalInputs } from '../../../tools/rehearse/rehearse-all';
import { synthesizeAll } from '../../../tools/synth/synthesize';
import { variants } from './variants';

test.each(Object.keys(variants))(
  '%s: every scenario holds, every grant is needed',
  { timeout: 120_000 },
  async (name) => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'variants-'));
    onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
    const environment = variants[name];
    const [input] = rehearsalInputs(synthesizeAll(folder, environment ? [environment] : []), folder);
    if (!input) throw new Error(`nothing was synthesized for ${name}`);

    const rehearsal = await rehearse(input, { seed: 'variants', messages: 200 });

    expect(rehearsal.problems).toEqual([]);
    expect(rehearsal.scenarios.filter(({ failures }) => failures.length > 0)).toEqual([]);
    expect(rehearsal.notPlayed).toEqual([]);
    expect(rehearsal.grants.filter(({ verdict }) => verdict === 'not-needed')).toEqual([]);
    expect(rehearsal.grants.some(({ verdict }) => verdict === 'needed')).toBe(true);
    expect(rehearsal.mistakes.filter(({ told }) => !told)).toEqual([]);
    expect(allHeld(rehearsal)).toBe(true);
  },
);
