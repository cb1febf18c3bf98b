import fs from 'node:fs';
import path from 'node:path';
import { TerraformStack } from 'cdktf';
import { environments as allEnvironments } from '../../environments';
import type { Environment } from '../../environments/environment';
import { buildApp, synthesizeApp } from '../../stacks/app';
import type { EnvironmentStack } from '../../stacks/environment-stack';

/** A stack as it was synthesized. */
export interface SynthesizedStack {
  readonly id: string;
  readonly environment: Environment;
  readonly hcl: string;
  /** The same configuration in Terraform's JSON syntax. */
  readonly configuration: TerraformConfiguration;
}

/** Terraform's JSON syntax, as far as everyone who reads it here agrees on it. */
export interface TerraformConfiguration {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly [block: string]: unknown;
}

/** Synthesizes every stack as HCL into `outdir`, as `npx cdktf synth --hcl` does. */
export function synthesizeAll(
  outdir: string,
  environments: readonly Environment[] = allEnvironments,
): readonly SynthesizedStack[] {
  // The variable, not the App's property, is what CDKTF's synthesizer obeys.
  process.env.SYNTH_HCL_OUTPUT = 'true';
  fs.mkdirSync(outdir, { recursive: true });
  const app = buildApp(environments, { outdir });
  synthesizeApp(app);
  return app.node.children
    .filter((child): child is EnvironmentStack => TerraformStack.isStack(child))
    .map((stack) => ({
      id: stack.node.id,
      environment: stack.environment,
      hcl: fs.readFileSync(path.join(outdir, app.manifest.forStack(stack).synthesizedStackPath), 'utf8'),
      configuration: stack.toTerraform() as TerraformConfiguration,
    }));
}
