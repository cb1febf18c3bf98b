import { evaluate } from '../../iam/evaluate';
import { NotSimulated } from '../../not-simulated';
import type { Authorization } from './authorizer-answer';
import { methodArn } from './method-arn';
import { headerOf } from './request-parameters';
import { decide } from './resource-policy';
import type { RestApi, RestMethod } from './rest-api';
import type { Refusal } from './rest-request';

interface Caller {
  readonly sourceIp: string;
  readonly headers: ReadonlyMap<string, string>;
}

/**
 * Whether a method's authorizer is asked about a request: not where the resource policy denies it, nor without the
 * headers that the authorizer needs.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 */
export const asksAuthorizer = (api: RestApi, method: RestMethod, caller: Caller): boolean =>
  method.authorizer !== undefined && refusalBefore(api, method, caller) === undefined;

/** Why a method with an authorizer is not for a caller. @param authorization what that answered, where it was asked */
export function authorizerRefusal(
  api: RestApi,
  method: RestMethod,
  caller: Caller,
  authorization: Authorization | undefined,
): Refusal | undefined {
  const before = refusalBefore(api, method, caller);
  if (before) return before;
  if (!authorization) throw new NotSimulated(method.address, 'a request without its authorizer');
  if (authorization.kind === 'failed') return { type: authorization.type };
  return jointRefusal(api, method, caller, authorization);
}

/** Before the authorizer is asked, the resource policy only denies. */
function refusalBefore(api: RestApi, method: RestMethod, { sourceIp, headers }: Caller): Refusal | undefined {
  const resource = methodArn(api, method);
  const decision = api.resourcePolicy && decide(api.resourcePolicy, { resource, sourceIp });
  if (api.resourcePolicy && decision?.explicit) {
    const { message = '', sid } = decision;
    const place = `${api.resourcePolicy.address}${sid === undefined ? '' : `, statement ${sid}`}`;
    return { type: 'ACCESS_DENIED', message, denial: { resource, message, place } };
  }
  const params = { path: new Map(), querystring: new Map(), header: headers };
  return method.authorizer?.headers.some((name) => !headerOf(params, name.toLowerCase()))
    ? { type: 'UNAUTHORIZED' }
    : undefined;
}

/** What the authorizer allows, the resource policy need not; what either denies, stays denied. */
function jointRefusal(
  api: RestApi,
  method: RestMethod,
  { sourceIp }: Caller,
  { principalId, policy }: Extract<Authorization, { readonly kind: 'answered' }>,
): Refusal | undefined {
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
