import {
  type AccessRequest,
  accessDeniedMessage,
  type Decision,
  evaluate,
  type Policies,
} from '../../iam/evaluate';
import type { Policy } from '../../iam/policy';
import type { Principal } from '../../iam/principal';
import type { AccessPolicies, Role } from './access-policies';

/** A request that IAM refused. */
export interface Denial {
  readonly at: number;
  /** Who asked: the role's ARN, or the service. */
  readonly actor: string;
  readonly action: string;
  readonly resource: string;
  /** In AWS's words. */
  readonly message: string;
  /** Where in the plan to look: the deciding statement, or the policies that could have allowed it. */
  readonly place: string;
}

/** A role that a service has assumed. */
export interface Session {
  readonly role: Role;
  readonly principal: Principal;
}

/** Context keys of a request, beside those that follow from the principal. */
type Context = AccessRequest['context'];

/** Who may do what in a system, and a record of what was refused. */
export class Access {
  readonly denials: Denial[] = [];

  constructor(
    readonly policies: AccessPolicies,
    private readonly now: () => number,
  ) {}

  /**
   * A service takes on a role.
   * @param context what the service says of itself, such as `aws:SourceArn`
   * @returns nothing when the role's trust policy does not let it, or there is no such role
   */
  assumeRole(
    service: string,
    { roleArn, sessionName, context }: { roleArn: string; sessionName: string; context: Context },
  ): Session | undefined {
    const role = this.policies.roles.get(roleArn);
    if (!role) {
      this.refused({
        actor: service,
        action: 'sts:AssumeRole',
        resource: roleArn,
        message: `The role ${roleArn} does not exist`,
        place: 'no resource of the plan',
      });
      return undefined;
    }
    const request: AccessRequest = {
      principal: { kind: 'service', name: service },
      action: 'sts:AssumeRole',
      resource: roleArn,
      resourceAccountId: accountOf(roleArn),
      context,
    };
    const policies: Policies = { identity: [], resource: role.trust, resourcePolicyDecides: true };
    if (!this.#allowed(request, policies, service)) return undefined;
    return { role, principal: { kind: 'role', roleArn, sessionName } };
  }

  /** @returns AWS's message when the request is refused */
  refusal(
    session: Session,
    request: Pick<AccessRequest, 'action' | 'resource' | 'resourceAccountId' | 'context'>,
    resourcePolicy?: Policy,
    options: { readonly resourcePolicyDecides?: boolean } = {},
  ): string | undefined {
    const whole: AccessRequest = { ...request, principal: session.principal };
    const policies: Policies = {
      identity: session.role.identity,
      ...(session.role.boundary && { boundary: session.role.boundary }),
      ...(resourcePolicy && { resource: resourcePolicy }),
      ...options,
    };
    return this.#allowed(whole, policies, session.role.arn)
      ? undefined
      : (this.denials.at(-1) as Denial).message;
  }

  /** A request that a service has refused by itself. */
  refused(denial: Omit<Denial, 'at'>): void {
    this.denials.push({ ...denial, at: this.now() });
  }

  #allowed(request: AccessRequest, policies: Policies, actor: string): boolean {
    const decision = evaluate(request, policies);
    if (decision.allowed) return true;
    this.refused({
      actor,
      action: request.action,
      resource: request.resource,
      message: accessDeniedMessage(request, decision),
      place: placeOf(decision, policies),
    });
    return false;
  }
}

function placeOf(decision: Exclude<Decision, { allowed: true }>, { identity, resource }: Policies): string {
  if (decision.deniedBy) {
    const { address, sid, index } = decision.deniedBy;
    return `${address}, statement ${sid ?? index + 1}`;
  }
  if (decision.outside) return decision.outside;
  return (
    [...identity, ...(resource ? [resource] : [])].map(({ address }) => address).join(', ') || 'no policy'
  );
}

/** The account in an ARN. */
export const accountOf = (arn: string): string => arn.split(':')[4] ?? '';
