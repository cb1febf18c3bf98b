import { policyDifference, type Statement, statementsOf } from '../../../iam/policy-difference';
import { statementText } from '../../../iam/statement-text';
import type { Plan } from '../../../plan/plan';
import type { Finding } from '../../finding';
import { lackingGrants } from './role-grants';
import type { PlannedRole } from './role-plan';
import type { DeployedRole } from './role-policies';
import { type RoleUser, userNames } from './role-users';

type Told = Omit<Finding, 'at' | 'subject' | 'fix'> & Partial<Pick<Finding, 'at'>>;

const byHand = 'Someone has added it in the console or with another tool';

/** What a role may do, or is kept from, beyond what was reviewed. */
export function extraPolicies(
  { arn, policies, permissionsBoundary }: PlannedRole,
  deployed: DeployedRole,
  { users, plan }: { readonly users: readonly RoleUser[]; readonly plan: Plan },
): readonly Told[] {
  const { inline } = deployed.policies;
  const of = { plan, roleArn: arn };
  const boundary = deployed.permissionsBoundary;
  const reviewed = JSON.stringify({
    Statement: policies.flatMap(({ json }) => (json === undefined ? [] : statementsOf(json))),
  });
  return [
    ...[...inline].flatMap(([name, json]): readonly Told[] => {
      const planned = policies.find((policy) => policy.name === name);
      // Its own statements name an id that is not known here.
      if (planned && planned.json === undefined) return [];
      const extra = policyDifference(reviewed, json).extra.filter((statement) =>
        // A denial of what was granted is told with the grant.
        isDenial(statement)
          ? lackingGrants(reviewed, [reviewed, JSON.stringify({ Statement: statement })], of).length === 0
          : lackingGrants(JSON.stringify({ Statement: statement }), [reviewed], of).length > 0,
      );
      if (extra.length === 0) return [];
      return [
        {
          ...(planned && { at: planned.address }),
          code: planned ? 'role-grant-extra' : 'role-policy-extra',
          severity: 'warning',
          problem: planned
            ? `its policy ${name} says more than was reviewed`
            : `it has another policy, ${name}`,
          synthesized: 'none',
          deployed: extra.map(statementText).join('\n'),
          seen: extra.every(isDenial)
            ? 'nothing: it was granted nothing of what is denied'
            : 'nothing: it may do more than was reviewed',
          cause: byHand,
        },
      ];
    }),
    ...(boundary === permissionsBoundary || boundary === undefined
      ? []
      : [
          {
            code: 'role-boundary',
            severity: 'warning' as const,
            problem: `it has the permissions boundary ${boundary}`,
            synthesized: permissionsBoundary ?? 'none',
            deployed: boundary,
            seen: `AWS answers AccessDenied to ${userNames(users)} for whatever the boundary does not allow, though its policies do`,
            cause:
              'A boundary caps what policies grant. Someone has set it by hand, or a guardrail of the organization does so for every role',
          },
        ]),
  ];
}

const isDenial = ({ Effect }: Statement) => Effect === 'Deny';
