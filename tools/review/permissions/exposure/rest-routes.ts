import { type Policy, parsePolicy } from '../../../iam/policy';
import { NotSimulated } from '../../../not-simulated';
import type { Plan } from '../../../plan/plan';
import { PlanError } from '../../../plan/plan-error';
import { type Caller, decide } from '../../../rehearse/api-gateway/resource-policy';
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
  /** Those of a policy that name roles: who may sign requests, where the method asks for it. */
  readonly signers: readonly string[];
  /**
   * Whether the API's resource policy lets a request from an address in: one that is not signed, or signed by one of
   * those where the method asks for it, and through whichever endpoint where the policy is about some.
   * Nothing where that is not known.
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
      const policy = api.policy === 'unknown' ? undefined : api.policy;
      const authorization = textOf(plan, block.authorization) ?? 'unknown';
      const signers = authorization === 'AWS_IAM' && policy ? signersIn(policy) : [];
      const arn = `${api.arn}/${stage}/${method === 'ANY' ? '*' : method}${path}`;
      return {
        id: arn,
        api: api.name,
        name: `${method} ${path}${api.stages.length > 1 ? ` in stage ${stage}` : ''}`,
        authorization,
        signers,
        needsKey: block.api_key_required === true,
        arn,
        letsIn: api.isPrivate && !api.policy ? () => false : letsIn(api, { resource: arn, signers }),
        named: policy ? sourceRanges(policy) : [],
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

function letsIn(
  { policy }: Pick<RestApi, 'policy'>,
  { resource, signers }: { readonly resource: string; readonly signers: readonly string[] },
): ((address: string) => boolean) | undefined {
  if (policy === 'unknown') return undefined;
  if (policy === undefined) return () => true;
  const named = valuesOf(policy, (key) => key === 'aws:sourcevpce');
  const isOfVpc = named.length > 0 || valuesOf(policy, (key) => key === 'aws:vpcsourceip').length > 0;
  const endpoints = isOfVpc
    ? [...new Set([...named, 'vpce-of-nobody'])].map((sourceVpce) => ({ sourceVpce }))
    : [undefined];
  const callers = signers.length === 0 ? [undefined] : signers.map(signer);
  const decided = (sourceIp: string) =>
    endpoints.some((endpoint) =>
      callers.some(
        (caller) => decide(policy, { resource, sourceIp, ...(endpoint && { endpoint }), caller }).allowed,
      ),
    );
  // A condition that is not known is found with any address.
  return ifKnown(() => decided('192.0.2.1')) === undefined ? undefined : decided;
}

const leave = parsePolicy({
  address: 'policies of the caller',
  json: '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"execute-api:Invoke","Resource":"*"}}',
});

/** A role with leave of its own to call, which within an account the API's policy makes up for. */
const signer = (roleArn: string): Caller => ({
  principal: { kind: 'role', roleArn, sessionName: 'reviewed' },
  identity: [leave],
});

const signersIn = ({ statements }: Policy): readonly string[] => [
  ...new Set(
    statements
      .filter(({ effect }) => effect === 'Allow')
      .flatMap(({ principals = [] }) => principals)
      .flatMap((one) => (one.kind === 'identity' && one.arn.includes(':role/') ? [one.arn] : [])),
  ),
];

const valuesOf = ({ statements }: Policy, isWanted: (key: string, operator: string) => boolean) =>
  statements.flatMap(({ conditions }) =>
    conditions.flatMap(({ operator, key, values }) => (isWanted(key.toLowerCase(), operator) ? values : [])),
  );

/** Whether a condition key is about the caller's address: on the internet, or in the VPC of an endpoint. */
export const isAddress = (key: string): boolean =>
  ['aws:sourceip', 'aws:vpcsourceip'].includes(key.toLowerCase());

/** What the policy's conditions on addresses name. */
const sourceRanges = (policy: Policy): readonly string[] =>
  valuesOf(policy, (key, operator) => isAddress(key) && operator.includes('IpAddress'));

function ifKnown<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch (error) {
    if (error instanceof NotSimulated || error instanceof PlanError) return undefined;
    throw error;
  }
}
