// node .github/scripts/apply.mjs <environment> <folder>
//
// Applies what was reviewed, and nothing else: each stack is planned again, with its secrets, and that plan has to be
// what plan.mjs left in `folder`, of the same version of the state. Only when this holds for all stacks is the first one
// applied; Terraform itself refuses a plan whose state has moved on since.
import fs from 'node:fs';
import path from 'node:path';
import { differences, maskedPlan } from './masked-plan.mjs';
import { Refusal, stacksOf } from './stacks.mjs';
import { stateVersion } from './state-version.mjs';
import { step } from './step.mjs';
import { terraform, terraformOutput } from './terraform.mjs';

const [environment, folder] = process.argv.slice(2);
const again = 'start the workflow again to review what would be done now';

function main() {
  const stacks = stacksOf(environment, 's3');
  for (const stack of stacks) checkSecrets(stack);
  for (const stack of stacks) planAsReviewed(stack);
  // Also where a review sees no change: a secret may have.
  for (const stack of stacks) terraform(stack, ['apply', '-input=false', '-lock-timeout=5m', 'apply.tfplan']);
}

function checkSecrets({ id, secrets }) {
  const missing = secrets.filter((name) => !process.env[`TF_VAR_${name}`]);
  if (missing.length === 0) return;
  throw new Refusal(
    missing
      .map(
        (name) =>
          `${id}: no value for its variable ${name}: add a secret TF_VAR_${name.toUpperCase()} to the environment ${environment} on GitHub, and to the env of the step in .github/workflows/deploy-environment.yml TF_VAR_${name}: \${{ secrets.TF_VAR_${name.toUpperCase()} }}`,
      )
      .join('\n'),
  );
}

function planAsReviewed(stack) {
  const { id } = stack;
  const file = path.join(folder, `${id}.json`);
  if (!fs.existsSync(file)) throw new Refusal(`${id}: it has no reviewed plan; ${again}`);
  const { state: reviewedState, ...reviewed } = JSON.parse(fs.readFileSync(file, 'utf8'));
  terraform(stack, ['init', '-input=false', '-lockfile=readonly']);
  const [before, now] = [reviewedState, stateVersion(stack)].map(
    ({ serial, lineage }) => `serial ${serial} of ${lineage || 'none'}`,
  );
  if (before !== now) {
    throw new Refusal(`${id}: its state has moved on since the review, from ${before} to ${now}; ${again}`);
  }
  terraform(stack, ['plan', '-input=false', '-lock-timeout=5m', '-out=apply.tfplan']);
  const found = differences(
    reviewed,
    maskedPlan(JSON.parse(terraformOutput(stack, ['show', '-json', 'apply.tfplan']))),
  );
  if (found.length > 0) {
    throw new Refusal(`${id}: the plan is not the one that was reviewed; ${again}:\n${found.join('\n')}`);
  }
}

await step(main);
