import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SynthesizedStack, synthesizeAll } from '../tools/synth/synthesize';
import { type Moto, motoMissing, startMoto } from './support/moto';
import { findTerraform, type Terraform } from './support/terraform';

const terraform = findTerraform();
const missing = terraform?.mirror ? motoMissing() : 'Terraform or its AWS provider is not there';
if (missing)
  console.warn(`skipped: plans of the stacks by the real Terraform and provider, since ${missing}`);

/** The secrets that a stack asks for, as a user gives them. */
const secretsOf = ({ configuration }: SynthesizedStack) =>
  Object.fromEntries(
    Object.keys(configuration.variable ?? {}).map((name) => [`TF_VAR_${name}`, 'not-a-real-secret']),
  );

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'stacks-'));
const stacks = synthesizeAll(scratch);
const motos = new Map<string, Moto>();

beforeAll(async () => {
  if (missing) return;
  const accounts = new Set(stacks.map(({ environment }) => environment.accountId));
  await Promise.all([...accounts].map(async (account) => motos.set(account, await startMoto(account))));
}, 60_000);

afterAll(() => {
  for (const moto of motos.values()) moto.stop();
  fs.rmSync(scratch, { recursive: true, force: true });
});

describe.skipIf(missing)('the stacks in the real Terraform with the real provider', () => {
  it.concurrent.each(stacks)(
    '$id: plans without a warning away from the project, the same from HCL as from JSON, every policy readable',
    { timeout: 240_000 },
    async (stack) => {
      const folder = await initialized(terraform as Terraform, stack);
      const fromHcl = await folder.plan('hcl');
      fs.rmSync(path.join(folder.path, 'cdk.tf'));
      fs.writeFileSync(path.join(folder.path, 'cdk.tf.json'), JSON.stringify(stack.configuration, null, 2));
      const fromJson = await folder.plan('json');

      expect(fromHcl.resource_changes).toEqual(fromJson.resource_changes);
      expect(fromHcl.planned_values).toEqual(fromJson.planned_values);
      expect(fromHcl.output_changes).toEqual(fromJson.output_changes);
      expect(fromHcl.warnings).toEqual([]);
      expect(unknownPolicies(fromHcl, stack)).toEqual(expectedUnknownPolicies(stack));
    },
  );

  it('synthesized/ is formatted as terraform fmt would', async () => {
    const { run } = terraform as Terraform;
    await expect(run(process.cwd(), ['fmt', '-check', '-diff', 'synthesized'])).resolves.toBe('');
  });

  it('a plan against another account is refused', { timeout: 60_000 }, async () => {
    const [stack] = stacks.filter(({ environment }) => environment.name === 'dev');
    const other = stacks.find(({ environment }) => environment.accountId !== stack?.environment.accountId);
    if (!stack || !other) throw new Error('this wants two environments in two accounts');
    const folder = await initialized(terraform as Terraform, stack, other.environment.accountId);
    await expect(folder.plan('other-account')).rejects.toThrow(/not allowed/i);
  });
});

interface Plan {
  readonly warnings: readonly string[];
  readonly resource_changes: readonly {
    readonly address: string;
    readonly type: string;
    readonly name: string;
    readonly change: { readonly after_unknown: Readonly<Record<string, unknown>> };
  }[];
  readonly planned_values: unknown;
  readonly output_changes: unknown;
}

interface Folder {
  readonly path: string;
  /** Plans from empty state; `name` tells the plan files apart. */
  readonly plan: (name: string) => Promise<Plan>;
}

/** A stack's folder copied elsewhere, as a remote run would have it, with its state on this machine. */
async function initialized(
  { run }: Terraform,
  stack: SynthesizedStack,
  account = stack.environment.accountId,
): Promise<Folder> {
  const folder = fs.mkdtempSync(path.join(scratch, `${stack.id}-`));
  fs.cpSync(path.join(scratch, 'stacks', stack.id), folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'state_override.tf'), 'terraform {\n  backend "local" {}\n}\n');
  const environment = {
    ...secretsOf(stack),
    AWS_ENDPOINT_URL: motos.get(account)?.endpoint ?? '',
    AWS_ACCESS_KEY_ID: 'testing',
    AWS_SECRET_ACCESS_KEY: 'testing',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  const here = (...args: readonly string[]) => run(folder, args, environment);
  await here('init', '-input=false');
  return {
    path: folder,
    plan: async (name) => {
      const events = await here('plan', '-json', '-input=false', '-lock=false', `-out=${name}.plan`);
      const plan = JSON.parse(await here('show', '-json', `${name}.plan`));
      return { ...plan, warnings: diagnostics(events) };
    },
  };
}

/** What Terraform had to say about a plan, from its `-json` events. */
const diagnostics = (events: string): readonly string[] =>
  events
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter(({ type }) => type === 'diagnostic')
    .map(({ '@message': message }) => message);

const policyAttributes = ['policy', 'assume_role_policy', 'redrive_policy', 'redrive_allow_policy'];

/** Resources for which we set a policy that the first plan cannot show. */
const unknownPolicies = (plan: Plan, { configuration }: SynthesizedStack) =>
  plan.resource_changes
    .filter(({ type, name, change }) => {
      const configured = (configuration.resource?.[type]?.[name] ?? {}) as Record<string, unknown>;
      return policyAttributes.some(
        (attribute) => configured[attribute] !== undefined && change.after_unknown[attribute] === true,
      );
    })
    .map(({ address }) => address)
    .sort();

/** The statements that name an API's id, which API Gateway chooses: each alone in its resource. */
function expectedUnknownPolicies({ id }: SynthesizedStack): readonly string[] {
  if (id.endsWith('-callback-receiver')) return ['aws_api_gateway_rest_api_policy.api_policy'];
  if (id.endsWith('-websocket-reply')) return ['aws_iam_role_policy.reply_role_connections'];
  return [];
}
