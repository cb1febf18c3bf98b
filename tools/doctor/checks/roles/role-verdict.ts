import { evaluate } from '../../../iam/evaluate';
import { type Policy, parsePolicy } from '../../../iam/policy';
import { type Statement, statementsOf } from '../../../iam/policy-difference';
import { deletedKind } from '../../../iam/statement-text';
import { NotSimulated } from '../../../not-simulated';
import { PlanError } from '../../../plan/plan-error';

/** `undecided` where a policy has something that the evaluation here does not know. */
export type Verdict = 'allowed' | 'denied' | 'undecided';

/** Something that a role or a service does. */
export interface ActorRequest {
  /** A role's ARN, or a service such as `lambda.amazonaws.com`. */
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly accountId: string;
  /** Condition keys that the request has. */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

export interface DeployedPolicies {
  /** JSON of the role's own policies. */
  readonly identity: readonly string[];
  /** JSON of the policy of what the request is for. */
  readonly resource?: string | undefined;
  /** For keys and for the trust of roles: without the resource's policy nothing is allowed. @default false */
  readonly resourcePolicyDecides?: boolean;
}

/** Whether deployed policies let a request pass, as far as that can be said here. Boundaries are not looked at. */
export function verdict(request: ActorRequest, policies: DeployedPolicies): Verdict {
  const identity = readable(policies.identity.flatMap(statementsOf), 'identity');
  const resource = readable(
    policies.resource === undefined ? [] : statementsOf(policies.resource).flatMap(ofTheLiving),
    'resource',
  );
  const allowed = attempt(() =>
    evaluate(
      {
        principal: request.principal.startsWith('arn:')
          ? { kind: 'role', roleArn: request.principal, sessionName: 'session' }
          : { kind: 'service', name: request.principal },
        action: request.action,
        resource: request.resource,
        resourceAccountId: request.accountId,
        context: request.context,
      },
      {
        identity: identity.policy.statements.length > 0 ? [identity.policy] : [],
        ...(resource.policy.statements.length > 0 && { resource: resource.policy }),
        resourcePolicyDecides: policies.resourcePolicyDecides ?? false,
      },
    ),
  );
  if (allowed === undefined) return 'undecided';
  // What could not be read may still turn the verdict: an Allow the denied one, a Deny the allowed one.
  const unread = [...identity.unread, ...resource.unread];
  if (allowed.allowed) return unread.includes('Deny') ? 'undecided' : 'allowed';
  return !allowed.explicit && unread.includes('Allow') ? 'undecided' : 'denied';
}

/** Whoever was deleted asks for nothing any more. */
function ofTheLiving(statement: Statement): readonly Statement[] {
  const principal = statement.Principal as Readonly<Record<string, readonly string[]>> | undefined;
  const listed = principal?.AWS;
  if (!principal || !listed) return [statement];
  const living = listed.filter((identifier) => deletedKind(identifier) === undefined);
  if (living.length === listed.length) return [statement];
  const { AWS: _deleted, ...others } = principal;
  const named = { ...others, ...(living.length > 0 && { AWS: living }) };
  return Object.keys(named).length > 0 ? [{ ...statement, Principal: named }] : [];
}

/** Statement by statement, so that one that is not known here does not hide the others. */
function readable(statements: readonly Statement[], address: string) {
  const unread: unknown[] = [];
  const read = statements.flatMap((statement): Policy['statements'] => {
    const json = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
    const policy = attempt(() => parsePolicy({ address, json }));
    if (!policy) unread.push(statement.Effect);
    return policy?.statements ?? [];
  });
  return { policy: { address, statements: read }, unread };
}

function attempt<T>(what: () => T): T | undefined {
  try {
    return what();
  } catch (error) {
    if (error instanceof NotSimulated || error instanceof PlanError) return undefined;
    throw error;
  }
}
