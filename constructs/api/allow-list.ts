import { canonicalJson } from '../../synthesis/canonical-json';
import type { Condition, Statement } from '../iam/statement';
import { anyone } from '../iam/statement';

/** A method of the API and who may call it. */
export interface GuardedMethod {
  /** Letters and digits; becomes a part of the statement ids. */
  readonly name: string;
  /** The method's `execute-api` ARN. */
  readonly arn: string;
  /** IPv4 and IPv6 CIDR blocks. */
  readonly allowList: readonly string[];
  /** Roles as which requests are signed. @default requests need no signature */
  readonly callerRoleArns?: readonly string[] | undefined;
}

/**
 * The statements of a REST API's resource policy that let only listed addresses call: per list one that allows them,
 * and one that denies everyone else, so that no other policy can let them in. Where requests are signed the allowed
 * are the listed roles, and other identities are denied too: in the API's own account their identity policies alone
 * would let them in. https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 *
 * Methods with the same list share their statements, and the policy stays within API Gateway's 8,192 characters.
 * @param everyMethodArn what to write when all methods have the same callers
 * @param vpcEndpointIds of a private API: the interface endpoints through which it is called
 */
export function allowListStatements(
  methods: readonly GuardedMethod[],
  everyMethodArn: string,
  vpcEndpointIds?: readonly string[],
): readonly Statement[] {
  const groups = groupByCallers(methods);
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-aws-condition-keys.html
  const address = vpcEndpointIds ? 'aws:VpcSourceIp' : 'aws:SourceIp';
  const throughEndpoint: readonly Condition[] = vpcEndpointIds
    ? [{ test: 'StringEquals', variable: 'aws:SourceVpce', values: vpcEndpointIds }]
    : [];
  const actions = ['execute-api:Invoke'] as const;
  return [
    ...[...groups.values()].flatMap((group) => {
      const all = groups.size === 1;
      const whom = all ? 'EveryCallback' : groupName(group.map(({ name }) => name));
      const resources = all ? [everyMethodArn] : group.map(({ arn }) => arn);
      const values = [...new Set(group.flatMap(({ allowList }) => allowList))];
      const roles = group[0]?.callerRoleArns;
      const denied = { actions, resources, principals: [anyone], effect: 'Deny' } as const;
      return [
        {
          actions,
          resources,
          principals: [roles ? { type: 'AWS', identifiers: roles } : anyone],
          sid: `${roles ? 'ListedRolesCall' : 'ListedAddressesCall'}${whom}`,
          conditions: [{ test: 'IpAddress', variable: address, values }, ...throughEndpoint],
        },
        {
          ...denied,
          sid: `NobodyElseCalls${whom}`,
          conditions: [{ test: 'NotIpAddress', variable: address, values }],
        },
        ...(roles
          ? [
              {
                ...denied,
                sid: `NoOtherRoleCalls${whom}`,
                conditions: [{ test: 'ArnNotEquals', variable: 'aws:PrincipalArn', values: roles }],
              } as const,
            ]
          : []),
      ] satisfies readonly Statement[];
    }),
    ...(vpcEndpointIds
      ? [
          {
            sid: 'NobodyCallsThroughOtherEndpoints',
            effect: 'Deny',
            actions,
            resources: [everyMethodArn],
            principals: [anyone],
            conditions: [{ test: 'StringNotEquals', variable: 'aws:SourceVpce', values: vpcEndpointIds }],
          } as const,
        ]
      : []),
  ];
}

const groupName = ([first = '', ...others]: readonly string[]) =>
  others.length === 0 ? first : `${first}And${others.length}More`;

function groupByCallers(methods: readonly GuardedMethod[]): ReadonlyMap<string, GuardedMethod[]> {
  const groups = new Map<string, GuardedMethod[]>();
  for (const method of methods) {
    const { allowList, callerRoleArns } = method;
    const key = canonicalJson([[...allowList].sort(), callerRoleArns ? [...callerRoleArns].sort() : null]);
    groups.set(key, [...(groups.get(key) ?? []), method]);
  }
  return groups;
}
