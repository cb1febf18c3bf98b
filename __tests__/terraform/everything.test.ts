import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { synthesizeAll } from '../../tools/synth/synthesize';
import { everything } from '../fixtures/everything';
import { type Moto, motoMissing, startMoto } from '../support/moto';
import { findTerraform, type Terraform } from '../support/terraform';
import { asModules, planOfModule } from './modules';
import { managed } from './plan';
import { policiesOf, policyHolders } from './planned-policies';
import { planOf } from './stack-folder';

const terraform = findTerraform();
const missing = terraform?.mirror ? motoMissing() : 'Terraform or its AWS provider is not there';
if (missing) console.warn(`skipped: a plan with every option on, since ${missing}`);

const secret = 'not-a-real-secret';
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'everything-'));
const stacks = synthesizeAll(scratch, [everything]);
let moto: Moto;
let plan: Awaited<ReturnType<typeof planOf>>;

beforeAll(async () => {
  if (missing) return;
  moto = await startMoto(everything.accountId);
  const target = path.join(scratch, 'root');
  const root = asModules(
    terraform as Terraform,
    stacks,
    { from: scratch, target, endpoint: moto.endpoint },
    secret,
  );
  await root.run('init', '-input=false');
  // A plan says all that `validate` says, and validates first.
  plan = await planOf(root);
}, 240_000);

afterAll(() => {
  moto?.stop();
  fs.rmSync(scratch, { recursive: true, force: true });
});

/** The policies that no first plan shows: of whom an API's id is in them. */
const unknownPolicies: Readonly<Record<string, readonly string[]>> = {
  'every-callback-receiver': ['aws_api_gateway_rest_api_policy.api_policy'],
  'every-websocket-reply': ['aws_iam_role_policy.reply_role_connections'],
};

describe.skipIf(missing)('every option at once, in the real Terraform with the real provider', () => {
  it('is valid, without a warning', () => {
    expect(plan.warnings).toEqual([]);
  });

  it.each(stacks)('$id: each of its resources is created, and nothing else', ({ id, configuration }) => {
    const resources = managed(planOfModule(plan, id));
    const configured = Object.entries(configuration.resource ?? {}).flatMap(([type, named]) =>
      Object.keys(named).map((name) => `${type}.${name}`),
    );
    expect(resources.map(({ address }) => address).sort()).toEqual(configured.sort());
    expect([...new Set(resources.flatMap(({ change }) => change.actions))]).toEqual(['create']);
  });

  it.each(stacks)('$id: every policy is known, but those of an API’s id', ({ id, configuration }) => {
    const ofStack = planOfModule(plan, id);
    const policies = policiesOf(ofStack, configuration);
    const unknown = policies.filter(({ known }) => !known).map(({ address }) => address);
    expect(unknown).toEqual(unknownPolicies[id] ?? []);
    // Nothing was overlooked.
    for (const { owner, planned, shown } of policyHolders(ofStack, policies))
      expect(shown, owner).toBe(planned);
  });

  it('marks a secret as sensitive, and wherever the plan has it', () => {
    const variables = stacks.flatMap(({ id }) =>
      Object.entries(planOfModule(plan, id).configuration.root_module.variables ?? {}),
    );
    expect(variables).toEqual([['results_subscriber_secret', expect.objectContaining({ sensitive: true })]]);
    const places = managed(plan).flatMap(({ address, change }) =>
      placesOf(change.after, change.after_sensitive).map((place) => `${address}: ${place}`),
    );
    expect(places).toEqual([
      'module.every-subscriber-pipe.aws_cloudwatch_event_connection.results_subscriber_connection: sensitive',
    ]);
  });
});

/** For each place that holds the secret, whether it is marked. */
function placesOf(value: unknown, sensitive: unknown): readonly ('sensitive' | 'in the open')[] {
  if (typeof value === 'string') {
    if (!value.includes(secret)) return [];
    return [sensitive === true ? 'sensitive' : 'in the open'];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    placesOf(inner, sensitive === true || (sensitive as Record<string, unknown> | undefined)?.[key]),
  );
}
