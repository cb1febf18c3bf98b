import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Terraform } from '../../support/terraform';

/** Writes files, by their paths below a folder. */
export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

/** The plan of a configuration as `terraform show -json` gives it. */
export async function plan(terraform: Terraform, folder: string): Promise<Record<string, unknown>> {
  await terraform.run(folder, ['init', '-input=false', '-no-color']);
  await terraform.run(folder, [
    'plan',
    '-input=false',
    '-no-color',
    '-refresh=false',
    '-lock=false',
    '-out=plan.bin',
  ]);
  return JSON.parse(await terraform.run(folder, ['show', '-json', 'plan.bin'])) as Record<string, unknown>;
}
