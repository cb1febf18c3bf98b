import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Post {
  /** As it stood in the request line, still encoded. */
  readonly path: string;
  readonly stage: string;
  readonly connectionId: string;
  readonly body: string;
  readonly headers: IncomingMessage['headers'];
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What the endpoint does with a post; `reset` cuts the connection. A promise holds the answer back. */
export type Behaviour = (post: Post, nth: number) => Answer | 'reset' | Promise<Answer | 'reset'>;

export const ok: Answer = { status: 200 };

/** Errors as API Gateway words them. */
export const errors = {
  gone: serviceError(410, 'GoneException', undefined),
  throttled: serviceError(429, 'LimitExceededException', undefined),
  forbidden: serviceError(
    403,
    'AccessDeniedException',
    'User: arn:aws:sts::111122223333:assumed-role/reply/reply is not authorized to perform: execute-api:ManageConnections',
  ),
  tooLarge: serviceError(413, 'PayloadTooLargeException', 'Message too long'),
  badRequest: serviceError(400, 'BadRequestException', 'Invalid connectionId: x'),
  internal: serviceError(500, 'InternalServerError', 'Internal server error'),
  badGateway: { status: 502, headers: { 'content-type': 'text/html' }, body: '<html>Bad Gateway</html>' },
} satisfies Record<string, Answer>;

function serviceError(status: number, type: string, message: string | undefined): Answer {
  return {
    status,
    headers: { 'x-amzn-errortype': type },
    body: JSON.stringify({ message: message ?? null }),
  };
}

/** An endpoint that speaks `@connections`: `POST /{stage}/@connections/{connectionId}`. */
export class ConnectionsServer {
  readonly posts: Post[] = [];
  behave: Behaviour = () => ok;
  sockets = 0;
  inFlight = 0;
  mostInFlight = 0;
  readonly #server = createServer((request, response) => void this.#serve(request, response));

  async start(): Promise<void> {
    this.#server.on('connection', () => this.sockets++);
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Forgets what it was asked, and behaves so from now on. */
  expect(behave: Behaviour): void {
    this.posts.length = 0;
    this.inFlight = 0;
    this.mostInFlight = 0;
    this.behave = behave;
  }

  /** A behaviour that answers nobody until `count` posts have arrived, then all with 200. */
  holdUntil(count: number): Behaviour {
    let release: () => void = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    return async () => {
      if (this.posts.length >= count) release();
      await released;
      return ok;
    };
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '';
    const [, stage, connectionId] = /^\/([^/]+)\/@connections\/([^/?]+)$/.exec(path) ?? [];
    if (request.method !== 'POST' || stage === undefined || connectionId === undefined) {
      response.writeHead(404).end();
      return;
    }
    this.mostInFlight = Math.max(this.mostInFlight, ++this.inFlight);
    const post = {
      path,
      stage,
      connectionId: decodeURIComponent(connectionId),
      body: await text(request),
      headers: request.headers,
    };
    this.posts.push(post);
    const nth = this.posts.filter((earlier) => earlier.connectionId === post.connectionId).length;
    const answer = await this.behave(post, nth);
    this.inFlight--;
    if (answer === 'reset') request.socket.resetAndDestroy();
    else response.writeHead(answer.status, answer.headers).end(answer.body);
  }
}
