import { tmpdir } from 'node:os';
import path from 'node:path';
import { App, TerraformStack } from 'cdktf';
import { aws } from './aws';
import type { Case } from './case';
import { overrides } from './overrides';
import { resources } from './resources';
import { settings } from './settings';
import { jsonStrings, strings } from './strings';
import { templates } from './templates';
import { locals, outputs, values, variables } from './values';

/** Every form that the HCL writer must get right. */
export const corpus: readonly Case[] = [
  ...strings,
  ...jsonStrings,
  ...templates,
  ...values,
  ...locals,
  ...variables,
  ...outputs,
  ...resources,
  ...overrides,
  ...settings,
  ...aws,
];

/** The stack of a case. */
export function stackOf({ build }: Pick<Case, 'build'>): TerraformStack {
  const app = new App({ outdir: path.join(tmpdir(), 'hcl-corpus'), skipValidation: true });
  const stack = new TerraformStack(app, 'stack');
  build(stack);
  return stack;
}
