import { canonicalJson } from '../../synthesis/canonical-json';
import type { Statement } from '../iam/statement';
import { anyone } from '../iam/statement';

/** A method of the API and who may call it. */
export interface GuardedMethod {
  /** Letters and digits; becomes a part of the statement ids. */
  readonly name: string;
  /** The method's `execute-api` ARN. */
  readonly arn: string;
  /** IPv4 and IPv6 CIDR blocks. */
  readonly allowList: readonly string[];
}

/**
 * The statements of a REST API's resource policy that let only listed addresses call: per list one that allows them,
 * and one that denies everyone else, so that no other policy can let them in.
 *
 * Methods with the same list share their two statements, and the policy stays within API Gateway's 8,192 characters.
 * @param everyMethodArn what to write when all methods have the same list
 */
export function allowListStatements(
  methods: readonly GuardedMethod[],
  everyMethodArn: string,
): readonly Statement[] {
  const groups = groupByList(methods);
  return [...groups.values()].flatMap((group) => {
    const all = groups.size === 1;
    const whom = all ? 'EveryCallback' : groupName(group.map(({ name }) => name));
    const common = {
      actions: ['execute-api:Invoke'] as const,
      resources: all ? [everyMethodArn] : group.map(({ arn }) => arn),
      principals: [anyone],
    };
    const values = [...new Set(group.flatMap(({ allowList }) => allowList))];
    return [
      {
        ...common,
        sid: `ListedAddressesCall${whom}`,
        conditions: [{ test: 'IpAddress', variable: 'aws:SourceIp', values }],
      },
      {
        ...common,
        sid: `NobodyElseCalls${whom}`,
        effect: 'Deny',
        conditions: [{ test: 'NotIpAddress', variable: 'aws:SourceIp', values }],
      },
    ] satisfies readonly Statement[];
  });
}

const groupName = ([first = '', ...others]: readonly string[]) =>
  others.length === 0 ? first : `${first}And${others.length}More`;

function groupByList(methods: readonly GuardedMethod[]): ReadonlyMap<string, GuardedMethod[]> {
  const groups = new Map<string, GuardedMethod[]>();
  for (const method of methods) {
    const key = canonicalJson([...method.allowList].sort());
    groups.set(key, [...(groups.get(key) ?? []), method]);
  }
  return groups;
}
