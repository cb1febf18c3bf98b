import { NotSimulated } from '../not-simulated';
import { PlanError } from '../plan/plan-error';
import {
  type CompiledRequest,
  type CompiledStatement,
  compiledPolicy,
  type StatementRef,
} from './compiled-policy';
import type { Policy } from './policy';
import { accountIdOf, nameOf } from './principal';
import type { Named } from './principal-element';
import { type AccessRequest, requestContext } from './request-context';

export type { StatementRef } from './compiled-policy';
export type { AccessRequest } from './request-context';

/** What a request is held against; session and organization policies are not among it. */
export interface Policies {
  /** Of the user or role that asks. */
  readonly identity: readonly Policy[];
  /** The role's or user's permissions boundary. @default none */
  readonly boundary?: Policy;
  /** Of what the request is for. */
  readonly resource?: Policy;
  /**
   * For keys and for the trust of roles: without the resource's policy nothing is allowed, whatever the
   * identity-based policies say.
   * @default false
   */
  readonly resourcePolicyDecides?: boolean;
}

export type Decision =
  | {
      readonly allowed: true;
      /** Every statement that allows the request; none where a root user needs none. */
      readonly by: readonly StatementRef[];
    }
  | {
      readonly allowed: false;
      /** A statement denies it; otherwise, none allows it. */
      readonly explicit: boolean;
      readonly deniedBy?: StatementRef;
      /** The address of the permissions boundary that does not allow what the other policies do. */
      readonly outside?: string;
      /** As AWS's messages put it. */
      readonly reason: string;
    };

type Denied = Extract<Decision, { allowed: false }>;

/** A statement that applies to the request. */
interface Applying {
  readonly statement: CompiledStatement;
  readonly how: Named;
}

/**
 * Whether AWS would allow a request. A statement that names an account only leaves it to the account's own
 * identity-based policies. A permissions boundary holds for what the policy of a resource allows too; one that names
 * a session and not its role would not be held to it, which is not distinguished here.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 * @throws NotSimulated for a condition on a key of which the request says nothing
 */
export function evaluate(request: AccessRequest, policies: Policies): Decision {
  checkPrincipal(request, policies);
  const context = requestContext(request);
  const identity = applying({ ...request, context }, policies.identity, 'identity');
  const resource = applying(
    { ...request, context },
    policies.resource ? [policies.resource] : [],
    'resource',
  );
  const boundary = applying(
    { ...request, context },
    policies.boundary ? [policies.boundary] : [],
    'boundary',
  );
  const denied =
    explicitDenial(request, identity, 'identity') ??
    explicitDenial(request, resource, 'resource') ??
    explicitDenial(request, boundary, 'boundary');
  if (denied) return denied;
  const decision = withoutDenial(request, policies, allowing(identity), allowing(resource));
  return decision.allowed && policies.boundary && allowing(boundary).length === 0
    ? { ...implicitDenial(request, 'boundary'), outside: policies.boundary.address }
    : decision;
}

function checkPrincipal({ principal, action }: AccessRequest, { identity, boundary }: Policies): void {
  const [policy] = boundary ? [boundary] : identity;
  if (policy && principal.kind !== 'role' && principal.kind !== 'user') {
    throw new PlanError(
      `${policy.address} is the policy of a role or a user, which ${nameOf(principal)} is not`,
    );
  }
  if (principal.kind === 'root' && isTrust(action, 'resource')) {
    throw new NotSimulated(nameOf(principal), `${action} by a root user`);
  }
}

function withoutDenial(
  request: AccessRequest,
  { resourcePolicyDecides = false }: Policies,
  identity: readonly Applying[],
  resource: readonly Applying[],
): Decision {
  const accountId = accountIdOf(request.principal);
  const itself = resource.filter(({ how }) => how === 'itself');
  // Neither a service nor an anonymous caller has policies of its own.
  if (accountId === undefined) return itself.length > 0 ? by(itself) : implicitDenial(request, 'resource');
  const isOwner = accountId === request.resourceAccountId;
  if (isOwner && itself.length > 0) return by([...identity, ...itself]);
  const identityAllows = identity.length > 0 || request.principal.kind === 'root';
  if (!isOwner || resourcePolicyDecides) {
    // Where neither side allows it, AWS does not document which of them the message is about.
    const missing = resource.length === 0 && (isOwner || identityAllows);
    if (missing) return implicitDenial(request, 'resource');
    return identityAllows ? by([...identity, ...resource]) : implicitDenial(request, 'identity');
  }
  return identityAllows ? by(identity) : implicitDenial(request, 'identity');
}

const by = (statements: readonly Applying[]): Decision => ({
  allowed: true,
  by: statements.map(({ statement }) => statement.ref),
});

type PolicyKind = 'identity' | 'resource' | 'boundary';

function applying(
  request: CompiledRequest,
  policies: readonly Policy[],
  kind: PolicyKind,
): readonly Applying[] {
  const found: Applying[] = [];
  for (const policy of policies) {
    for (const statement of compiledPolicy(policy)) {
      if (statement.namesPrincipals !== (kind === 'resource')) throw misplaced(policy, kind);
      const how = statement.appliesTo(request);
      if (how) found.push({ statement, how });
    }
  }
  return found;
}

const misplaced = ({ address }: Policy, kind: PolicyKind) =>
  new PlanError(
    kind === 'resource'
      ? `${address} names no principals, which the policy of a resource must`
      : `${address} names principals, which a policy of a role or user must not`,
  );

const allowing = (statements: readonly Applying[]): readonly Applying[] =>
  statements.filter(({ statement }) => statement.effect === 'Allow');

function explicitDenial(
  { action }: AccessRequest,
  statements: readonly Applying[],
  kind: PolicyKind,
): Decision | undefined {
  const denying = statements.find(({ statement }) => statement.effect === 'Deny')?.statement;
  if (!denying) return undefined;
  const policy = isTrust(action, kind)
    ? 'the role trust policy'
    : `${kind === 'identity' ? 'an' : 'a'} ${named[kind]}`;
  return {
    allowed: false,
    explicit: true,
    deniedBy: denying.ref,
    reason: `with an explicit deny in ${policy}`,
  };
}

function implicitDenial({ action }: AccessRequest, kind: PolicyKind): Denied {
  const policy = isTrust(action, kind) ? 'role trust policy' : named[kind];
  return {
    allowed: false,
    explicit: false,
    reason: `because no ${policy} allows the ${asWritten(action)} action`,
  };
}

const named: Readonly<Record<PolicyKind, string>> = {
  identity: 'identity-based policy',
  resource: 'resource-based policy',
  boundary: 'permissions boundary',
};

const isTrust = (action: string, kind: PolicyKind) => kind === 'resource' && /^sts:/i.test(action);

/** SQS writes its actions in lower case. */
const asWritten = (action: string): string => (/^sqs:/i.test(action) ? action.toLowerCase() : action);

/**
 * The message of an `AccessDenied`, as AWS words it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export const accessDeniedMessage = (
  { principal, action, resource }: AccessRequest,
  { reason }: Denied,
): string =>
  [
    `User: ${nameOf(principal)} is not authorized to perform: ${asWritten(action)}`,
    `on resource: ${resource} ${reason}`,
  ].join(' ');
