import { text } from '../../plan/attributes';
import { type Plan, resourcesOf } from '../../plan/plan';
import { PlanError } from '../../plan/plan-error';

/** What AWS knows by its name alone, within an account and a region at most, and the attribute that is the name. */
const named = {
  aws_iam_role: 'name',
  aws_iam_policy: 'name',
  aws_kms_alias: 'name',
  aws_lambda_function: 'function_name',
  aws_pipes_pipe: 'name',
  aws_s3_bucket: 'bucket',
  aws_sqs_queue: 'name',
} as const;

/**
 * Two stacks that make one thing: the second to be applied fails, or takes over what the first has made.
 * @throws PlanError naming both
 */
export function checkNames(plans: readonly Plan[]): void {
  for (const [type, attribute] of Object.entries(named)) {
    const first = new Map<string, string>();
    for (const plan of plans) {
      for (const resource of resourcesOf(plan, type, { reads: [attribute], ignores: 'the rest' })) {
        const name = text(resource, attribute);
        const other = first.get(name);
        if (other !== undefined) {
          throw new PlanError(
            `${resource.address} and ${other} make one thing, ${name}: give each its own name`,
          );
        }
        first.set(name, resource.address);
      }
    }
  }
}
