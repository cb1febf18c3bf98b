import { mappingOf } from '../api-gateway/custom-domain';
import type { HttpApi } from '../api-gateway/http-api';
import type { RestApi } from '../api-gateway/rest-api';
import type { WebSocketApi } from '../api-gateway/websocket-api';
import type { NetworkFault } from '../simulation/network';
import { executeApiHost } from './connections-endpoint';
import type { System } from './system';

/** Where a caller turns to. */
export interface Address {
  readonly host: string;
  /** With its leading slash. */
  readonly path: string;
  /** Whether the caller shows a certificate that the domain's authorities have signed. @default false */
  readonly certificate?: boolean;
}

/** What an address leads to: an API's stage, and the path in it; an answer of API Gateway's own; or no connection. */
export type Door =
  | { readonly api: RestApi | HttpApi | WebSocketApi; readonly path: string }
  | { readonly status: number; readonly body: string }
  | NetworkFault;

const forbidden = { status: 403, body: '{"message":"Forbidden"}' } as const;

/**
 * By a custom domain, whose base path is no part of the API's, or by an API's own address, which may be out of service.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-disable-default-endpoint.html
 */
export function doorOf(system: System, { host, path, certificate = false }: Address): Door {
  const apis = [...system.restApis, ...system.httpApis, ...system.webSocketApis];
  const domain = system.domains.find(({ name }) => name === host);
  if (domain) {
    // The handshake fails, before there is a request.
    if (domain.mutualTls && !certificate) return 'ECONNRESET';
    const mapping = mappingOf(domain, path);
    const api = apis.find(({ id }) => id === mapping?.apiId);
    return mapping && api ? { api, path: path.slice(mapping.base.length) || '/' } : forbidden;
  }
  const api = apis.find(({ id }) => executeApiHost(id, system) === host);
  if (!api) return 'ENOTFOUND';
  const stage = `/${api.stageName}`;
  if (!api.executeApiEndpoint || !(path === stage || path.startsWith(`${stage}/`))) return forbidden;
  return { api, path: path.slice(stage.length) || '/' };
}

/** Where requests to the connections of an API go, without a slash at the end. */
export function connectionsAddressOf(system: System, api: WebSocketApi): Address | undefined {
  if (api.executeApiEndpoint) return { host: executeApiHost(api.id, system), path: `/${api.stageName}` };
  return system.domains.flatMap(({ name, mappings }) =>
    mappings.filter(({ apiId }) => apiId === api.id).map(({ base }) => ({ host: name, path: base })),
  )[0];
}
