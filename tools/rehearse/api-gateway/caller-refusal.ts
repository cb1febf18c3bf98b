import { NotSimulated } from '../../not-simulated';
import type { GatewayError } from './gateway-response';
import { headerOf, type RequestParameters } from './request-parameters';
import { type Caller, decide } from './resource-policy';
import type { RestApi, RestMethod } from './rest-api';
import type { RestAnswer, RestRequest } from './rest-request';
import type { Surroundings } from './surroundings';
import { keySentIn } from './usage-plan';

export type Refusal = Omit<GatewayError, 'requestId'> & Pick<RestAnswer, 'denial'>;

interface Call {
  readonly request: RestRequest;
  readonly params: RequestParameters;
}

/**
 * Why a method is not for a caller: first its signature, then the resource policy, then its key.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 */
export function callerRefusal(
  api: RestApi,
  method: RestMethod,
  call: Call,
  surroundings: Surroundings,
): Refusal | undefined {
  const caller = method.authorization === 'AWS_IAM' ? signerOf(method, call, surroundings) : undefined;
  if (caller && 'type' in caller) return caller;
  return policyRefusal(api, method, call.request, caller) ?? keyRefusal(api, method, call, surroundings);
}

function signerOf({ address }: RestMethod, { params }: Call, { callers }: Surroundings): Caller | Refusal {
  if (headerOf(params, 'authorization') === undefined) return { type: 'MISSING_AUTHENTICATION_TOKEN' };
  if (!callers) throw new NotSimulated(address, 'a signed request where nobody knows whose');
  const signer = callers.signerOf(params.header);
  return 'code' in signer ? { type: 'INVALID_SIGNATURE', message: signer.message } : signer;
}

function policyRefusal(
  api: RestApi,
  method: RestMethod,
  { sourceIp, sourceVpce }: RestRequest,
  caller: Caller | undefined,
): Refusal | undefined {
  const { resourcePolicy: policy, vpcEndpointIds } = api;
  // Without a policy everyone may call a regional API, unless it asks who; nobody a private one.
  if (policy === undefined && caller === undefined && vpcEndpointIds === undefined) return undefined;
  const resource = methodArn(api, method);
  const {
    allowed,
    message = '',
    sid,
  } = decide(policy, {
    resource,
    sourceIp,
    ...(vpcEndpointIds && { endpoint: { sourceVpce } }),
    caller,
  });
  if (allowed) return undefined;
  const place = `${policy?.address ?? api.address}${sid === undefined ? '' : `, statement ${sid}`}`;
  return { type: 'ACCESS_DENIED', message, denial: { resource, message, place } };
}

function keyRefusal(
  { usagePlans }: RestApi,
  { apiKeyRequired, address }: RestMethod,
  { params }: Call,
  { callers }: Surroundings,
): Refusal | undefined {
  if (!apiKeyRequired) return undefined;
  const found = keySentIn(usagePlans, headerOf(params, 'x-api-key'));
  if (!found) return { type: 'INVALID_API_KEY' };
  const { key, quota } = found;
  if (!quota) return undefined;
  if (!callers) throw new NotSimulated(address, 'a quota where nobody counts');
  return callers.withinQuota(key, quota) ? undefined : { type: 'QUOTA_EXCEEDED' };
}

/** What a resource policy names a method by. */
export const methodArn = (api: RestApi, { httpMethod, path }: RestMethod): string =>
  `${api.stageArn}/${httpMethod}${path}`;
