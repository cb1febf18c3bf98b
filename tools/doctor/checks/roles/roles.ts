import type { Check, Subject } from '../../check';
import type { Finding } from '../../finding';
import { attachmentDifferences } from './role-attachments';
import { unusableSeen } from './role-consequences';
import { extraPolicies } from './role-extras';
import { otherHalfPermissions } from './role-other-half';
import { type PlannedRole, plannedRoles } from './role-plan';
import { deployedRole, rolePermissions } from './role-policies';
import { policyFindings } from './role-policy';
import { trustDifferences } from './role-trust';
import { roleUsers } from './role-users';

/** Roles: who may act as them, and that they may do what they were granted, and no more. */
export const roles: Check = {
  name: 'roles',
  permissions: (plan) =>
    plannedRoles(plan).flatMap((role) => [...rolePermissions(role.arn), ...otherHalfPermissions(role, plan)]),
  examine: async (subject) => {
    const all = plannedRoles(subject.plan);
    const findings = await Promise.all(all.map((role) => examineRole(role, subject)));
    return { resources: all.length, findings: findings.flat() };
  },
};

async function examineRole(role: PlannedRole, subject: Subject): Promise<readonly Finding[]> {
  const { plan, affected, aws } = subject;
  const users = roleUsers(plan, affected, role.arn);
  const about = { at: role.address, subject: `role ${role.name}` };
  const deploy = `npx cdktf deploy ${plan.stackId}`;
  const deployed = await deployedRole(role.arn, aws);
  if (!deployed) {
    const [first] = users;
    return [
      {
        ...about,
        code: 'role-missing',
        severity: first && first.kind !== 'logging' ? 'error' : 'warning',
        problem: 'it does not exist',
        seen: unusableSeen(users, role.arn),
        cause: 'The stack was never deployed to the end, or someone has deleted the role',
        fix: users.some(({ queueArn }) => queueArn !== undefined)
          ? `${deploy}; policies of queues that name the role must be set again with it, since a role made again has another unique id`
          : deploy,
      },
    ];
  }
  const fix = `${deploy} restores it; what was meant belongs in environments/`;
  const trust = trustDifferences(role, deployed.trust, { plan, users });
  const policies = await policyFindings(role, deployed, { users, subject });
  return [
    ...trust,
    ...policies,
    ...attachmentDifferences(role, deployed),
    ...extraPolicies(role, deployed, { users, plan }),
  ].map((told) => ({ ...about, fix, ...told }));
}
