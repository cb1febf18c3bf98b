import { type Policy, parsePolicy } from '../../iam/policy';
import { outputOf, type Plan } from '../../plan/plan';
import { PlanError } from '../../plan/plan-error';

const output = 'policies_for_other_accounts';

/**
 * What the stacks print for the owners of queues, keys and roles in other accounts, by the ARN of what it is a policy
 * of. Two stacks may print for one owner, who adds both.
 * @throws PlanError for an output that is no map of policies
 */
export function printedPoliciesOf(plans: readonly Plan[]): ReadonlyMap<string, Policy> {
  const printed = new Map<string, Policy>();
  for (const plan of plans) {
    const where = `${plan.stackId}: output.${output}`;
    const value = outputOf(plan, output) ?? {};
    if (typeof value !== 'object') throw new PlanError(`${where} is no map of policies`);
    for (const [arn, json] of Object.entries(value as object)) {
      if (typeof json !== 'string') throw new PlanError(`${where}: what it has for ${arn} is no policy`);
      const policy = parsePolicy({ address: `${where}["${arn}"]`, json });
      const other = printed.get(arn);
      printed.set(
        arn,
        other ? { ...other, statements: [...other.statements, ...policy.statements] } : policy,
      );
    }
  }
  return printed;
}
