import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Environment } from '../../../environments/environment';
import { rehearsalInputs } from '../../../tools/rehearse/rehearse-all';
import { type System, systemOf } from '../../../tools/rehearse/world/system';
import { synthesizeAll } from '../../../tools/synth/synthesize';

/** What the rehearsal makes of an environment. */
export function systemOfEnvironment(environment: Environment): System {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'system-'));
  try {
    const [input] = rehearsalInputs(synthesizeAll(folder, [environment]), folder);
    if (!input) throw new Error(`${environment.name} has no stacks`);
    return systemOf(input.stacks, input.wanted);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
