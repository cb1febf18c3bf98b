import type { IncomingMessage } from 'node:http';
import type { HttpApi } from '../rehearse/api-gateway/http-api';
import type { RestApi } from '../rehearse/api-gateway/rest-api';
import type { WebSocketApi } from '../rehearse/api-gateway/websocket-api';
import { doorOf } from '../rehearse/world/front-door';
import type { System } from '../rehearse/world/system';

/** The API that a custom domain leads to, and the path as the API's own address would have it, stage first. */
export interface Named {
  readonly api: RestApi | HttpApi | WebSocketApi;
  readonly path: string;
}

/**
 * What a request is for whose `Host` is a custom domain; nothing where it is another. There is no TLS here, and so
 * nobody is asked for a certificate.
 */
export function namedHost(
  system: System,
  { headers }: Pick<IncomingMessage, 'headers'>,
  path: string,
): Named | 'forbidden' | undefined {
  const host = headers.host?.replace(/:\d+$/, '') ?? '';
  if (!system.domains.some(({ name }) => name === host)) return undefined;
  const door = doorOf(system, { host, path, certificate: true });
  if (typeof door === 'string' || 'status' in door) return 'forbidden';
  return { api: door.api, path: `/${door.api.stageName}${door.path === '/' ? '' : door.path}` };
}
