import type { Finding } from '../../finding';
import type { PlannedRole } from './role-plan';
import type { DeployedRole } from './role-policies';

type Told = Omit<Finding, 'at' | 'subject' | 'fix'>;

/** Managed policies that are attached to a role or not, other than reviewed; what is in them is not asked. */
export function attachmentDifferences(
  { attached: wanted }: PlannedRole,
  deployed: DeployedRole,
): readonly Told[] {
  const { attached } = deployed.policies;
  return [
    ...wanted
      .filter((name) => !attached.includes(name))
      .map(
        (name): Told => ({
          code: 'role-attached-policy-missing',
          severity: 'error',
          problem: `the managed policy ${name} is not attached to it`,
          synthesized: name,
          deployed: 'none',
          seen: 'whoever acts as it gets AccessDenied for what that policy allows',
          cause: 'The stack was not deployed to the end, or someone has detached the policy',
        }),
      ),
    ...attached
      .filter((name) => !wanted.includes(name))
      .map(
        (name): Told => ({
          code: 'role-attached-policy',
          severity: 'warning',
          problem: `the managed policy ${name} is attached to it`,
          synthesized: 'none',
          deployed: name,
          seen: 'nothing: it may do more than was reviewed, unless the policy denies what it needs',
          cause: 'Someone has attached it in the console or with another tool',
        }),
      ),
  ];
}
