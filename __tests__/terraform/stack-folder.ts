import fs from 'node:fs';
import path from 'node:path';
import type { SynthesizedStack } from '../../tools/synth/synthesize';
import type { Terraform } from '../support/terraform';
import { endpointEnvironment } from './endpoint';
import type { Plan } from './plan';
import { holdsLockedProvider } from './provider-in-mirror';

/** The folder of a stack, away from the project, as HCP Terraform gets it. */
export interface StackFolder {
  readonly path: string;
  /** Runs terraform there, against the endpoint, with a value for each secret. */
  readonly run: (...args: readonly string[]) => Promise<string>;
}

/** Copies the folder to `target`; the lock comes along unless the provider here is of another version. */
export function copyFolder(
  terraform: Terraform,
  { id, configuration }: SynthesizedStack,
  { from, target, endpoint }: { readonly from: string; readonly target: string; readonly endpoint: string },
): StackFolder {
  fs.cpSync(path.join(from, 'stacks', id), target, { recursive: true });
  if (terraform.mirror && !holdsLockedProvider(terraform.mirror)) {
    console.warn(`${id}: without its provider lock, since ${terraform.mirror} has another version`);
    fs.rmSync(path.join(target, '.terraform.lock.hcl'));
  }
  const secrets = Object.keys(configuration.variable ?? {});
  const environment = {
    ...endpointEnvironment(endpoint),
    ...Object.fromEntries(secrets.map((name) => [`TF_VAR_${name}`, 'not-a-real-secret'])),
  };
  return { path: target, run: (...args) => terraform.run(target, args, environment) };
}

/** Terraform that is told to keep the state on this machine, whatever the stack says. */
export async function initializeLocally({ path: folder, run }: StackFolder): Promise<void> {
  fs.writeFileSync(path.join(folder, 'state_override.tf'), 'terraform {\n  backend "local" {}\n}\n');
  await run('init', '-input=false');
}

/** A plan, and what Terraform had to say about it. */
export async function planOf(
  { run }: StackFolder,
  name = 'stack',
): Promise<Plan & { readonly warnings: readonly string[] }> {
  const events = await run('plan', '-json', '-input=false', '-lock=false', `-out=${name}.plan`);
  return { ...JSON.parse(await run('show', '-json', `${name}.plan`)), warnings: diagnostics(events) };
}

const diagnostics = (events: string): readonly string[] =>
  events
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter(({ type }) => type === 'diagnostic')
    .map(({ '@message': message }) => message);
