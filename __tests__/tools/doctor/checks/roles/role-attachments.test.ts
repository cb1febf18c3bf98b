import { describe, expect, it } from 'vitest';
import { attachmentDifferences } from '../../../../../tools/doctor/checks/roles/role-attachments';
import { plannedRoles } from '../../../../../tools/doctor/checks/roles/role-plan';
import { readPlan } from '../../../../../tools/plan/plan';
import { github, rolesWith } from '../../../../stacks/example-deployment-roles';

const [role] = plannedRoles(readPlan('test-deployment-roles', rolesWith(github))).filter(
  ({ name }) => name === 'test-github-apply',
);
if (!role) throw new Error('there is no role to apply');
const differences = (attached: readonly string[]) =>
  attachmentDifferences(role, {
    trust: '{}',
    permissionsBoundary: undefined,
    policies: { inline: new Map(), attached },
  }).map(({ code, severity, problem }) => [code, severity, problem]);

describe('managed policies of a role', () => {
  it('are no finding where they are those that were reviewed', () => {
    expect(role.attached.length).toBeGreaterThan(1);
    expect(differences(role.attached.toReversed())).toEqual([]);
  });

  it('that are not attached keep whoever acts as it from what they allow', () => {
    const [first = '', ...others] = role.attached;
    expect(differences(others)).toEqual([
      ['role-attached-policy-missing', 'error', `the managed policy ${first} is not attached to it`],
    ]);
  });

  it('that are attached beside them let it do more', () => {
    expect(differences([...role.attached, 'AdministratorAccess'])).toEqual([
      ['role-attached-policy', 'warning', 'the managed policy AdministratorAccess is attached to it'],
    ]);
  });
});
