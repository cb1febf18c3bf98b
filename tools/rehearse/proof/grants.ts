import { withoutAction } from '../../iam/policy';
import type { PolicyPrincipal, Statement } from '../../iam/statement';
import type { System } from '../world/system';
import { type PolicyPlace, policyPlacesOf } from './policy-places';

/** An action that an actor may do on a resource, wherever that is written. */
export interface Grant {
  /** A role's ARN, a service, an account, or everyone. */
  readonly actor: string;
  readonly action: string;
  /** ARNs, as they are written. */
  readonly resource: string;
  /** Every statement that says so: within one account any of them suffices. */
  readonly halves: readonly Half[];
}

/** One statement that grants an action. */
export interface Half {
  readonly kind: PolicyPlace['kind'];
  /** The policy's place in the plan. */
  readonly address: string;
  readonly sid: string;
  /** The same system without the action in this statement. */
  readonly remove: (system: System) => System;
}

/** Every grant of a system's plans, once each. */
export function grantsOf(system: System): readonly Grant[] {
  const grants = new Map<string, Grant>();
  for (const place of policyPlacesOf(system)) {
    const policy = place.get(system);
    for (const [index, statement] of policy.statements.entries()) {
      if (statement.effect !== 'Allow') continue;
      for (const action of statement.actions ?? []) {
        const actor = actorOf(place, statement);
        const resource = (statement.resources ?? [place.roleArn ?? '']).join(', ');
        const half: Half = {
          kind: place.kind,
          address: policy.address,
          sid: statement.sid ?? String(index + 1),
          remove: (of) => place.set(of, withoutAction(place.get(of), index, action)),
        };
        // In a key's policy `*` is that key.
        const own = place.kind === 'key' ? policy.address : '';
        const key = [actor, action.toLowerCase(), resource, own].join('\n');
        const halves = [...(grants.get(key)?.halves ?? []), half];
        grants.set(key, { actor, action, resource, halves });
      }
    }
  }
  return [...grants.values()];
}

const actorOf = (place: PolicyPlace, { principals }: Statement): string =>
  place.kind === 'identity' ? (place.roleArn ?? '') : (principals ?? []).map(principalText).join(', ');

function principalText(principal: PolicyPrincipal): string {
  switch (principal.kind) {
    case 'everyone':
      return 'everyone';
    case 'account':
      return `account ${principal.accountId}`;
    case 'identity':
      return principal.arn;
    case 'service':
      return principal.name;
  }
}
