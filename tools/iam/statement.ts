/** A policy as plain data. */
export interface Policy {
  /** Its place in the plan, such as `dev-callback-receiver: aws_iam_role_policy.sender_grants`. */
  readonly address: string;
  readonly statements: readonly Statement[];
}

/** Of each pair with and without `not`, at most one is there. */
export interface Statement {
  readonly sid?: string;
  readonly effect: 'Allow' | 'Deny';
  /** Neither is there in an identity-based policy. */
  readonly principals?: readonly PolicyPrincipal[];
  readonly notPrincipals?: readonly PolicyPrincipal[];
  readonly actions?: readonly string[];
  readonly notActions?: readonly string[];
  /** Neither is there in a role's trust policy. */
  readonly resources?: readonly string[];
  readonly notResources?: readonly string[];
  /** They hold together. */
  readonly conditions: readonly Condition[];
}

/** Whom a statement names. */
export type PolicyPrincipal =
  | { readonly kind: 'everyone' }
  | { readonly kind: 'account'; readonly accountId: string }
  /** A role, a role's session, a user, or an OpenID Connect provider for who has its tokens. */
  | { readonly kind: 'identity'; readonly arn: string }
  | { readonly kind: 'service'; readonly name: string };

export interface Condition {
  /** As written, such as `ForAnyValue:StringEquals`. */
  readonly operator: string;
  /** As written, such as `aws:SourceIp`. */
  readonly key: string;
  /** One of them suffices. */
  readonly values: readonly string[];
}

/** How messages call a statement. */
export const placeOf = (address: string, sid: string | undefined, index: number): string =>
  `${address}: statement ${sid ?? index + 1}`;
