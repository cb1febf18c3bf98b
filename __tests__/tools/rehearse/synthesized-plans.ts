import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Environment } from '../../../environments/environment';
import { type Plan, readPlan } from '../../../tools/plan/plan';
import { synthesizeAll } from '../../../tools/synth/synthesize';

export interface SynthesizedPlan {
  readonly environment: Environment;
  readonly plan: Plan;
}

/** The plans of the environments' stacks that have an API, synthesized into a folder that is gone afterwards. */
export function plansOf(environments: readonly Environment[]): readonly SynthesizedPlan[] {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'plans-'));
  try {
    return synthesizeAll(folder, environments)
      .filter(({ id }) => !id.endsWith('-subscriber-pipe'))
      .map(({ id, environment, configuration }) => ({ environment, plan: readPlan(id, configuration) }));
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
