import { NotSimulated } from '../../not-simulated';
import type { Authorization } from './authorizer-answer';
import type { GatewayError } from './gateway-response';
import { methodArn } from './method-arn';
import { headerOf } from './request-parameters';
import { type Caller, decide } from './resource-policy';
import type { RestApi, RestMethod } from './rest-api';
import type { RestRequest } from './rest-request';

/** Why a request was not let in. */
export interface AccessDenial {
  /** The method's ARN. */
  readonly resource: string;
  readonly message: string;
  /** In the plan: the policy, and the statement that denies it. */
  readonly place: string;
}

export interface AccessError extends Omit<GatewayError, 'requestId'> {
  readonly denial?: AccessDenial;
}

/** What of a request says who calls. */
type Request = Pick<RestRequest, 'headers' | 'sourceIp' | 'sourceVpce'>;

/** What the resource policy says of who calls; where there is an authorizer, it alone only denies. */
export function policyError(
  api: RestApi,
  method: RestMethod,
  request: Request,
  caller: Caller | undefined,
): AccessError | undefined {
  const { resourcePolicy: policy, vpcEndpointIds } = api;
  // Without a policy everyone may call a regional API, unless it asks who; nobody a private one.
  if (policy === undefined && caller === undefined && vpcEndpointIds === undefined) return undefined;
  const { allowed, explicit, message = '', sid } = decide(policy, invocation(api, method, request, caller));
  if (method.authorizer ? !explicit : allowed) return undefined;
  const place = `${policy?.address ?? api.address}${sid === undefined ? '' : `, statement ${sid}`}`;
  return { type: 'ACCESS_DENIED', message, denial: { resource: methodArn(api, method), message, place } };
}

const invocation = (
  api: RestApi,
  method: RestMethod,
  { sourceIp, sourceVpce }: Request,
  caller: Caller | undefined,
) => ({
  resource: methodArn(api, method),
  sourceIp,
  ...(api.vpcEndpointIds && { endpoint: { sourceVpce } }),
  caller,
});

/**
 * Whether a method's authorizer is asked about a request: not where the resource policy denies it, nor without the
 * headers that the authorizer needs.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 */
export const asksAuthorizer = (api: RestApi, method: RestMethod, request: Request): boolean =>
  method.authorizer !== undefined && errorBefore(api, method, request) === undefined;

/**
 * Of a method with an authorizer.
 * @param authorization what that answered, where it was asked
 */
export function authorizerRefusal(
  api: RestApi,
  method: RestMethod,
  request: Request,
  authorization: Authorization | undefined,
): AccessError | undefined {
  const before = errorBefore(api, method, request);
  if (before) return before;
  if (!authorization) throw new NotSimulated(method.address, 'a request without its authorizer');
  if (authorization.kind === 'failed') return { type: authorization.type };
  return jointError(api, method, request, authorization);
}

function errorBefore(api: RestApi, method: RestMethod, request: Request): AccessError | undefined {
  const denied = policyError(api, method, request, undefined);
  if (denied) return denied;
  const header = new Map([...request.headers].filter(([, value]) => value !== ''));
  const params = { path: new Map(), querystring: new Map(), header };
  return method.authorizer?.headers.some((name) => headerOf(params, name.toLowerCase()) === undefined)
    ? { type: 'UNAUTHORIZED' }
    : undefined;
}

/** What the authorizer allows, the resource policy need not; what either denies, stays denied. */
function jointError(
  api: RestApi,
  method: RestMethod,
  request: Request,
  { principalId, policy }: Extract<Authorization, { readonly kind: 'answered' }>,
): AccessError | undefined {
  const resource = methodArn(api, method);
  const [, partition = '', , , accountId = ''] = resource.split(':');
  // Whoever an authorizer speaks for has no ARN: this one stands in for it.
  const principal = { kind: 'user', arn: `arn:${partition}:iam::${accountId}:user/${principalId}` } as const;
  const caller = { principal, identity: [policy] };
  const { allowed, explicit } = decide(api.resourcePolicy, invocation(api, method, request, caller));
  if (allowed) return undefined;
  const message = `User is not authorized to access this resource${explicit ? ' with an explicit deny' : ''}`;
  return { type: 'ACCESS_DENIED', message, denial: { resource, message, place: policy.address } };
}
