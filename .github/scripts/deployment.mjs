// node .github/scripts/deployment.mjs <environment> <s3|hcp-terraform>
//
// Whether an environment can be deployed from here, and as whom: outputs `region`, `plan-role` and `apply-role` of the
// step. The roles are those of docs/deployment-roles.md, in the account that the environment names.
import { stacksOf } from './stacks.mjs';
import { setOutputs, step } from './step.mjs';

const [environment, stateKind] = process.argv.slice(2);

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
const partition = (region) =>
  region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';

function main() {
  const [{ account, region }] = stacksOf(environment, stateKind);
  const role = (name) => `arn:${partition(region)}:iam::${account}:role/${environment}-github-${name}`;
  setOutputs({ region, 'plan-role': role('plan'), 'apply-role': role('apply') });
}

await step(main);
