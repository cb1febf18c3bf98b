import { type Policy, parsePolicy } from '../../../iam/policy';
import { NotSimulated } from '../../../not-simulated';
import type { Plan } from '../../../plan/plan';
import { PlanError } from '../../../plan/plan-error';
import { decide } from '../../../rehearse/api-gateway/resource-policy';
import { type Block, blocksOf, textOf } from '../policies/evaluated';
import { isPrivate } from '../policies/private-endpoint';

/** A method of a REST API, and who gets through to it. */
export interface RestRoute {
  /** The same in both versions. */
  readonly id: string;
  readonly api: string;
  /** `POST /payments/events`. */
  readonly name: string;
  readonly authorization: string;
  readonly needsKey: boolean;
  /** The method's `execute-api` ARN. */
  readonly arn: string;
  /**
   * Whether the API's resource policy lets an unsigned request from an address in; nothing where that is not
   * known.
   */
  readonly letsIn: ((address: string) => boolean) | undefined;
  /** Every block of addresses that the policy names. */
  readonly named: readonly string[];
}

export function restRoutes(plan: Plan): readonly RestRoute[] {
  const apis = blocksOf(plan, 'aws_api_gateway_rest_api').map(([name, block]) => apiOf(plan, name, block));
  const parts = pathParts(plan);
  return blocksOf(plan, 'aws_api_gateway_method').flatMap(([, block]): readonly RestRoute[] => {
    const api = apis.find(({ id }) => id === textOf(plan, block.rest_api_id));
    const path = pathOf(parts, textOf(plan, block.resource_id), api?.root);
    if (!api || path === undefined) return [];
    const method = textOf(plan, block.http_method) ?? 'ANY';
    return api.stages.map((stage) => {
      const arn = `${api.arn}/${stage}/${method === 'ANY' ? '*' : method}${path}`;
      return {
        id: arn,
        api: api.name,
        name: `${method} ${path}${api.stages.length > 1 ? ` in stage ${stage}` : ''}`,
        authorization: textOf(plan, block.authorization) ?? 'unknown',
        needsKey: block.api_key_required === true,
        arn,
        letsIn: api.isPrivate && !api.policy ? () => false : letsIn(api.policy, arn),
        named: api.policy === 'unknown' || !api.policy ? [] : sourceRanges(api.policy),
      };
    });
  });
}

interface RestApi {
  readonly id: string | undefined;
  readonly root: string | undefined;
  readonly name: string;
  readonly arn: string;
  readonly stages: readonly string[];
  readonly policy: Policy | 'unknown' | undefined;
  readonly isPrivate: boolean;
}

function apiOf(plan: Plan, name: string, block: Block): RestApi {
  const id = textOf(plan, `\${aws_api_gateway_rest_api.${name}.id}`);
  const stages = blocksOf(plan, 'aws_api_gateway_stage')
    .filter(([, { rest_api_id: of }]) => textOf(plan, of) === id)
    .flatMap(([, { stage_name: stage }]) => textOf(plan, stage) ?? []);
  const separate = blocksOf(plan, 'aws_api_gateway_rest_api_policy').find(
    ([, { rest_api_id: of }]) => textOf(plan, of) === id,
  );
  const written = separate ? separate[1].policy : block.policy;
  return {
    id,
    root: textOf(plan, `\${aws_api_gateway_rest_api.${name}.root_resource_id}`),
    name: textOf(plan, block.name) ?? name,
    arn: `arn:${plan.partition}:execute-api:${plan.region}:${plan.accountId}:${id}`,
    stages: stages.length > 0 ? stages : ['stage'],
    policy: written === undefined ? undefined : policyOf(textOf(plan, written)),
    isPrivate: isPrivate(block),
  };
}

function policyOf(json: string | undefined): Policy | 'unknown' {
  if (json === undefined) return 'unknown';
  return ifKnown(() => parsePolicy({ address: 'resource policy', json })) ?? 'unknown';
}

/** By their ids, the parts of paths, each with the id of the one before it. */
type PathParts = ReadonlyMap<
  string | undefined,
  { readonly part: string; readonly parent: string | undefined }
>;

const pathParts = (plan: Plan): PathParts =>
  new Map(
    blocksOf(plan, 'aws_api_gateway_resource').map(([name, { path_part: part, parent_id: parent }]) => [
      textOf(plan, `\${aws_api_gateway_resource.${name}.id}`),
      { part: textOf(plan, part) ?? '?', parent: textOf(plan, parent) },
    ]),
  );

/** Nothing for a resource that does not lead up to the API's root. */
function pathOf(parts: PathParts, id: string | undefined, root: string | undefined): string | undefined {
  const path: string[] = [];
  for (let at = id; at !== root; at = parts.get(at)?.parent) {
    const resource = parts.get(at);
    if (!resource || path.length > parts.size) return undefined;
    path.unshift(resource.part);
  }
  return `/${path.join('/')}`;
}

function letsIn(policy: RestApi['policy'], resource: string): ((address: string) => boolean) | undefined {
  if (policy === 'unknown') return undefined;
  if (policy === undefined) return () => true;
  const decided = (sourceIp: string) => decide(policy, { resource, sourceIp }).allowed;
  // A condition that is not known is found with any address.
  return ifKnown(() => decided('192.0.2.1')) === undefined ? undefined : decided;
}

/** What the policy's conditions on `aws:SourceIp` name. */
const sourceRanges = ({ statements }: Policy): readonly string[] =>
  statements.flatMap(({ conditions }) =>
    conditions.flatMap(({ operator, key, values }) =>
      key.toLowerCase() === 'aws:sourceip' && operator.includes('IpAddress') ? values : [],
    ),
  );

function ifKnown<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch (error) {
    if (error instanceof NotSimulated || error instanceof PlanError) return undefined;
    throw error;
  }
}
