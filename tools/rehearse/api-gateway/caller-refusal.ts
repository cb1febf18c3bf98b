import { NotSimulated } from '../../not-simulated';
import type { Authorization } from './authorizer-answer';
import { type AccessError, authorizerRefusal, policyError } from './method-access';
import { headerOf, type RequestParameters } from './request-parameters';
import type { Caller } from './resource-policy';
import type { RestApi, RestMethod } from './rest-api';
import type { RestRequest } from './rest-request';
import type { Surroundings } from './surroundings';
import { keySentIn } from './usage-plan';

interface Call {
  readonly request: RestRequest;
  readonly params: RequestParameters;
  /** What the method's authorizer answered, where it was asked. */
  readonly authorization: Authorization | undefined;
}

/**
 * Why a method is not for a caller: first its signature, then the resource policy and the authorizer, then its key.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 */
export function callerRefusal(
  api: RestApi,
  method: RestMethod,
  call: Call,
  surroundings: Surroundings,
): AccessError | undefined {
  const caller = method.authorization === 'AWS_IAM' ? signerOf(method, call, surroundings) : undefined;
  if (caller && 'type' in caller) return caller;
  const refused = method.authorizer
    ? authorizerRefusal(api, method, call.request, call.authorization)
    : policyError(api, method, call.request, caller);
  return refused ?? keyRefusal(api, method, call, surroundings);
}

function signerOf(
  { address }: RestMethod,
  { params }: Call,
  { callers }: Surroundings,
): Caller | AccessError {
  if (headerOf(params, 'authorization') === undefined) return { type: 'MISSING_AUTHENTICATION_TOKEN' };
  if (!callers) throw new NotSimulated(address, 'a signed request where nobody knows whose');
  const signer = callers.signerOf(params.header);
  return 'code' in signer ? { type: 'INVALID_SIGNATURE', message: signer.message } : signer;
}

function keyRefusal(
  { usagePlans }: RestApi,
  { apiKeyRequired, address }: RestMethod,
  { params }: Call,
  { callers }: Surroundings,
): AccessError | undefined {
  if (!apiKeyRequired) return undefined;
  const found = keySentIn(usagePlans, headerOf(params, 'x-api-key'));
  if (!found) return { type: 'INVALID_API_KEY' };
  const { key, quota } = found;
  if (!quota) return undefined;
  if (!callers) throw new NotSimulated(address, 'a quota where nobody counts');
  return callers.withinQuota(key, quota) ? undefined : { type: 'QUOTA_EXCEEDED' };
}
