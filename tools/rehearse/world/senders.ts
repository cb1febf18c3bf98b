import type { RestApi, RestMethod } from '../api-gateway/rest-api';
import type { Wanted } from './wanted';

/** Who is to call, and what they have for it. */
export function sendersOf(
  { usagePlans }: RestApi,
  { path }: RestMethod,
  { callbacks, vpcEndpointIds }: Wanted,
) {
  const callback = callbacks.find((one) => one.path === path);
  const { allowList = [], consumerRoleArns = [], callerRoleArns, apiKey, signature } = callback ?? {};
  return {
    allowList,
    consumerRoleArns,
    callerRoleArns,
    signature,
    apiKey: apiKey && usagePlans.flatMap(({ keys }) => keys).find(({ name }) => name === apiKey.name),
    quota: apiKey?.quota,
    vpcEndpointId: vpcEndpointIds?.[0],
  };
}
