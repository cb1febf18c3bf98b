import { createHash } from 'node:crypto';
import { NotSimulated } from '../../not-simulated';
import type { Surroundings } from '../api-gateway/surroundings';
import type { WebSocketApi } from '../api-gateway/websocket-api';
import { acceptMessage, type WebSocketOutcome } from '../api-gateway/websocket-message';
import type { Clock } from '../simulation/clock';
import type { NetworkRequest, NetworkResponse } from '../simulation/network';

/** A client's end of a connection. */
export interface ClientEnd {
  readonly receive: (data: string) => void;
  /** The gateway ends the connection. @param code of RFC 6455 */
  readonly closed: (code: number) => void;
}

export interface Connection {
  readonly connectionId: string;
  /** What the gateway makes of a message of the client. */
  send(body: string): WebSocketOutcome;
  /** The client leaves. */
  close(): void;
  /** When the gateway ends it unless something comes before, in milliseconds since 1970; nothing once it is closed. */
  endsAt(): number | undefined;
}

/** Why a client was not let in. */
export interface ConnectRefusal {
  readonly status: number;
  readonly body: string;
}

/** In milliseconds. https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html */
const idleTimeout = 10 * 60_000;
const longestConnection = 2 * 60 * 60_000;

/** In bytes, of a message in either direction. */
const largestMessage = 128 * 1024;

interface OpenConnection {
  readonly end: ClientEnd;
  readonly connectedAt: number;
  lastActiveAt: number;
}

/** A WebSocket API at work: its connections, and its `@connections` endpoint. */
export class WebSocketGateway {
  readonly #open = new Map<string, OpenConnection>();

  constructor(
    readonly api: WebSocketApi,
    private readonly clock: Clock,
    private readonly surroundings: Surroundings,
  ) {}

  /** @param signed whether the client's request is signed by someone who may invoke the API */
  connect(end: ClientEnd, { signed = false } = {}): Connection | ConnectRefusal {
    const { connectAuthorization, address } = this.api;
    if (connectAuthorization === 'AWS_IAM' && !signed) {
      return { status: 403, body: '{"message":"Missing Authentication Token"}' };
    }
    if (!['NONE', 'AWS_IAM'].includes(connectAuthorization)) {
      throw new NotSimulated(address, `the authorization ${connectAuthorization} of $connect`);
    }
    // Eleven bytes in the base64 of URLs, as API Gateway's own.
    const connectionId = `${createHash('sha256').update(this.surroundings.ids()).digest().subarray(0, 11).toString('base64url')}=`;
    const now = this.clock.now();
    this.#open.set(connectionId, { end, connectedAt: now, lastActiveAt: now });
    return {
      connectionId,
      send: (body) => this.#accept(connectionId, body),
      close: () => void this.#open.delete(connectionId),
      endsAt: () => this.#endsAt(connectionId),
    };
  }

  #accept(connectionId: string, body: string): WebSocketOutcome {
    const connection = this.#current(connectionId);
    // Its end has been told, and what it sends goes nowhere.
    if (!connection) return { requestId: '', toClient: undefined, sqs: undefined };
    connection.lastActiveAt = this.clock.now();
    if (Buffer.byteLength(body) > largestMessage) {
      this.#end(connectionId, 1009);
      return { requestId: this.surroundings.ids(), toClient: undefined, sqs: undefined };
    }
    const outcome = acceptMessage(this.api, { connectionId, body }, this.surroundings);
    const answer = outcome.toClient ?? outcome.acknowledgement;
    if (answer !== undefined) connection.end.receive(answer);
    return outcome;
  }

  /**
   * A request to `@connections`, already authorized.
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html
   */
  manage({ method, body }: Pick<NetworkRequest, 'method' | 'body'>, connectionId: string): NetworkResponse {
    if (!/^[A-Za-z0-9_-]+={0,2}$/.test(connectionId)) {
      return errorResponse(400, 'BadRequestException', `Invalid connectionId: ${connectionId}`);
    }
    const connection = this.#current(connectionId);
    if (!connection) return errorResponse(410, 'GoneException');
    switch (method) {
      case 'POST':
        if (body.length > largestMessage) return errorResponse(413, 'PayloadTooLargeException');
        connection.lastActiveAt = this.clock.now();
        connection.end.receive(body.toString());
        return response(200, '');
      case 'GET':
        return response(
          200,
          JSON.stringify({
            connectedAt: new Date(connection.connectedAt).toISOString(),
            lastActiveAt: new Date(connection.lastActiveAt).toISOString(),
          }),
        );
      case 'DELETE':
        this.#end(connectionId, 1000);
        return response(204, '');
      default:
        throw new NotSimulated(this.api.address, `the method ${method} of @connections`);
    }
  }

  #current(connectionId: string): OpenConnection | undefined {
    const connection = this.#open.get(connectionId);
    if (!connection) return undefined;
    const now = this.clock.now();
    if (now - connection.lastActiveAt < idleTimeout && now - connection.connectedAt < longestConnection) {
      return connection;
    }
    this.#end(connectionId, 1001);
    return undefined;
  }

  #endsAt(connectionId: string): number | undefined {
    const connection = this.#current(connectionId);
    return (
      connection &&
      Math.min(connection.lastActiveAt + idleTimeout, connection.connectedAt + longestConnection)
    );
  }

  #end(connectionId: string, code: number): void {
    this.#open.get(connectionId)?.end.closed(code);
    this.#open.delete(connectionId);
  }
}

const response = (status: number, body: string): NetworkResponse => ({
  status,
  headers: new Map([['content-type', 'application/json']]),
  body: Buffer.from(body),
});

/** An error of the management API, as the SDK knows it. */
export const errorResponse = (status: number, code: string, message?: string): NetworkResponse => ({
  status,
  headers: new Map([
    ['content-type', 'application/json'],
    ['x-amzn-errortype', code],
  ]),
  body: Buffer.from(message === undefined ? '' : JSON.stringify({ message })),
});
