import fs from 'node:fs';
import path from 'node:path';
import type { SynthesizedStack } from '../../tools/synth/synthesize';
import type { Terraform } from '../support/terraform';
import { endpointEnvironment } from './endpoint';
import type { Plan } from './plan';
import { copyFolder, type StackFolder } from './stack-folder';

/** What the plan of several stacks has of each: the part of its module. */
type PlanOfModules = Plan & {
  readonly configuration: {
    readonly root_module: {
      readonly module_calls?: Readonly<
        Record<string, { readonly module: Plan['configuration']['root_module'] }>
      >;
    };
  };
};

/**
 * One configuration of which stacks are the modules: they are planned with one start of the provider, which takes
 * longer than all that it does. What only a root module has, the state and the provider, each leaves to it; they have
 * the first stack's provider in common, so that its tag `stack` is on the resources of all.
 */
export function asModules(
  terraform: Terraform,
  stacks: readonly SynthesizedStack[],
  { from, target, endpoint }: { readonly from: string; readonly target: string; readonly endpoint: string },
  secret: string,
): StackFolder {
  const blocks = stacks.map((stack) => {
    const folder = copyFolder(terraform, stack, { from, target: path.join(target, stack.id), endpoint });
    const [provider] = takeBlocks(folder, providerBlock, backendBlock);
    return { provider, module: moduleBlock(stack, secret) };
  });
  fs.writeFileSync(
    path.join(target, 'main.tf'),
    [blocks[0]?.provider, ...blocks.map(({ module }) => module)].join('\n'),
  );
  const [lock] = stacks
    .map(({ id }) => path.join(target, id, '.terraform.lock.hcl'))
    .filter((file) => fs.existsSync(file));
  if (lock) fs.copyFileSync(lock, path.join(target, '.terraform.lock.hcl'));
  const environment = endpointEnvironment(endpoint);
  return { path: target, run: (...args) => terraform.run(target, args, environment) };
}

const providerBlock = /^provider "aws" \{\n[\s\S]*?^\}\n/m;
const backendBlock = /^ {2}backend "\w+" \{\n[\s\S]*?^ {2}\}\n/m;

/** Takes each block out of a stack's configuration. @returns the blocks */
function takeBlocks(folder: StackFolder, ...blocks: readonly RegExp[]): readonly string[] {
  const file = path.join(folder.path, 'cdk.tf');
  const hcl = fs.readFileSync(file, 'utf8');
  const taken = blocks.map((block) => {
    const [text] = block.exec(hcl) ?? [];
    if (text === undefined) throw new Error(`${file} has no ${block}`);
    return text;
  });
  fs.writeFileSync(
    file,
    taken.reduce((left, text) => left.replace(text, ''), hcl),
  );
  return taken;
}

const moduleBlock = ({ id, configuration }: SynthesizedStack, secret: string) =>
  [
    `module "${id}" {`,
    `  source = "./${id}"`,
    ...Object.keys(configuration.variable ?? {}).map((name) => `  ${name} = ${JSON.stringify(secret)}`),
    '}',
    '',
  ].join('\n');

/** The plan of one of them, as if it had been planned alone. */
export function planOfModule(plan: PlanOfModules, id: string): Plan {
  const prefix = `module.${id}.`;
  return {
    ...plan,
    resource_changes: plan.resource_changes
      .filter(({ address }) => address.startsWith(prefix))
      .map((resource) => ({ ...resource, address: resource.address.slice(prefix.length) })),
    configuration: {
      root_module: plan.configuration.root_module.module_calls?.[id]?.module ?? { resources: [] },
    },
  };
}
