import { identityProviderArn, managedPolicyArn, roleArn } from '../arn';
import type { Placement } from '../placement';
import type { DeploymentStatement } from './deployment-action';

export interface Protected {
  /** Names of the roles that deploy. */
  readonly roles: readonly string[];
  /** A pattern of the names of their policies, and the boundary's name. */
  readonly policies: readonly string[];
  /** Hosts of the issuers whose tokens they take. */
  readonly issuers: readonly string[];
}

/**
 * What nothing else that a role is granted, now or later, can undo: whoever deploys could otherwise give itself what
 * it lacks, let others in, or take the boundary off the roles that it makes.
 */
export const protection = (
  at: Placement,
  names: string,
  { roles, policies, issuers }: Protected,
): readonly DeploymentStatement[] => [
  {
    sid: 'NoDeploymentChangesTheRolesThatDeployOrItCouldMakeItselfAnAdministrator',
    effect: 'Deny',
    actions: [
      'iam:AttachRolePolicy',
      'iam:CreateRole',
      'iam:DeleteRole',
      'iam:DeleteRolePermissionsBoundary',
      'iam:DeleteRolePolicy',
      'iam:DetachRolePolicy',
      'iam:PassRole',
      'iam:PutRolePermissionsBoundary',
      'iam:PutRolePolicy',
      'iam:TagRole',
      'iam:UntagRole',
      'iam:UpdateAssumeRolePolicy',
      'iam:UpdateRole',
    ],
    resources: roles.map((name) => roleArn(at, name)),
  },
  {
    sid: 'NoDeploymentChangesThePoliciesAndTheBoundaryThatLimitIt',
    effect: 'Deny',
    actions: [
      'iam:CreatePolicyVersion',
      'iam:DeletePolicy',
      'iam:DeletePolicyVersion',
      'iam:SetDefaultPolicyVersion',
    ],
    resources: policies.map((name) => managedPolicyArn(at, name)),
  },
  {
    sid: 'NoDeploymentChangesWhoseTokensAreTrusted',
    effect: 'Deny',
    actions: [
      'iam:AddClientIDToOpenIDConnectProvider',
      'iam:DeleteOpenIDConnectProvider',
      'iam:RemoveClientIDFromOpenIDConnectProvider',
      'iam:UpdateOpenIDConnectProviderThumbprint',
    ],
    resources: issuers.map((host) => identityProviderArn(at, host)),
  },
  {
    sid: 'NoDeploymentTakesTheBoundaryOffARole',
    effect: 'Deny',
    actions: ['iam:DeleteRolePermissionsBoundary'],
    resources: [roleArn(at, names)],
  },
];
