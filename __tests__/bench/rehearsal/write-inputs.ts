import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { serialize } from 'node:v8';
import { rehearsalInputs } from '../../../tools/rehearse/rehearse-all';
import { synthesizeAll } from '../../../tools/synth/synthesize';
import { environments } from '../../fixtures/environments';

/** Synthesizes the fixtures into a folder. @returns a file, for processes of which none loads CDKTF */
export function writeInputs(folder: string): string {
  const file = path.join(folder, 'inputs');
  writeFileSync(file, serialize(rehearsalInputs(synthesizeAll(folder, environments), folder)));
  return file;
}
