import {
  ApiGatewayManagementApiClient,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { clientSettings } from '../shared/aws-client';
import { failureOf } from '../shared/failure';

export interface Connections {
  /** Sends to a connection; `gone` when its client has left. @throws the SDK's error for every other answer. */
  post(connectionId: string, data: string, signal: AbortSignal): Promise<'sent' | 'gone'>;
}

/** The connections of one stage of a WebSocket API, through one client whose sockets stay open. */
export function connectionsAt(endpoint: string): Connections {
  const client = new ApiGatewayManagementApiClient({ ...clientSettings, endpoint: httpUrl(endpoint) });
  return {
    async post(connectionId, data, signal) {
      const command = new PostToConnectionCommand({ ConnectionId: connectionId, Data: Buffer.from(data) });
      try {
        await client.send(command, { abortSignal: signal });
        return 'sent';
      } catch (error) {
        if (failureOf(error).status === 410) return 'gone';
        throw error;
      }
    },
  };
}

function httpUrl(endpoint: string): string {
  if (!/^https?:\/\/[^/?#]+(\/[^?#]*)?$/.test(endpoint)) {
    throw new Error(
      `The environment variable CONNECTIONS_ENDPOINT is "${endpoint}": it must be the https:// address of the ` +
        'stage, as in https://{apiId}.execute-api.{region}.{dns suffix}/{stage}; the wss:// one is for clients.',
    );
  }
  return endpoint.replace(/\/+$/, '');
}
