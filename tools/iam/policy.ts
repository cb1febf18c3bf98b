import { NotSimulated } from '../not-simulated';
import { PlanError } from '../plan/plan-error';
import { compiledPolicy } from './compiled-policy';
import { hasPrincipals, objectOf, readStatement } from './read-statement';
import type { Policy, Statement } from './statement';

export type { Condition, Policy, Statement } from './statement';

export interface PolicySource {
  /** Its place in the plan, such as `dev-callback-receiver: aws_iam_role_policy.sender_grants`. */
  readonly address: string;
  readonly json: string;
}

/**
 * Reads a policy of any kind: identity-based, resource-based, or a role's trust policy.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
 * @throws PlanError for what AWS refuses, NotSimulated for what is not known here, naming the statement
 */
export function parsePolicy({ address, json }: PolicySource): Policy {
  const written = objectOf(parsed(json, address), address);
  const unknown = Object.keys(written).find((element) => !['Version', 'Id', 'Statement'].includes(element));
  if (unknown !== undefined) throw new NotSimulated(address, `the element ${JSON.stringify(unknown)}`);
  const version = written.Version ?? '2008-10-17';
  if (version !== '2012-10-17' && version !== '2008-10-17') {
    throw new PlanError(`${address}: its version is ${JSON.stringify(version)}; write "2012-10-17"`);
  }
  if (version === '2008-10-17' && json.includes('${')) {
    throw new NotSimulated(address, '"${" in a policy of a version without policy variables');
  }
  const statements = [written.Statement ?? []]
    .flat()
    .map((statement, index) => readStatement(objectOf(statement, address), address, index));
  checkTogether(statements, address);
  const policy = { address, statements };
  compiledPolicy(policy);
  return policy;
}

/**
 * The same policy without one action of one statement, to see what does not work without it; a statement that
 * has no action left drops out.
 * @param statement its sid, or its index
 * @throws Error where there is no such action
 */
export function withoutAction(policy: Policy, statement: string | number, action: string): Policy {
  const index =
    typeof statement === 'number' ? statement : policy.statements.findIndex(({ sid }) => sid === statement);
  const before = policy.statements[index];
  if (!before?.actions?.includes(action)) {
    throw new Error(`statement ${statement} of ${policy.address} has no action ${action}`);
  }
  const actions = before.actions.filter((other) => other !== action);
  return {
    ...policy,
    statements: policy.statements.flatMap((other, at) => {
      if (at !== index) return [other];
      return actions.length > 0 ? [{ ...before, actions }] : [];
    }),
  };
}

function checkTogether(statements: readonly Statement[], address: string): void {
  if (statements.length === 0) throw new PlanError(`${address} has no statement`);
  if (new Set(statements.map(hasPrincipals)).size > 1) {
    throw new PlanError(
      `${address}: some statements name principals; in a resource's policy all do, in an identity's none`,
    );
  }
  const sids = statements.flatMap(({ sid }) => sid ?? []);
  const twice = sids.find((sid, index) => sids.indexOf(sid) !== index);
  if (twice !== undefined) {
    throw new PlanError(`${address} has two statements ${twice}; a Sid stands once in a policy`);
  }
}

function parsed(json: string, address: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new PlanError(`${address} is no JSON`);
  }
}
