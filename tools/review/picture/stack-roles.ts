import { parsePolicy, type Statement } from '../../iam/policy';
import { optionalText, text } from '../../plan/attributes';
import type { Plan } from '../../plan/plan';
import { addressesBy, rowsOf } from './stack-flow';

/** The roles of a stack, by their ARNs; a role that it does not have has nothing. */
export interface StackRoles {
  /** Addresses of a role and of what is attached to it. */
  readonly addresses: (roleArn: string | undefined) => readonly string[];
  /** @throws PlanError and NotSimulated for a policy that cannot be read */
  readonly statements: (roleArn: string | undefined) => readonly Statement[];
}

export function stackRoles(plan: Plan): StackRoles {
  const roles = rowsOf(plan, 'aws_iam_role', 'arn', 'name');
  const policies = rowsOf(plan, 'aws_iam_role_policy', 'role', 'policy');
  const attachments = rowsOf(plan, 'aws_iam_role_policy_attachment', 'role');
  const names = new Map(roles.map((role) => [text(role, 'arn'), text(role, 'name')]));
  const own = addressesBy(roles, (role) => text(role, 'name'));
  const attached = addressesBy([...policies, ...attachments], (policy) => text(policy, 'role'));
  const nameOf = (roleArn: string | undefined) => names.get(roleArn ?? '');
  return {
    addresses: (roleArn) => [...own(nameOf(roleArn)), ...attached(nameOf(roleArn))],
    statements: (roleArn) => {
      const name = nameOf(roleArn);
      return policies
        .filter((policy) => name !== undefined && text(policy, 'role') === name)
        .flatMap(
          (policy) =>
            parsePolicy({ address: policy.address, json: optionalText(policy, 'policy') ?? '' }).statements,
        );
    },
  };
}
