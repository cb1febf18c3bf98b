import type { Plan } from '../../../plan/plan';
import { blocksOf, textOf } from '../policies/evaluated';

/** Names what policies name, as a person knows it. */
export interface Names {
  readonly accountId: string;
  readonly region: string;
  /** Names by ids that are made up, since only AWS gives them. */
  readonly ofIds: ReadonlyMap<string, string>;
}

/** @param plans of both versions of all stacks */
export const namesOfIds = (plans: readonly Plan[]): Names['ofIds'] =>
  new Map(plans.flatMap(namedIds).filter(([id]) => id !== ''));

const namedIds = (plan: Plan): readonly (readonly [id: string, name: string])[] => [
  ...['aws_api_gateway_rest_api', 'aws_apigatewayv2_api'].flatMap((type) =>
    blocksOf(plan, type).map(
      ([name, block]) =>
        [textOf(plan, `\${${type}.${name}.id}`) ?? '', `API ${textOf(plan, block.name) ?? name}`] as const,
    ),
  ),
  ...blocksOf(plan, 'aws_kms_alias').map(
    ([name, block]) =>
      [
        (textOf(plan, block.target_key_id) ?? '').split('/').at(-1) ?? '',
        `key ${textOf(plan, block.name) ?? name}`,
      ] as const,
  ),
];

/** What stands before the name of a resource in its ARN, by service. */
const kinds: Readonly<Record<string, readonly (readonly [prefix: string, kind: string])[]>> = {
  sqs: [['', 'queue']],
  sns: [['', 'topic']],
  s3: [['', 'bucket']],
  lambda: [['function:', 'function']],
  iam: [
    ['oidc-provider/', 'identity provider'],
    ['role/', 'role'],
    ['user/', 'user'],
  ],
  pipes: [['pipe/', 'pipe']],
  dynamodb: [['table/', 'table']],
  secretsmanager: [['secret:', 'secret']],
  logs: [['log-group:', 'log group']],
};

/** A queue, a role, … by its name, and where it is if that is elsewhere; any other ARN as it stands. */
export function resourceName(arn: string, names: Names): string {
  if (arn === '*') return 'everything';
  const [, , service = '', region = '', account = '', ...rest] = arn.split(':');
  const resource = rest.join(':');
  const named = nameIn(service, resource, names);
  if (!arn.startsWith('arn:') || named === undefined || /[*?]/.test(region + account + service)) return arn;
  return [
    named,
    ...(region === '' || region === names.region ? [] : [` in ${region}`]),
    ...(account === '' || account === names.accountId ? [] : [` of account ${account}`]),
  ].join('');
}

function nameIn(service: string, resource: string, { ofIds }: Names): string | undefined {
  if (service === 'execute-api') {
    const [id = '', ...path] = resource.split('/');
    const api = ofIds.get(id);
    return api && (path.length > 0 ? `${api}/${path.join('/')}` : api);
  }
  if (service === 'kms') {
    return resource === 'key/*' ? 'every key' : ofIds.get(resource.replace(/^key\//, ''));
  }
  const [prefix, kind] = kinds[service]?.find(([start]) => resource.startsWith(start)) ?? [];
  return prefix === undefined ? undefined : `${kind} ${resource.slice(prefix.length)}`;
}

/** A principal of `{"AWS": …}` or `{"Service": …}`. */
export function principalName(identifier: string, names: Names): string {
  if (identifier === 'everyone' || identifier.startsWith('arn:')) return resourceName(identifier, names);
  if (!/^\d{12}$/.test(identifier)) return identifier;
  return identifier === names.accountId ? `its own account ${identifier}` : `account ${identifier}`;
}
