import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { renderStack } from '../../../synthesis/hcl/index';
import { findTerraform, type Terraform } from '../../support/terraform';
import { corpus, stackOf } from './corpus/index';
import { plan, writeFiles } from './terraform';

const MODULES = {
  'with-providers/main.tf':
    'terraform {\n  required_providers {\n    aws = {\n      source                = "hashicorp/aws"\n      configuration_aliases = [aws.replica]\n    }\n  }\n}\n',
  'module/main.tf':
    'variable "a" {}\nvariable "b" {}\noutput "result" {\n  value = { a = var.a, b = var.b }\n}\n',
};
const AWS = `provider "aws" {
  region                      = "us-east-1"
  access_key                  = "test"
  secret_key                  = "test"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
}
`;

const cases = corpus.map((item, index) => {
  const stack = stackOf(item);
  const json: Record<string, unknown> = stack.toTerraform();
  return { ...item, id: `c${index}`, hcl: renderStack(stack).hcl, json };
});

const found = findTerraform();
const terraform = found as Terraform;

type Tree = Record<string, unknown>;

/** Everything a plan says of one module, with the module's own name taken out. */
function sayings(planned: Tree, name: string): unknown {
  const ofModule = (planned.resource_changes as Tree[] | undefined)?.filter(({ module_address: address }) =>
    String(address).split('.').slice(0, 2).join('.').startsWith(`module.${name}`),
  );
  const known = planned.planned_values as { outputs?: Record<string, Tree> };
  const configuration = planned.configuration as {
    root_module: { module_calls: Record<string, { module: unknown }> };
  };
  const text = JSON.stringify({
    changes: ofModule,
    prior: priorData(planned, name),
    output: known.outputs?.[name],
    unknown: (planned.output_changes as Record<string, unknown>)[name],
    configuration: comparable(configuration.root_module.module_calls[name]?.module),
  });
  return JSON.parse(text.replaceAll(`module.${name}`, 'module.X').replaceAll(`${name}:`, 'X:'));
}

function priorData(planned: Tree, name: string): unknown {
  const state = planned.prior_state as { values?: { root_module?: { child_modules?: Tree[] } } } | undefined;
  return state?.values?.root_module?.child_modules?.filter(({ address }) => address === `module.${name}`);
}

/** The parsed configuration without what only tells how a value was written: a constant or a function of constants. */
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => key !== 'constant_value');
  return Object.fromEntries(
    entries
      .map(
        ([key, item]) =>
          [key, key === 'references' ? [...new Set(item as string[])].sort() : comparable(item)] as const,
      )
      .filter(([, item]) => !(typeof item === 'object' && item !== null && Object.keys(item).length === 0)),
  );
}

async function planTogether(kind: 'child' | 'aws', provider: string) {
  const folder = path.join(terraform.root, kind);
  const chosen = cases.filter((item) => (item.terraform ?? 'child') === kind);
  const root: string[] = [provider];
  for (const { id, hcl, json } of chosen) {
    for (const form of ['json', 'hcl']) {
      const file = form === 'hcl' ? { 'cdk.tf': hcl } : { 'cdk.tf.json': JSON.stringify(json) };
      writeFiles(path.join(folder, `${id}_${form}`), { ...MODULES, ...file });
      const name = `${id}_${form}`;
      root.push(
        `module "${name}" {\n  source = "./${name}"\n}\n\noutput "${name}" {\n  value     = module.${name}\n  sensitive = true\n}\n`,
      );
    }
  }
  writeFiles(folder, { 'main.tf': root.join('\n') });
  const planned = await plan(terraform, folder);
  return chosen.map(({ name, id }) => ({
    name,
    hcl: sayings(planned, `${id}_hcl`),
    json: sayings(planned, `${id}_json`),
  }));
}

describe.skipIf(!found)('terraform', () => {
  it('finds nothing to format', async () => {
    const folder = path.join(terraform.root, 'format');
    writeFiles(folder, Object.fromEntries(cases.map(({ id, hcl }) => [`${id}.tf`, hcl])));
    expect(await terraform.run(folder, ['fmt', '-check', '-diff'])).toBe('');
    writeFiles(folder, { 'bad.tf': 'locals {\n  a=1\n}\n' });
    await expect(terraform.run(folder, ['fmt', '-check'])).rejects.toThrow('bad.tf');
  });

  it('plans the same from HCL as from JSON', { timeout: 60_000 }, async () => {
    const planned = await planTogether('child', '');
    for (const { name, hcl, json } of planned) expect(hcl, name).toEqual(json);
    expect(planned.length).toBeGreaterThan(80);
  });

  it.each(cases.filter(({ terraform: kind }) => kind === 'root'))(
    'plans $name the same',
    { timeout: 60_000 },
    async ({ id, hcl, json }) => {
      const files = { 'cdk.tf': hcl, 'cdk.tf.json': JSON.stringify(json) };
      const plans: unknown[] = [];
      for (const [name, text] of Object.entries(files)) {
        const folder = path.join(terraform.root, `${id}-${name}`);
        writeFiles(folder, { [name]: text });
        const { timestamp, configuration, ...said } = await plan(terraform, folder);
        expect(timestamp).toBeTypeOf('string');
        plans.push({ ...said, configuration: comparable(configuration) });
      }
      expect(plans[0]).toEqual(plans[1]);
    },
  );

  it.skipIf(!found?.mirror).each(cases.filter(({ terraform: kind }) => kind === 'root-aws'))(
    'accepts $name',
    { timeout: 60_000 },
    async ({ id, hcl }) => {
      const folder = path.join(terraform.root, id);
      writeFiles(folder, { ...MODULES, 'cdk.tf': hcl });
      await terraform.run(folder, ['init', '-input=false', '-no-color']);
      expect(JSON.parse(await terraform.run(folder, ['validate', '-json']))).toMatchObject({
        valid: true,
        warning_count: 0,
      });
    },
  );

  it.skipIf(!found?.mirror)(
    'plans the same from HCL as from JSON with the AWS provider',
    { timeout: 60_000 },
    async () => {
      const planned = await planTogether('aws', AWS);
      for (const { name, hcl, json } of planned) expect(hcl, name).toEqual(json);
      expect(planned.length).toBeGreaterThan(10);
    },
  );
});
