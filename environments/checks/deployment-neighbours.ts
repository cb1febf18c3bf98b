import { called, type Fault } from './fault';
import type { Labelled } from './plain-data';
import { isObject, repeats, textOf, valueAt } from './reading';

/** What deployment roles ask of the other environments of their account. */
export const deploymentFaults = (environments: readonly Labelled[]): readonly Fault[] => [
  ...sharedProviders(environments, 'github', () => 'GitHub'),
  ...sharedProviders(
    environments,
    'hcpTerraform',
    (data) => textOf(valueAt(data, 'state', 'hostname')) ?? 'app.terraform.io',
  ),
  ...coveredNames(environments),
];

/** An account has one provider for each issuer of tokens. */
const sharedProviders = (
  environments: readonly Labelled[],
  pipeline: 'github' | 'hcpTerraform',
  issuer: (environment: unknown) => string,
): readonly Fault[] =>
  repeats(
    environments.map(({ data }) => {
      const settings = valueAt(data, 'deploymentRoles', pipeline);
      const creates = isObject(settings) && (settings.oidcProvider ?? 'create') === 'create';
      return creates ? `${textOf(valueAt(data, 'accountId'))} ${issuer(data)}` : undefined;
    }),
  ).map(({ index, first }) => ({
    environment: environments[index]?.label ?? '',
    field: `deploymentRoles.${pipeline}.oidcProvider`,
    value: valueAt(environments[index]?.data, 'deploymentRoles', pipeline, 'oidcProvider'),
    rule: `makes the account's provider for ${issuer(environments[index]?.data)}, and so does ${called(environments[first]?.label ?? '')}; an account has one: write "existing" here`,
  }));

/** The roles of `dev` may change what is named `dev-…`, the things of an environment `dev-eu` among it. */
const coveredNames = (environments: readonly Labelled[]): readonly Fault[] =>
  environments.flatMap(({ label, data }) => {
    const name = textOf(valueAt(data, 'name'));
    if (name === undefined || valueAt(data, 'deploymentRoles') === undefined) return [];
    return environments
      .filter(
        (other) =>
          textOf(valueAt(other.data, 'name'))?.startsWith(`${name}-`) &&
          valueAt(other.data, 'accountId') === valueAt(data, 'accountId'),
      )
      .map((other) => ({
        environment: label,
        field: 'name',
        value: name,
        rule: `begins the name of ${called(other.label)} in the same account, whose resources the deployment roles of ${called(label)} could then change: rename one, or move it to another account`,
      }));
  });
