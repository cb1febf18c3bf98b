import type { PolicyPrincipal, Statement } from '../../../iam/statement';

/** What a statement's principals mean depends on these. */
export interface PrincipalContext {
  readonly effect: Statement['effect'];
  /** Whose resource it is. */
  readonly accountId: string;
}

/**
 * Whether whoever one principal stands for is meant by another, and no less. A resource that names a role of
 * its own account lets it in whatever the role's policies say; one that names the account leaves it to them.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.htm
 * l
 */
export function coversPrincipal(
  wide: PolicyPrincipal,
  narrow: PolicyPrincipal,
  { effect, accountId }: PrincipalContext,
): boolean {
  if (wide.kind === 'everyone' || keyOf(wide) === keyOf(narrow)) return true;
  if (wide.kind !== 'account' || narrow.kind !== 'identity' || isProvider(narrow)) return false;
  return accountOf(narrow) === wide.accountId && (effect === 'Deny' || wide.accountId !== accountId);
}

/** Whether it stands for whoever has a token of an identity provider, and belongs to no account. */
export const isProvider = (principal: PolicyPrincipal): boolean =>
  principal.kind === 'identity' && principal.arn.includes(':oidc-provider/');

/** Whether a principal is certainly none of those that `NotPrincipal` excepts. */
export const isOutside = (principal: PolicyPrincipal, excepted: readonly PolicyPrincipal[]): boolean =>
  principal.kind !== 'everyone' &&
  excepted.every(
    (other) =>
      other.kind !== 'everyone' &&
      keyOf(other) !== keyOf(principal) &&
      (accountOf(other) === undefined || accountOf(other) !== accountOf(principal)),
  );

/** Whether all of these are among those: whoever the former except, the latter do. */
export const areListed = (some: readonly PolicyPrincipal[], all: readonly PolicyPrincipal[]): boolean =>
  some.every((one) => all.some((other) => keyOf(other) === keyOf(one)));

/** The account that a principal is or belongs to. */
export function accountOf(principal: PolicyPrincipal): string | undefined {
  if (principal.kind === 'account') return principal.accountId;
  return principal.kind === 'identity' ? principal.arn.split(':')[4] : undefined;
}

const keyOf = (principal: PolicyPrincipal): string => Object.values(principal).join(' ');
