import {
  GetRoleCommand,
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  type Role,
} from '@aws-sdk/client-iam';
import type { Aws } from '../../aws/aws';
import type { Permission } from '../../check';

/** A role as AWS has it. */
export interface DeployedRole {
  readonly trust: string;
  readonly permissionsBoundary: string | undefined;
  readonly policies: DeployedRolePolicies;
}

export interface DeployedRolePolicies {
  /** JSON, by name. */
  readonly inline: ReadonlyMap<string, string>;
  /** Names of the managed policies; what is in them is not asked. */
  readonly attached: readonly string[];
}

/** What `deployedRole` asks for. */
export const rolePermissions = (roleArn: string): readonly Permission[] => [
  { action: 'iam:GetRole', resource: roleArn },
  ...rolePolicyPermissions(roleArn),
];

/** What `rolePolicies` asks for. */
export const rolePolicyPermissions = (roleArn: string): readonly Permission[] =>
  ['iam:ListRolePolicies', 'iam:GetRolePolicy', 'iam:ListAttachedRolePolicies'].map((action) => ({
    action,
    resource: roleArn,
  }));

/** Nothing where the role does not exist. */
export async function deployedRole(roleArn: string, aws: Aws): Promise<DeployedRole | undefined> {
  const answer = await aws.ask({ action: 'iam:GetRole', resource: roleArn }, () =>
    aws.clients.iam.send(new GetRoleCommand({ RoleName: roleName(roleArn) })),
  );
  const role: Partial<Role> | undefined = answer?.Role;
  const policies = role && (await rolePolicies(roleArn, aws));
  if (!policies) return undefined;
  return {
    trust: decodeURIComponent(role.AssumeRolePolicyDocument ?? '%7B%7D'),
    permissionsBoundary: role.PermissionsBoundary?.PermissionsBoundaryArn,
    policies,
  };
}

/** Nothing where the role does not exist. */
export async function rolePolicies(roleArn: string, aws: Aws): Promise<DeployedRolePolicies | undefined> {
  const [names, attached] = await Promise.all([inlineNames(roleArn, aws), attachedNames(roleArn, aws)]);
  if (!names || !attached) return undefined;
  if (names.length === 0) return { inline: new Map(), attached };
  const documents = await aws.ask({ action: 'iam:GetRolePolicy', resource: roleArn }, () =>
    Promise.all(
      names.map((PolicyName) =>
        aws.clients.iam.send(new GetRolePolicyCommand({ RoleName: roleName(roleArn), PolicyName })),
      ),
    ),
  );
  return {
    // IAM writes documents URL-encoded: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html
    inline: new Map(
      documents?.map(({ PolicyName = '', PolicyDocument = '%7B%7D' }) => [
        PolicyName,
        decodeURIComponent(PolicyDocument),
      ]),
    ),
    attached,
  };
}

const inlineNames = (roleArn: string, aws: Aws): Promise<readonly string[] | undefined> =>
  aws.ask({ action: 'iam:ListRolePolicies', resource: roleArn }, async () => {
    const names: string[] = [];
    let Marker: string | undefined;
    do {
      const page = await aws.clients.iam.send(
        new ListRolePoliciesCommand({ RoleName: roleName(roleArn), ...(Marker && { Marker }) }),
      );
      names.push(...(page.PolicyNames ?? []));
      Marker = page.IsTruncated ? page.Marker : undefined;
    } while (Marker !== undefined);
    return names;
  });

const attachedNames = (roleArn: string, aws: Aws): Promise<readonly string[] | undefined> =>
  aws.ask({ action: 'iam:ListAttachedRolePolicies', resource: roleArn }, async () => {
    const names: string[] = [];
    let Marker: string | undefined;
    do {
      const page = await aws.clients.iam.send(
        new ListAttachedRolePoliciesCommand({ RoleName: roleName(roleArn), ...(Marker && { Marker }) }),
      );
      names.push(...(page.AttachedPolicies ?? []).flatMap(({ PolicyName }) => PolicyName ?? []));
      Marker = page.IsTruncated ? page.Marker : undefined;
    } while (Marker !== undefined);
    return names;
  });

export const roleName = (roleArn: string): string => roleArn.split('/').at(-1) ?? roleArn;
