import { policyDifference, type Statement, statementsOf } from '../../../iam/policy-difference';
import type { Plan } from '../../../plan/plan';
import { anything } from '../policy-anything';
import { type ActorRequest, verdict } from './role-verdict';

/** What a role was to be allowed, and is not. */
export interface LackingGrant {
  readonly action: string;
  readonly statement: Statement;
  /** One request that is refused. */
  readonly request: ActorRequest;
  /** What denies it, whatever else allows it. */
  readonly deniedBy: Statement | undefined;
}

/**
 * The actions that a synthesized policy allows and a role's deployed policies together do not: it does not matter
 * which of them allows what.
 */
export function lackingGrants(
  synthesized: string,
  deployed: readonly string[],
  { plan, roleArn }: { readonly plan: Plan; readonly roleArn: string },
): readonly LackingGrant[] {
  const textually = new Set(
    policyDifference(synthesized, JSON.stringify({ Statement: deployed.flatMap(statementsOf) })).missing.map(
      (statement) => JSON.stringify(statement),
    ),
  );
  const denials = deployed.flatMap(statementsOf).filter(({ Effect }) => Effect === 'Deny');
  return statementsOf(synthesized)
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap((statement) =>
      ((statement.Action ?? []) as readonly string[]).flatMap((action) => {
        const refused = requestsOf(statement, action, { plan, roleArn }).find((request) => {
          const now = verdict(request, { identity: deployed });
          // What cannot be decided here is lacking where the statement is not there word for word.
          return now === 'denied' || (now === 'undecided' && textually.has(JSON.stringify(statement)));
        });
        return refused
          ? [
              {
                action,
                statement,
                request: refused,
                deniedBy: denials.find((denial) => denies(denial, refused)),
              },
            ]
          : [];
      }),
    );
}

/** Whether a statement refuses what would be allowed without it. */
const denies = (denial: Statement, request: ActorRequest): boolean =>
  verdict(request, { identity: [anything, JSON.stringify({ Statement: denial })] }) === 'denied';

/**
 * One request for each of a statement's resources, meeting its conditions. A wildcard of the statement stays as it is:
 * only another wildcard covers it.
 */
function requestsOf(
  { Resource: resources = [], Condition: condition = {} }: Statement,
  action: string,
  { plan, roleArn }: { readonly plan: Plan; readonly roleArn: string },
): readonly ActorRequest[] {
  const conditions = Object.values(condition as Record<string, Record<string, readonly string[]>>).flatMap(
    (keys) => Object.entries(keys).map(([key, [value = '']]) => [key, value]),
  );
  return (resources as readonly string[]).map((resource) => ({
    principal: roleArn,
    action,
    resource,
    accountId: plan.accountId,
    context: {
      'aws:SecureTransport': 'true',
      'aws:RequestedRegion': plan.region,
      ...Object.fromEntries(conditions),
    },
  }));
}
