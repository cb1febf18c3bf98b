import { evaluate } from '../../iam/evaluate';
import { NotSimulated } from '../../not-simulated';
import type { Authorization } from './authorizer-answer';
import type { GatewayError } from './gateway-response';
import { headerOf } from './request-parameters';
import { decide } from './resource-policy';
import type { RestApi, RestMethod } from './rest-api';

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

interface Caller {
  readonly sourceIp: string;
  readonly headers: ReadonlyMap<string, string>;
}

/** What a resource policy names a method by. */
export const methodArn = (api: RestApi, { httpMethod, path }: RestMethod): string =>
  `${api.stageArn}/${httpMethod}${path}`;

/**
 * Whether a method's authorizer is asked about a request: not where the resource policy denies it, nor without the
 * headers that the authorizer needs.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 */
export const asksAuthorizer = (api: RestApi, method: RestMethod, caller: Caller): boolean =>
  method.authorizer !== undefined && errorBefore(api, method, caller) === undefined;

/** @param authorization what the authorizer answered, where it was asked */
export function accessError(
  api: RestApi,
  method: RestMethod,
  caller: Caller,
  authorization: Authorization | undefined,
): AccessError | undefined {
  const before = errorBefore(api, method, caller);
  if (before || !method.authorizer) return before;
  if (!authorization) throw new NotSimulated(method.authorizer.address, 'a request without its authorizer');
  if (authorization.kind === 'failed') return { type: authorization.type };
  return jointError(api, method, caller, authorization);
}

/** Where there is an authorizer, the resource policy alone only denies. */
function errorBefore(
  api: RestApi,
  method: RestMethod,
  { sourceIp, headers }: Caller,
): AccessError | undefined {
  const { authorizer } = method;
  const resource = methodArn(api, method);
  const decision = api.resourcePolicy && decide(api.resourcePolicy, { resource, sourceIp });
  if (api.resourcePolicy && decision && (authorizer ? decision.explicit : !decision.allowed)) {
    const { message = '', sid } = decision;
    const place = `${api.resourcePolicy.address}${sid === undefined ? '' : `, statement ${sid}`}`;
    return { type: 'ACCESS_DENIED', message, denial: { resource, message, place } };
  }
  const header = new Map([...headers].filter(([, value]) => value !== ''));
  const params = { path: new Map(), querystring: new Map(), header };
  return authorizer?.headers.some((name) => headerOf(params, name.toLowerCase()) === undefined)
    ? { type: 'UNAUTHORIZED' }
    : undefined;
}

/** What the authorizer allows, the resource policy need not; what either denies, stays denied. */
function jointError(
  api: RestApi,
  method: RestMethod,
  { sourceIp }: Caller,
  { principalId, policy }: Extract<Authorization, { readonly kind: 'answered' }>,
): AccessError | undefined {
  const resource = methodArn(api, method);
  const [, partition = '', , , accountId = ''] = resource.split(':');
  const request = {
    // Whoever an authorizer speaks for has no ARN: this one stands in for it.
    principal: { kind: 'user', arn: `arn:${partition}:iam::${accountId}:user/${principalId}` },
    action: 'execute-api:Invoke',
    resource,
    resourceAccountId: accountId,
    context: { 'aws:SourceIp': sourceIp, 'aws:SecureTransport': 'true' },
  } as const;
  const policies = { identity: [policy], ...(api.resourcePolicy && { resource: api.resourcePolicy }) };
  const decision = evaluate(request, policies);
  if (decision.allowed) return undefined;
  const message = `User is not authorized to access this resource${decision.explicit ? ' with an explicit deny' : ''}`;
  return { type: 'ACCESS_DENIED', message, denial: { resource, message, place: policy.address } };
}
