import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Environment } from '../../../environments/environment';
import { rehearse } from '../../../tools/rehearse/rehearsal';
import { rehearsalInputs } from '../../../tools/rehearse/rehearse-all';
import { synthesizeAll } from '../../../tools/synth/synthesize';
import { environments } from '../../fixtures/environments';

/** `npm run rehearse` sends 10,000 of each kind: the same takes longer, and shows no more. */
const messages = 3_000;

test.each([
  ['callback/load', 'delivered'],
  ['websocket/load', 'answered'],
])('%s holds with thousands of messages and every fault', { timeout: 180_000 }, async (scenario, word) => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'load-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  const [input] = rehearsalInputs(synthesizeAll(folder, [environments[0] as Environment]), folder);
  if (!input) throw new Error('nothing was synthesized');

  const { scenarios } = await rehearse(input, { seed: 'load', scenario, messages });

  expect(scenarios).toHaveLength(1);
  expect(scenarios[0]?.failures).toEqual([]);
  const { accepted, delivered, deadLettered, lost } = scenarios[0]?.account ?? {};
  expect(accepted).toBeGreaterThanOrEqual(messages);
  expect(deadLettered).toBeGreaterThanOrEqual(1);
  expect(delivered).toBe((accepted ?? 0) - (deadLettered ?? 0));
  expect(lost).toEqual([]);
  expect(scenarios[0]?.outcome).toContain(word);
});
