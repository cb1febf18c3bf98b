import type { WebSocketApi } from '../rehearse/api-gateway/websocket-api';
import type { NetworkResponse } from '../rehearse/simulation/network';
import type { TemporaryCredentials } from '../rehearse/world/credentials';
import { connectionsAddressOf } from '../rehearse/world/front-door';
import type { World } from '../rehearse/world/world';
import type { Log } from './event-log';
import { type Answer, says } from './http-exchange';

export interface ConnectionsRequest {
  readonly method: string;
  /** `/<stage>/@connections/<id>` */
  readonly path: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

/** Whether a path is one of an API's `@connections`. */
export const isConnections = (path: string): boolean => /^\/[^/]+\/(@|%40)connections\/[^/]+$/i.test(path);

/** Takes a request to `@connections` to the API's address, where its signature and its permissions are looked at. */
export async function answerConnections(
  world: World,
  api: WebSocketApi,
  { method, path: given, headers, body }: ConnectionsRequest,
  log: Log,
): Promise<Answer> {
  const path = given.replace(/%40connections/i, '@connections');
  if (!isDecodable(path)) return says(400, `${path} has a % that is followed by no two hex digits of UTF-8`);
  const address = connectionsAddressOf(world.system, api);
  if (!address) return says(403, 'the execute-api address is out of service, and no domain leads to the API');
  const response = await new Promise<NetworkResponse | string>((resolve) => {
    world.network(
      {
        protocol: 'https',
        method,
        host: address.host,
        path: `${address.path}${path.slice(api.stageName.length + 1)}`,
        headers: new Map([...headers].map(([name, value]) => [name.toLowerCase(), value])),
        body,
      },
      resolve,
    );
  });
  if (typeof response === 'string') return says(502, response);
  const { status } = response;
  log(`${method} ${decodeURIComponent(path)} → ${status} ${response.body}`, status < 300 ? 'plain' : 'bad');
  return response;
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

/** Credentials of the role of the function that replies to an API's clients; none when Lambda may not assume it. */
export function replyCredentials(world: World, api: WebSocketApi): TemporaryCredentials | undefined {
  const { flows, mappings, functions } = world.system;
  const queues = flows
    .filter((flow) => flow.kind === 'websocket' && flow.api === api)
    .map(({ queueArn }) => queueArn);
  const mapping = mappings.find(({ queueArn }) => queues.includes(queueArn));
  const fn = functions.find(({ functionName, arn }) =>
    [functionName, arn].includes(mapping?.functionName ?? ''),
  );
  const session =
    fn &&
    world.access.assumeRole('lambda.amazonaws.com', {
      roleArn: fn.roleArn,
      sessionName: fn.functionName,
      context: {},
    });
  return session && world.credentials.issue(session);
}
