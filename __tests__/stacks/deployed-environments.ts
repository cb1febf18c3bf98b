import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { TerraformStack } from 'cdktf';
import { buildApp } from '../../stacks/app';
import type { EnvironmentStack } from '../../stacks/environment-stack';
import { environments } from '../fixtures/environments';
import { type Configuration, synthesized } from '../support/synthesized';

/** A stack of the real environments. */
export interface DeployedStack {
  readonly id: string;
  readonly stack: EnvironmentStack;
  readonly configuration: Configuration;
}

/** Every stack of every environment that the project deploys, in its order. */
export function deployedStacks(): readonly DeployedStack[] {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'deployed-stacks-'));
  try {
    return buildApp(environments, { outdir })
      .node.children.filter((child): child is EnvironmentStack => TerraformStack.isStack(child))
      .map((stack) => ({ id: stack.node.id, stack, configuration: synthesized(stack) }));
  } finally {
    fs.rmSync(outdir, { recursive: true, force: true });
  }
}
