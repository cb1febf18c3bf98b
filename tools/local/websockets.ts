import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import type { WebSocketApi } from '../rehearse/api-gateway/websocket-api';
import type { WebSocketOutcome } from '../rehearse/api-gateway/websocket-message';
import type { Connection } from '../rehearse/world/websocket-gateway';
import type { World } from '../rehearse/world/world';
import { type Log, shortened } from './event-log';
import { FrameSizes, largestFrame } from './frame-sizes';

/** Of a message, in bytes. */
const largestMessage = 128 * 1024;

/** Milliseconds that clients have to answer a close. */
const farewell = 200;

export interface WebSocketOptions {
  readonly world: World;
  /** Everybody may connect. */
  readonly unsigned: boolean;
  readonly log: Log;
  /** Gets what a message has thrown. */
  readonly failed: (error: unknown) => string;
}

/** The clients of WebSocket APIs, over real sockets. */
export class WebSockets {
  readonly #server = new WebSocketServer({
    noServer: true,
    maxPayload: largestMessage,
    // Without an integration that answers $connect nobody agrees on a subprotocol.
    handleProtocols: () => false,
  });

  constructor(private readonly options: WebSocketOptions) {}

  /** A client wants to connect. */
  upgrade(api: WebSocketApi, request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { world, unsigned, log } = this.options;
    // Of a client that goes while it is being answered.
    socket.on('error', () => {});
    let client: WebSocket | undefined;
    const end = {
      receive: (data: string) => this.#receive(client, data),
      closed: (code: number) => client?.close(code),
    };
    const connection = this.#gateway(api).connect(end, { signed: unsigned || isSigned(request) });
    if ('status' in connection) {
      const { status, body } = connection;
      log(
        `connect ${request.url} → ${status}: $connect asks for a signature (AWS_IAM); --unsigned lets everyone in`,
        'bad',
      );
      refuse(socket, status, body);
      return;
    }
    // Before a handshake that fails, too.
    socket.once('close', () => connection.close());
    this.#server.handleUpgrade(request, socket, head, (opened) => {
      client = opened;
      const sizes = new FrameSizes();
      socket.prependListener('data', (bytes: Buffer) => {
        if (sizes.sizes(bytes).some((size) => size > largestFrame)) this.#tooLarge(opened, connection);
      });
      this.#follow(opened, connection);
      this.#expire(connection, world);
      log(`connect ${request.url} → ${connection.connectionId}`);
    });
  }

  /** Says goodbye to all clients. */
  async close(): Promise<void> {
    const clients = [...this.#server.clients];
    for (const client of clients) client.close(1001, 'npm run local ends');
    const gone = clients.map((client) => new Promise((resolve) => client.once('close', resolve)));
    const timer = setTimeout(() => {
      for (const client of clients) client.terminate();
    }, farewell);
    await Promise.all(gone);
    clearTimeout(timer);
  }

  #gateway(api: WebSocketApi) {
    const gateway = this.options.world.gateways.get(api);
    if (!gateway) throw new Error(`${api.address} has no gateway`);
    return gateway;
  }

  #follow(client: WebSocket, connection: Connection): void {
    const { log } = this.options;
    const { connectionId } = connection;
    client.on('message', (data, isBinary) => {
      if (client.readyState !== WebSocket.OPEN) return;
      if (isBinary) {
        // https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-develop-binary-media-types.html
        log(`${connectionId} sent a binary frame, which API Gateway does not take: closed with 1003`, 'bad');
        client.close(1003, 'binary frames are not supported');
        return;
      }
      this.#message(client, connection, String(data));
    });
    client.on('error', (error: Error & { readonly code?: string }) => {
      const reason =
        error.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH'
          ? `a message above ${largestMessage} bytes: closed with 1009`
          : error.message;
      log(`${connectionId} ${reason}`, 'bad');
    });
    client.on('close', (code) => {
      log(`${connectionId} closed with ${code}`, 'quiet');
    });
  }

  #message(client: WebSocket, connection: Connection, body: string): void {
    const { log, failed } = this.options;
    try {
      log(`${connection.connectionId} → ${outcomeOf(connection.send(body))}`);
    } catch (error) {
      client.close(1011, failed(error).slice(0, 100));
    }
  }

  #receive(client: WebSocket | undefined, data: string): void {
    if (client?.readyState !== WebSocket.OPEN) return;
    client.send(data);
    this.options.log(`to a client: ${shortened(data)}`, 'good');
  }

  #tooLarge(client: WebSocket, { connectionId }: Connection): void {
    if (client.readyState !== WebSocket.OPEN) return;
    this.options.log(
      `${connectionId} sent a frame above ${largestFrame} bytes: closed with 1009. A longer message goes in several frames`,
      'bad',
    );
    client.close(1009, 'frame above 32 KB');
  }

  /** Lets the gateway end the connection when its time is over. */
  #expire(connection: Connection, world: World): void {
    const endsAt = connection.endsAt();
    if (endsAt === undefined) return;
    world.clock.after(endsAt - world.clock.now(), () => this.#expire(connection, world));
  }
}

/** By a header, or by a presigned URL, which is what a browser can do. What the signature holds is not looked at. */
const isSigned = ({ headers, url = '' }: IncomingMessage): boolean =>
  headers.authorization?.startsWith('AWS4-HMAC-SHA256') === true ||
  /[?&]X-Amz-Algorithm=AWS4-HMAC-SHA256(&|$)/.test(url);

function refuse(socket: Duplex, status: number, body: string): void {
  socket.end(
    [
      `HTTP/1.1 ${status} ${status === 403 ? 'Forbidden' : 'Error'}`,
      'Content-Type: application/json',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}

function outcomeOf({ acknowledgement, toClient, sqs }: WebSocketOutcome): string {
  if (sqs?.sent) {
    const { message, queue, duplicateOf } = sqs.sent;
    return duplicateOf === undefined
      ? `queued on ${queue.name} as ${message.messageId}`
      : `repeats ${duplicateOf} on ${queue.name}: not queued again`;
  }
  if (sqs) {
    const told = acknowledgement === undefined ? '' : ', and the client is told that it is not accepted';
    return `not queued, SQS said ${sqs.status} ${shortened(sqs.body)}${told}`;
  }
  return toClient === undefined ? 'not queued' : 'not queued, and the client is told why';
}
