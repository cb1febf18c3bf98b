import {
  ApiGatewayManagementApiClient,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import type { SQSEvent } from 'aws-lambda';

const endpoint = process.env.CONNECTIONS_ENDPOINT ?? '';
const client = new ApiGatewayManagementApiClient({ endpoint });

/** What published samples do: one post after the other, and the first error fails the batch. */
export async function handler(event: SQSEvent): Promise<void> {
  for (const { body, messageAttributes } of event.Records) {
    const connectionId = messageAttributes.connectionId?.stringValue;
    const requestId = messageAttributes.requestId?.stringValue;
    const data = JSON.stringify({ connectionId, requestId, message: body });
    await client.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: data }));
  }
}
