import { webSocketApisOf } from '../../../../tools/rehearse/api-gateway/websocket-api';
import { idSource } from '../../../../tools/rehearse/simulation/ids';
import { VirtualClock } from '../../../../tools/rehearse/simulation/virtual-clock';
import { LiveQueue } from '../../../../tools/rehearse/sqs/live-queue';
import { SqsEndpoint } from '../../../../tools/rehearse/sqs/query-protocol';
import { existingQueue } from '../../../../tools/rehearse/sqs/queue';
import { type Connection, WebSocketGateway } from '../../../../tools/rehearse/world/websocket-gateway';
import { webSocketApi } from './example-apis';
import { planOf, queueArn, role, together } from './example-stacks';
import { start } from './example-world';

/** A WebSocket API in front of a FIFO queue to which every role may send. @param connect attributes of its `$connect` */
export function exampleGateway(connect?: object) {
  const clock = new VirtualClock(start);
  const ids = idSource('test');
  const queue = new LiveQueue(existingQueue(queueArn('messages.fifo')), clock, ids);
  const endpoint = new SqsEndpoint({ queues: [queue], ids });
  const [api] = webSocketApisOf(
    planOf(together(webSocketApi('messages.fifo', connect), role('sender', 'apigateway.amazonaws.com'))),
  );
  if (!api) throw new Error('no API');
  const gateway = new WebSocketGateway(api, clock, {
    ids,
    sqs: (request, credentials) => endpoint.answer(request, credentials),
  });
  return { api, gateway, clock, queue, client: (options = {}) => exampleClient(gateway, options) };
}

/** A client that has connected, and what it gets. */
export interface ExampleClient extends Connection {
  readonly received: readonly string[];
  /** Codes with which the gateway has ended the connection. */
  readonly closed: readonly number[];
}

/** @throws Error when the client is refused */
export function exampleClient(
  gateway: WebSocketGateway,
  options: { readonly signed?: boolean } = {},
): ExampleClient {
  const received: string[] = [];
  const closed: number[] = [];
  const connection = gateway.connect(
    { receive: (data) => received.push(data), closed: (code) => closed.push(code) },
    options,
  );
  if ('status' in connection) throw new Error(`${connection.status} ${connection.body}`);
  return { ...connection, received, closed };
}
