import { statementText } from '../../../iam/statement-text';
import type { Subject } from '../../check';
import type { Finding } from '../../finding';
import { type Consequence, consequenceOf } from './role-consequences';
import { type LackingGrant, lackingGrants } from './role-grants';
import { otherHalf } from './role-other-half';
import type { PlannedRole, PlannedRolePolicy } from './role-plan';
import type { DeployedRole } from './role-policies';
import type { RoleUser } from './role-users';

type Told = Omit<Finding, 'subject' | 'fix'>;

interface Circumstances {
  readonly users: readonly RoleUser[];
  readonly subject: Subject;
}

/** What a role was granted by its inline policies and may not do. */
export async function policyFindings(
  role: PlannedRole,
  { policies: deployed }: DeployedRole,
  circumstances: Circumstances,
): Promise<readonly Told[]> {
  const documents = [...deployed.inline.values()];
  const findings = await Promise.all(
    role.policies.map(async (policy) => {
      const { plan } = circumstances.subject;
      const lacking =
        policy.json === undefined ? [] : lackingGrants(policy.json, documents, { plan, roleArn: role.arn });
      const isThere = deployed.inline.has(policy.name);
      const groups = await grouped(lacking, circumstances.subject);
      const unless =
        deployed.attached.length > 0 ? `, unless its policy ${deployed.attached.join(' or ')} allows it` : '';
      if (!isThere) return [missingPolicy(role, policy, { groups, unless, users: circumstances.users })];
      return groups.map((group) => lackingTold(role, policy, { group, unless, users: circumstances.users }));
    }),
  );
  return findings.flat();
}

/** Lacking actions with one consequence. */
interface Group {
  readonly consequence: Consequence;
  readonly lacking: readonly LackingGrant[];
  /** The policies that allow all of it all the same. */
  readonly allowedBy: string | undefined;
}

async function grouped(all: readonly LackingGrant[], subject: Subject): Promise<readonly Group[]> {
  const halves = await Promise.all(
    all.map(async (lacking) => ({ lacking, by: (await otherHalf(lacking, subject))?.by })),
  );
  const codes = [...new Set(all.map(({ action }) => consequenceOf(action).code))];
  return codes.map((code) => {
    const own = halves.filter(({ lacking }) => consequenceOf(lacking.action).code === code);
    const [first] = own as [(typeof own)[0], ...typeof own];
    const refused = own.filter(({ by }) => by === undefined);
    return {
      consequence: consequenceOf(first.lacking.action),
      lacking: own.map(({ lacking }) => lacking),
      allowedBy: refused.length > 0 ? undefined : first.by,
    };
  });
}

interface Lack {
  readonly group: Group;
  readonly unless: string;
  readonly users: readonly RoleUser[];
}

function lackingTold(role: PlannedRole, policy: PlannedRolePolicy, { group, unless, users }: Lack): Told {
  const { consequence, lacking, allowedBy } = group;
  const actions = actionsOf(lacking);
  const seen = consequence.seen(users, role.arn);
  return {
    code: `role-grant-${consequence.code}`,
    at: policy.address,
    severity: allowedBy === undefined ? consequence.severity : 'warning',
    problem: `it may not do ${actions}`,
    synthesized: [...new Set(lacking.map(({ statement }) => statementText(statement)))].join('\n'),
    deployed:
      [...new Set(lacking.flatMap(({ deniedBy }) => (deniedBy ? statementText(deniedBy) : [])))].join('\n') ||
      `nothing that allows ${actions}`,
    seen:
      allowedBy === undefined
        ? seen
        : `nothing yet: ${allowedBy} allows it all the same; without that, ${seen}`,
    cause: lacking.some(({ deniedBy }) => deniedBy)
      ? 'A denial wins over every permission. Someone has added it in the console or with another tool'
      : `Its policy ${policy.name} was changed in the console or by another tool${unless}`,
  };
}

function missingPolicy(
  role: PlannedRole,
  policy: PlannedRolePolicy,
  { groups, unless, users }: { readonly groups: readonly Group[] } & Omit<Lack, 'group'>,
): Told {
  const refused = groups.filter(({ allowedBy }) => allowedBy === undefined);
  const severe = refused.some(({ consequence }) => consequence.severity === 'error');
  // Without the id that it is about, what the policy grants is not known, and it is needed.
  const isUnknown = policy.json === undefined;
  const lacking = groups.flatMap((group) => group.lacking);
  return {
    code: 'role-policy-missing',
    at: policy.address,
    severity: severe || isUnknown ? 'error' : 'warning',
    problem: `its policy ${policy.name} does not exist${lacking.length > 0 ? `: it may not do ${actionsOf(lacking)}` : ''}`,
    synthesized:
      [...new Set(lacking.map(({ statement }) => statementText(statement)))].join('\n') || policy.name,
    deployed: 'none',
    seen: isUnknown
      ? 'AccessDenied for whatever it grants'
      : refused.map(({ consequence }) => consequence.seen(users, role.arn)).join('; ') ||
        `nothing yet: ${[...new Set(groups.flatMap(({ allowedBy }) => allowedBy ?? []))].join(' and ') || 'its other policies'} allow the same`,
    cause: `The deploy ended before it, or someone has removed it${unless}`,
  };
}

const actionsOf = (lacking: readonly LackingGrant[]) =>
  [...new Set(lacking.map(({ action }) => action))].join(', ');
