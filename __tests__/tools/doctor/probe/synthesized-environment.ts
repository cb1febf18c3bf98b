import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll } from 'vitest';
import type { Environment } from '../../../../environments/environment';
import type { handler } from '../../../../lambda-src/archive-to-s3/index';
import { type Configuration, type Plan, readPlan } from '../../../../tools/plan/plan';
import { synthesizeAll } from '../../../../tools/synth/synthesize';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders.splice(0)) fs.rmSync(folder, { recursive: true, force: true });
});

const scratch = () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'probe-'));
  folders.push(folder);
  return folder;
};

export interface SynthesizedEnvironment {
  readonly environment: Environment;
  readonly plans: readonly Plan[];
  /** The bundled archive function of the pipes' stack, loaded anew. */
  readonly archiveFunction: () => typeof handler;
}

/** The plans of an environment, as the probe gets them, and the code that is deployed with them. */
export function synthesizedEnvironment(environment: Environment): SynthesizedEnvironment {
  const folder = scratch();
  const plans = synthesizeAll(folder, [environment]).map(({ id, configuration }) =>
    readPlan(id, configuration as Configuration),
  );
  return {
    environment,
    plans,
    archiveFunction: () => {
      const zip = path.join(
        folder,
        'stacks',
        `${environment.name}-subscriber-pipe`,
        'functions/archive-to-s3.zip',
      );
      const code = scratch();
      for (const [name, bytes] of Object.entries(unzipSync(fs.readFileSync(zip)))) {
        fs.writeFileSync(path.join(code, name), bytes);
      }
      return createRequire(import.meta.url)(path.join(code, 'index.js')).handler;
    },
  };
}
