import { resourceTest } from '../../iam/arn-text';
import { type Condition, parsePolicy, type Statement } from '../../iam/policy';
import { NotSimulated } from '../../not-simulated';
import { optionalText, text } from '../../plan/attributes';
import type { Plan } from '../../plan/plan';
import { isAddress } from '../permissions/exposure/rest-routes';
import { rowsOf } from './stack-flow';

/** Where a route's callers are not listed. */
export const anyone = 'anyone';

/**
 * Whom an API's resource policy lets call a route: the addresses of its allow-list, `anyone` or `nobody`. What
 * else the policy asks is not the picture's to tell.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html
 */
export function routeCallers(plan: Plan): (apiId: string, route: string) => readonly string[] {
  const policies = new Map(
    [
      ...rowsOf(plan, 'aws_api_gateway_rest_api', 'id', 'policy').map(
        (api) => [text(api, 'id'), api] as const,
      ),
      ...rowsOf(plan, 'aws_api_gateway_rest_api_policy', 'rest_api_id', 'policy').map(
        (policy) => [text(policy, 'rest_api_id'), policy] as const,
      ),
    ].flatMap(([apiId, resource]) => {
      const json = optionalText(resource, 'policy');
      if (json === undefined) return [];
      const { statements } = parsePolicy({ address: resource.address, json });
      return [[apiId, statements.map((statement) => readied(statement, resource.address))] as const];
    }),
  );
  return (apiId, route) => {
    const arn = `arn:${plan.partition}:execute-api:${plan.region}:${plan.accountId}:${apiId}/${route}`;
    const about = policies.get(apiId)?.filter(({ isAbout }) => isAbout(arn));
    if (!about) return [anyone];
    const lists = (effect: Statement['effect'], operator: string) =>
      about
        .filter(({ statement }) => statement.effect === effect)
        .map(({ statement }) => statement.conditions.filter((condition) => isSource(condition, operator)));
    const allowed = lists('Allow', 'IpAddress');
    const listed = allowed.some((conditions) => conditions.length === 0)
      ? lists('Deny', 'NotIpAddress')
      : allowed;
    const addresses = listed.flat().flatMap(({ values }) => values);
    if (addresses.length > 0) return [...new Set(addresses)];
    return [allowed.length === 0 ? 'nobody' : anyone];
  };
}

const isSource = ({ operator, key }: Condition, wanted: string) =>
  operator.toLowerCase() === wanted.toLowerCase() && isAddress(key);

function readied(statement: Statement, address: string) {
  const tests = (statement.resources ?? []).map((resource) => resourceTest(resource, address));
  const noVariables = (key: string): string => {
    throw new NotSimulated(address, `the policy variable \${${key}}`);
  };
  return { statement, isAbout: (arn: string) => tests.some((test) => test(arn, noVariables)) };
}
