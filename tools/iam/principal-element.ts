import { NotSimulated } from '../not-simulated';
import { PlanError } from '../plan/plan-error';
import { accountIdOf, arnsOf, type Principal } from './principal';
import type { PolicyPrincipal } from './statement';

/**
 * A `Principal` or `NotPrincipal` element.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 * @throws NotSimulated for principals other than accounts, roles, sessions, users, services and OpenID Connect
 * providers
 */
export function policyPrincipals(written: unknown, at: string): readonly PolicyPrincipal[] {
  if (written === '*') return [{ kind: 'everyone' }];
  if (written === null || typeof written !== 'object' || Array.isArray(written)) {
    throw new PlanError(`${at}: its principal is ${JSON.stringify(written)}; write "*" or {"<type>": …}`);
  }
  const principals = Object.entries(written).flatMap(([type, identifiers]) =>
    [identifiers].flat().map((identifier) => policyPrincipal(type, identifier, at)),
  );
  if (principals.length === 0) throw new PlanError(`${at} names no principal`);
  return principals;
}

function policyPrincipal(type: string, identifier: unknown, at: string): PolicyPrincipal {
  const unknown = () => new NotSimulated(at, `the principal ${JSON.stringify({ [type]: identifier })}`);
  if (typeof identifier !== 'string') throw unknown();
  if (type === 'AWS' && identifier === '*') return { kind: 'everyone' };
  if (type !== 'AWS' && type !== 'Service' && type !== 'Federated') throw unknown();
  if (identifier !== '*' && /[*?]/.test(identifier)) {
    throw new PlanError(
      `${at}: its principal ${identifier} has a wildcard, which stands only for everyone; name each`,
    );
  }
  if (type === 'Federated') {
    if (!/^arn:[\w-]+:iam::\d{12}:oidc-provider\/.+$/.test(identifier)) throw unknown();
    return { kind: 'identity', arn: identifier };
  }
  if (type === 'Service') {
    if (!/^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/.test(identifier)) throw unknown();
    return { kind: 'service', name: identifier };
  }
  const accountId = /^(?:arn:[\w-]+:iam::)?(\d{12})(?::root)?$/.exec(identifier)?.[1];
  if (accountId !== undefined) return { kind: 'account', accountId };
  if (!/^arn:[\w-]+:(iam::\d{12}:(role|user)|sts::\d{12}:assumed-role\/[^/]+)\/.+$/.test(identifier)) {
    throw unknown();
  }
  return { kind: 'identity', arn: identifier };
}

/** How a statement names a principal: itself, or only the account it belongs to. */
export type Named = 'itself' | 'account';

export function named(listed: readonly PolicyPrincipal[], principal: Principal): Named | undefined {
  if (listed.some((entry) => namesItself(entry, principal))) return 'itself';
  return namesAccount(listed, principal) ? 'account' : undefined;
}

/**
 * Whether a `NotPrincipal` element excepts a principal. AWS may look at the account, the role and the session
 * one after the other, and says what comes of it only where the account and the role or user are listed.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 * @throws NotSimulated where only some of them are
 */
export function excepted(listed: readonly PolicyPrincipal[], principal: Principal, at: string): boolean {
  if (listed.some(({ kind }) => kind === 'everyone')) return true;
  const arns = arnsOf(principal);
  const itself = listed.some((entry) => namesItself(entry, principal));
  if (arns.length === 0) return itself;
  const account = namesAccount(listed, principal);
  const identity = listed.some((entry) => entry.kind === 'identity' && entry.arn === arns[0]);
  if (!account && !itself) return false;
  if (account && identity) return true;
  throw new NotSimulated(at, `NotPrincipal with not both of ${arns[0]} and its account`);
}

function namesItself(entry: PolicyPrincipal, principal: Principal): boolean {
  switch (entry.kind) {
    case 'everyone':
      return true;
    case 'account':
      return principal.kind === 'root' && principal.accountId === entry.accountId;
    case 'identity':
      return arnsOf(principal).includes(entry.arn);
    case 'service':
      return principal.kind === 'service' && principal.name === entry.name;
  }
}

function namesAccount(listed: readonly PolicyPrincipal[], principal: Principal): boolean {
  const accountId = accountIdOf(principal);
  return listed.some((entry) => entry.kind === 'account' && entry.accountId === accountId);
}
