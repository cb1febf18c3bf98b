import { NotSimulated } from '../../not-simulated';
import { type CustomDomain, mappingOf } from '../api-gateway/custom-domain';
import type { WebSocketApi } from '../api-gateway/websocket-api';
import type { NetworkRequest, NetworkResponse } from '../simulation/network';
import { connectionsEndpoint, forbidden } from './connections-endpoint';
import type { WebSocketGateway } from './websocket-gateway';

/**
 * The `@connections` endpoints under a custom domain; none where no WebSocket API has the domain.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html
 * says nothing of domains; https://github.com/aws/aws-sdk-net/issues/1860 is what they do.
 * @throws NotSimulated for a domain of a WebSocket API that asks for certificates
 */
export function connectionsOfDomain(
  domain: CustomDomain,
  gateways: ReadonlyMap<WebSocketApi, WebSocketGateway>,
  surroundings: Omit<Parameters<typeof connectionsEndpoint>[1], 'base'>,
): ((request: NetworkRequest) => NetworkResponse) | undefined {
  const gatewayOf = (apiId: string | undefined) => [...gateways.values()].find(({ api }) => api.id === apiId);
  if (!domain.mappings.some(({ apiId }) => gatewayOf(apiId))) return undefined;
  if (domain.mutualTls) throw new NotSimulated(domain.address, 'mutual TLS in front of a WebSocket API');
  return (request) => {
    const mapping = mappingOf(domain, request.path);
    const gateway = gatewayOf(mapping?.apiId);
    if (!mapping || !gateway) return forbidden;
    return connectionsEndpoint(gateway, { ...surroundings, base: mapping.base })(request);
  };
}
