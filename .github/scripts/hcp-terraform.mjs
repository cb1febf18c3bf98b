// node .github/scripts/hcp-terraform.mjs <plan|apply|speculate> <environment> [<folder>]
//
// The stacks of an environment in HCP Terraform, which runs Terraform and has the state, the secrets and the AWS
// credentials: nothing of that is on this machine. `plan` saves a plan of each stack there and leaves the run's id in
// `<folder>/<stack>.tfplan`, and what it changes, without secrets, in `<folder>/<stack>.json`; `apply` has exactly these
// runs applied. `speculate` only plans. Needs TF_TOKEN_<hostname>, with `_` for each dot of the hostname.
import fs from 'node:fs';
import path from 'node:path';
import { maskedPlan } from './masked-plan.mjs';
import { Refusal, stacksOf } from './stacks.mjs';
import { setOutputs, step } from './step.mjs';
import { terraform } from './terraform.mjs';

const [command, environment, folder = '.'] = process.argv.slice(2);

async function main() {
  const stacks = stacksOf(environment, 'hcp-terraform');
  if (command === 'speculate') for (const stack of stacks) plan(stack);
  else if (command === 'plan') await planAll(stacks);
  else await applyAll(stacks);
}

function plan(stack, ...options) {
  terraform(stack, ['init', '-input=false', '-lockfile=readonly']);
  terraform(stack, ['plan', '-input=false', ...options]);
}

async function planAll(stacks) {
  fs.mkdirSync(folder, { recursive: true });
  let changes = false;
  for (const stack of stacks) {
    plan(stack, `-out=${bookmarkOf(stack)}`);
    const run = await runOf(stack);
    changes ||= run.hasChanges;
    const shown = await redactedPlan(run);
    if (shown) fs.writeFileSync(path.join(folder, `${stack.id}.json`), JSON.stringify(maskedPlan(shown)));
  }
  setOutputs({ changes });
}

async function applyAll(stacks) {
  const runs = [];
  for (const stack of stacks) runs.push({ stack, run: await runOf(stack) });
  const changing = runs.filter(({ run }) => run.hasChanges);
  for (const { stack, run } of changing) {
    if (run.confirmable) continue;
    throw new Refusal(
      `${stack.id}: ${run.id}, which was reviewed, can no longer be applied, since it is ${run.status}; start the workflow again to review what would be done now`,
    );
  }
  for (const { stack } of changing) {
    terraform(stack, ['init', '-input=false', '-lockfile=readonly']);
    terraform(stack, ['apply', '-input=false', bookmarkOf(stack)]);
  }
}

/** What `terraform plan -out` leaves of a plan that HCP Terraform keeps: where it is, and nothing of what it says. */
const bookmarkOf = ({ id }) => path.resolve(folder, `${id}.tfplan`);

async function runOf(stack) {
  const file = bookmarkOf(stack);
  if (!fs.existsSync(file))
    throw new Refusal(`${stack.id}: it has no reviewed plan; start the workflow again`);
  const { run_id: id, hostname } = JSON.parse(fs.readFileSync(file, 'utf8'));
  const response = await ask(hostname, `runs/${id}`);
  if (!response.ok) throw new Refusal(`${stack.id}: ${hostname} answers HTTP ${response.status} for ${id}`);
  const { attributes, relationships } = (await response.json()).data;
  return {
    id,
    hostname,
    status: attributes.status,
    hasChanges: attributes['has-changes'],
    confirmable: attributes.actions['is-confirmable'],
    plan: relationships.plan.data.id,
  };
}

/**
 * The plan as whoever may read the workspace sees it. `terraform show -json` wants its administrator, since that shows
 * secrets; this is what `terraform show` reads. A review without it is one of the configuration alone.
 * https://developer.hashicorp.com/terraform/cloud-docs/api-docs/plans
 */
async function redactedPlan({ hostname, plan }) {
  const response = await ask(hostname, `plans/${plan}/json-output-redacted`);
  if (response.status === 200) return response.json();
  console.log(
    `::warning::${hostname} answers HTTP ${response.status} for the JSON of ${plan}: it is not in the review`,
  );
  return undefined;
}

function ask(hostname, resource) {
  const variable = `TF_TOKEN_${hostname.replaceAll('.', '_').replaceAll('-', '__')}`;
  const token = process.env[variable];
  if (!token)
    throw new Refusal(
      `there is no ${variable}: docs/pull-requests.md says where a token of ${hostname} goes`,
    );
  // As HashiCorp's own client has it.
  const address = process.env.TFE_ADDRESS ?? `https://${hostname}`;
  return fetch(`${address}/api/v2/${resource}`, {
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(60_000),
  });
}

await step(main);
