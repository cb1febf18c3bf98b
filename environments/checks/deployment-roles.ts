import type { DeploymentRolesSettings } from '../environment';
import { all, type Check, object, optional, rule } from './check';
import { isObject, textOf, valueAt } from './reading';
import { firstOf, matching, oneOf } from './rules';

/** Of an owner 39 characters, of a repository 100; the ids are GitHub's own. */
const repositoryRule = firstOf(
  matching(
    /^[A-Za-z0-9](-?[A-Za-z0-9_]){0,38}(@\d+)?\/[A-Za-z0-9._-]{1,100}(@\d+)?$/,
    'owner/name, or with the ids that the tokens of newer repositories have, owner@123/name@456: gh api repos/<owner>/<name>/actions/oidc/customization/sub says which',
  ),
  matching(
    /^([^@]*|[^@]*@\d+\/[^@]*@\d+)$/,
    'the ids of both the owner and the repository, or of neither: owner@123/name@456',
  ),
);

/** IAM would read a variable into `${`, and GitHub writes `:` in another way. */
const branchRule = firstOf(
  matching(
    /^[A-Za-z0-9._/-]{1,200}$/,
    'the name of a branch in letters, digits and ._/-, without refs/heads/ and without wildcards',
  ),
  matching(
    /^(?!refs\/|[./-])(?!.*(\.\.|\/\/|\/\.))(?!.*(\/|\.|\.lock)$)/,
    'the name of a branch as git takes it: main',
  ),
);

const oidcProvider = optional(rule(oneOf('create', 'existing')));

const someone: Check = (settings, field) =>
  isObject(settings) &&
  valueAt(settings, 'github') === undefined &&
  valueAt(settings, 'hcpTerraform') === undefined
    ? [
        {
          field: `${field}.github | hcpTerraform`,
          value: undefined,
          rule: 'at least one must be given, or nobody could assume a role: add one, or leave deploymentRoles out',
        },
      ]
    : [];

export const deploymentRoles = all(
  object<DeploymentRolesSettings>({
    github: optional(
      object<NonNullable<DeploymentRolesSettings['github']>>({
        repository: rule(repositoryRule),
        branch: optional(rule(branchRule)),
        oidcProvider,
      }),
    ),
    hcpTerraform: optional(object<NonNullable<DeploymentRolesSettings['hcpTerraform']>>({ oidcProvider })),
  }),
  someone,
);

/** HCP Terraform's tokens name the organization, the project and the workspace, which the state says. */
export const fittingState: Check = (environment) => {
  const field = 'deploymentRoles.hcpTerraform';
  const value = valueAt(environment, 'deploymentRoles', 'hcpTerraform');
  if (value === undefined) return [];
  if (valueAt(environment, 'state', 'kind') !== 'hcp-terraform') {
    return [
      {
        field,
        value,
        rule: 'needs the state in HCP Terraform, since its runs are told apart by their workspaces: set state.kind to "hcp-terraform", or leave it out',
      },
    ];
  }
  const hostname = textOf(valueAt(environment, 'state', 'hostname'));
  return [
    ...(valueAt(environment, 'state', 'project') === undefined
      ? [
          {
            field: 'state.project',
            value: undefined,
            rule: 'must be given with deploymentRoles.hcpTerraform, since the tokens of its runs name the project, the default one too: write its name',
          },
        ]
      : []),
    ...(hostname?.includes(':')
      ? [
          {
            field: 'state.hostname',
            value: hostname,
            rule: 'must have no port with deploymentRoles.hcpTerraform, since IAM takes no issuer with one: leave deploymentRoles.hcpTerraform out',
          },
        ]
      : []),
  ];
};
