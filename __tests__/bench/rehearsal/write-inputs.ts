import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { serialize } from 'node:v8';
import type { Environment } from '../../../environments/environment';
import { rehearsalInputs } from '../../../tools/rehearse/rehearse-all';
import { synthesizeAll } from '../../../tools/synth/synthesize';
import { environments } from '../../fixtures/environments';

/**
 * Synthesizes the fixtures, and what is given beside them, into a folder.
 * @returns a file, for processes of which none loads CDKTF
 */
export function writeInputs(folder: string, others: readonly Environment[] = []): string {
  const file = path.join(folder, 'inputs');
  const all = [...environments, ...others];
  writeFileSync(file, serialize(rehearsalInputs(synthesizeAll(folder, all), folder)));
  return file;
}
