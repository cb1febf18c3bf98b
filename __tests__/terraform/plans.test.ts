import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SynthesizedStack, synthesizeAll } from '../../tools/synth/synthesize';
import { type Moto, motoMissing, startMoto } from '../support/moto';
import { findTerraform, type Terraform } from '../support/terraform';
import { longestChain, managed, type Plan } from './plan';
import { policiesOf, policyHolders } from './planned-policies';
import { copyFolder, initializeLocally, planOf, type StackFolder } from './stack-folder';

const found = findTerraform();
const missing = found?.mirror ? motoMissing() : 'Terraform or its AWS provider is not there';
if (missing)
  console.warn(`skipped: plans of the stacks by the real Terraform and provider, since ${missing}`);
const terraform = found as Terraform;

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'plans-'));
const stacks = synthesizeAll(scratch);
// `dev` is deployed, which plans it first.
const planned = stacks.filter(({ environment }) => environment.name === 'prod');
const motos = new Map<string, Moto>();
const plans = new Map<string, Plan>();
const plansFromJson = new Map<string, Plan>();

beforeAll(async () => {
  if (missing) return;
  const accounts = new Set(stacks.map(({ environment }) => environment.accountId));
  await Promise.all([...accounts].map(async (account) => motos.set(account, await startMoto(account))));
}, 60_000);

afterAll(() => {
  for (const moto of motos.values()) moto.stop();
  fs.rmSync(scratch, { recursive: true, force: true });
  if (plans.size > 0) console.log(graphTable());
});

const elsewhere = (stack: SynthesizedStack, account = stack.environment.accountId): StackFolder =>
  copyFolder(terraform, stack, {
    from: scratch,
    target: fs.mkdtempSync(path.join(scratch, `${stack.id}-`)),
    endpoint: motos.get(account)?.endpoint ?? '',
  });

describe.skipIf(missing)('the stacks in the real Terraform with the real provider', () => {
  it.concurrent.each(planned)(
    '$id: its folder holds all that a remote run needs, and is planned without a warning',
    { timeout: 240_000 },
    async (stack) => {
      const folder = elsewhere(stack);
      await folder.run('init', '-backend=false', '-input=false');
      await initializeLocally(folder);
      const plan = await planOf(folder);
      plans.set(stack.id, plan);
      expect(plan.warnings).toEqual([]);
      // A plan does not open them, an apply does.
      for (const { file, hash } of archivesOf(plan)) {
        const bytes = fs.readFileSync(path.resolve(folder.path, file));
        expect(createHash('sha256').update(bytes).digest('base64'), file).toBe(hash);
      }
    },
  );

  // The stack with the most of everything: that each block means the same is the HCL writer's own tests' to show.
  const richest = planned.filter(({ id }) => id === 'prod-callback-receiver');
  it.concurrent.each(richest)('$id: is planned from JSON too', { timeout: 240_000 }, async (stack) => {
    const folder = elsewhere(stack);
    fs.rmSync(path.join(folder.path, 'cdk.tf'));
    fs.writeFileSync(path.join(folder.path, 'cdk.tf.json'), JSON.stringify(stack.configuration, null, 2));
    await initializeLocally(folder);
    plansFromJson.set(stack.id, await planOf(folder));
  });

  it('plans the same from HCL as from JSON', () => {
    expect([...plansFromJson.keys()]).toEqual(['prod-callback-receiver']);
    for (const [id, fromJson] of plansFromJson) {
      const fromHcl = plans.get(id);
      expect(fromHcl?.resource_changes, id).toEqual(fromJson.resource_changes);
      expect(fromHcl?.planned_values, id).toEqual(fromJson.planned_values);
      expect(fromHcl?.output_changes, id).toEqual(fromJson.output_changes);
    }
  });

  it.each(planned)('$id: every policy is known in its first plan, but those of an API’s id', (stack) => {
    const plan = planOfStack(stack);
    const policies = policiesOf(plan, stack.configuration);
    // The statements that name an API by the id that API Gateway will choose, each alone in its resource.
    const unknown = {
      'callback-receiver': ['aws_api_gateway_rest_api_policy.api_policy'],
      'websocket-reply': ['aws_iam_role_policy.reply_role_connections'],
      'subscriber-pipe': [],
    }[variantOf(stack)];
    expect(policies.filter(({ known }) => !known).map(({ address }) => address)).toEqual(unknown);
    // Nothing was overlooked.
    for (const { owner, planned, shown } of policyHolders(plan, policies)) expect(shown, owner).toBe(planned);
  });

  // A deploy's time. Where a number must grow, look at what the new resource is for, and at what it waits for.
  it.each(planned)('$id: few resources, and only a few that wait for each other', (stack) => {
    const { callbackReceiver, subscriberPipe } = stack.environment;
    const callbacks = callbackReceiver?.callbacks ?? [];
    const segments = Math.max(0, ...callbacks.map((callback) => callback.path.split('/').length - 1));
    const most = {
      'callback-receiver': { resources: 20 + 20 * callbacks.length, chain: 7 + segments },
      'websocket-reply': { resources: 30, chain: 7 },
      // The key, the log group that it encrypts, the function that writes there, the pipe.
      'subscriber-pipe': { resources: 12 * (subscriberPipe?.subscriptions.length ?? 0), chain: 4 },
    }[variantOf(stack)];
    const plan = planOfStack(stack);
    const chain = longestChain(plan);
    expect(managed(plan).length).toBeLessThanOrEqual(most.resources);
    expect(chain.length, chain.join(' <- ')).toBeLessThanOrEqual(most.chain);
  });

  it('synthesized/ is formatted as terraform fmt would', async () => {
    await expect(terraform.run(process.cwd(), ['fmt', '-check', '-diff', 'synthesized'])).resolves.toBe('');
  });

  it('a plan against another account is refused', { timeout: 60_000 }, async () => {
    const [stack] = stacks.filter(({ environment }) => environment.name === 'dev');
    const other = stacks.find(({ environment }) => environment.accountId !== stack?.environment.accountId);
    if (!stack || !other) throw new Error('this wants two environments in two accounts');
    const folder = elsewhere(stack, other.environment.accountId);
    await initializeLocally(folder);
    await expect(planOf(folder)).rejects.toThrow(
      new RegExp(`AWS account ID not allowed: ${other.environment.accountId}`),
    );
  });
});

type Variant = 'callback-receiver' | 'websocket-reply' | 'subscriber-pipe';

const variantOf = ({ id, environment }: SynthesizedStack) => id.slice(environment.name.length + 1) as Variant;

function planOfStack({ id }: SynthesizedStack): Plan {
  const plan = plans.get(id);
  if (!plan) throw new Error(`${id} was not planned`);
  return plan;
}

/** The code that functions are deployed with: its file, and the SHA-256 that the plan expects of it. */
const archivesOf = (plan: Plan) =>
  managed(plan)
    .filter(({ type }) => type === 'aws_lambda_function')
    .map(({ change }) => ({
      file: String(change.after?.filename),
      hash: change.after?.source_code_hash,
    }));

/** What a deploy's time comes from, stack by stack. */
function graphTable(): string {
  const rows = planned.flatMap(({ id }) => {
    const plan = plans.get(id);
    if (!plan) return [];
    const chain = longestChain(plan);
    const types = chain.map((address) => address.replace(/^aws_|\..*$/g, '')).join(' <- ');
    return [[id, String(managed(plan).length), `${chain.length}: ${types}`]];
  });
  const table = [['stack', 'resources', 'longest chain'], ...rows];
  const widths = [0, 1].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return table
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .join('\n');
}
