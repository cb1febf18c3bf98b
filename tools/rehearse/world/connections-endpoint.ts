import { NotSimulated } from '../../not-simulated';
import { dnsSuffix, type Whereabouts } from '../../plan/computed-attributes';
import type { NetworkRequest, NetworkResponse } from '../simulation/network';
import type { Access } from './access';
import type { CredentialIssuer } from './credentials';
import { errorResponse, type WebSocketGateway } from './websocket-gateway';

/** The host of an API's stages. */
export const executeApiHost = (apiId: string, at: Pick<Whereabouts, 'partition' | 'region'>): string =>
  `${apiId}.execute-api.${at.region}.${dnsSuffix(at)}`;

/** What API Gateway says where nothing is in service. */
export const forbidden = errorResponse(403, 'ForbiddenException', 'Forbidden');

/**
 * The `@connections` endpoint of a WebSocket API's stage: who has signed the request, whether they may, and what
 * becomes of it.
 */
export const connectionsEndpoint =
  (
    gateway: WebSocketGateway,
    {
      access,
      credentials,
      at,
      base = `/${gateway.api.stageName}`,
    }: {
      readonly access: Access;
      readonly credentials: CredentialIssuer;
      readonly at: Pick<Whereabouts, 'partition' | 'region' | 'accountId'>;
      /** What comes before `/@connections`: of a custom domain its base path. @default the stage */
      readonly base?: string;
    },
  ) =>
  (request: NetworkRequest): NetworkResponse => {
    const { api } = gateway;
    const own = request.path.startsWith(`${base}/`) ? request.path.slice(base.length) : '';
    const [, connection] = /^\/@connections\/([^/?]+)$/.exec(own) ?? [];
    if (connection === undefined) return forbidden;
    const signer = credentials.signerOf(request, { service: 'execute-api', region: at.region });
    if ('code' in signer) return errorResponse(403, signer.code, signer.message);
    const connectionId = decoded(connection, api.address);
    const refusal = access.refusal(signer, {
      action: 'execute-api:ManageConnections',
      resource: `arn:${at.partition}:execute-api:${at.region}:${at.accountId}:${api.id}/${api.stageName}/${request.method}/@connections/${connectionId}`,
      resourceAccountId: at.accountId,
      context: { 'aws:SecureTransport': 'true' },
    });
    if (refusal !== undefined) return errorResponse(403, 'AccessDeniedException', refusal);
    return gateway.manage(request, connectionId);
  };

function decoded(text: string, where: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new NotSimulated(where, `a path with ${text}, which is not percent-encoded text,`);
  }
}
