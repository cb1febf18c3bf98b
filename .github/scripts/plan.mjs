// node .github/scripts/plan.mjs <environment> <folder>
//
// Plans each stack of an environment, for a review: `<folder>/<stack>.json` is the masked plan with the version of the
// state that it is of. Sets the step's output `changes`. Plan files hold the secrets that the state holds, and stay on
// this machine; the secrets themselves are not known here, and none is needed.
import fs from 'node:fs';
import path from 'node:path';
import { isEmpty, maskedPlan } from './masked-plan.mjs';
import { stacksOf } from './stacks.mjs';
import { stateVersion } from './state-version.mjs';
import { setOutputs, step } from './step.mjs';
import { terraform, terraformOutput } from './terraform.mjs';

const [environment, folder] = process.argv.slice(2);

function main() {
  fs.mkdirSync(folder, { recursive: true });
  const plans = stacksOf(environment, 's3').map((stack) => {
    const secrets = Object.fromEntries(
      stack.secrets.map((name) => [`TF_VAR_${name}`, 'not known to a review']),
    );
    terraform(stack, ['init', '-input=false', '-lockfile=readonly']);
    // A lock is written, which who plans for a review may not; the apply plans again, with one.
    terraform(stack, ['plan', '-input=false', '-lock=false', '-out=review.tfplan'], secrets);
    const plan = maskedPlan(JSON.parse(terraformOutput(stack, ['show', '-json', 'review.tfplan'])));
    fs.writeFileSync(
      path.join(folder, `${stack.id}.json`),
      JSON.stringify({ ...plan, state: stateVersion(stack) }),
    );
    return plan;
  });
  setOutputs({ changes: plans.some((plan) => !isEmpty(plan)) });
}

await step(main);
