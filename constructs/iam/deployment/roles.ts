import { roleArn } from '../arn';
import type { Placement } from '../placement';
import type { Condition, ServicePrincipal } from '../statement';
import type { DeploymentGrants } from './deployment-action';

/** The services that act as the roles of the stacks. */
const services: readonly ServicePrincipal[] = [
  'apigateway.amazonaws.com',
  'lambda.amazonaws.com',
  'pipes.amazonaws.com',
];

/**
 * The roles of the running system, none without the permissions boundary: whoever may write any policy to a role, and
 * let it be used, may do what the role may.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html#access_policies_boundaries-delegate
 * @param names a pattern of the roles' names, such as `dev-*`
 */
export function roleGrants(at: Placement, names: string, boundaryArn: string): DeploymentGrants {
  const resources = [roleArn(at, names)];
  const bounded: Condition = {
    test: 'ArnEquals',
    variable: 'iam:PermissionsBoundary',
    values: [boundaryArn],
  };
  return {
    read: [
      {
        sid: 'ReadTheRoles',
        actions: [
          'iam:GetRole',
          'iam:GetRolePolicy',
          'iam:ListAttachedRolePolicies',
          'iam:ListInstanceProfilesForRole',
          'iam:ListRolePolicies',
        ],
        resources,
      },
    ],
    write: [
      {
        sid: 'MakeRolesAndWriteTheirPoliciesWithinTheBoundary',
        actions: [
          'iam:CreateRole',
          'iam:DeleteRolePolicy',
          'iam:PutRolePermissionsBoundary',
          'iam:PutRolePolicy',
        ],
        resources,
        conditions: [bounded],
      },
      {
        sid: 'ChangeAndDeleteTheRoles',
        actions: [
          'iam:DeleteRole',
          'iam:TagRole',
          'iam:UntagRole',
          'iam:UpdateAssumeRolePolicy',
          'iam:UpdateRole',
        ],
        resources,
      },
      {
        sid: 'HandTheRolesToTheServicesThatActAsThem',
        actions: ['iam:PassRole'],
        resources,
        conditions: [{ test: 'StringEquals', variable: 'iam:PassedToService', values: services }],
      },
    ],
  };
}
