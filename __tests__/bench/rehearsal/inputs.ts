import { readFileSync } from 'node:fs';
import { deserialize } from 'node:v8';
import type { RehearsalInput } from '../../../tools/rehearse/rehearsal';
import { type System, systemOf } from '../../../tools/rehearse/world/system';

/** What `writeInputs` has written. */
export const readInputs = (file: string) => deserialize(readFileSync(file)) as readonly RehearsalInput[];

export function readSystem(file: string, environment: string): System {
  const input = readInputs(file).find((candidate) => candidate.environment === environment);
  if (!input) throw new Error(`${file} has no environment ${environment}`);
  return systemOf(input.stacks, input.wanted);
}
