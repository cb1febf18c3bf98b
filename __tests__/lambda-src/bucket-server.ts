import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface StoredObject {
  readonly body: string;
  readonly contentType: string | undefined;
  readonly messageId: string | undefined;
}

export interface S3Error {
  readonly status: number;
  readonly code: string;
}

/** What the endpoint does with the nth put of one object. A promise holds the answer back. */
export type PutBehaviour = (
  path: string,
  nth: number,
) => 'store' | 'reset' | S3Error | Promise<'store' | 'reset' | S3Error>;

/** An endpoint that speaks enough of S3 to put objects: `PUT /{bucket}/{key}`. */
export class BucketServer {
  /** By path: bucket and key as they stood in the request line, decoded. */
  readonly objects = new Map<string, StoredObject>();
  readonly puts: string[] = [];
  behave: PutBehaviour = () => 'store';
  readonly #server = createServer((request, response) => void this.#serve(request, response));

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Empties itself, and behaves so from now on. */
  expect(behave: PutBehaviour): void {
    this.objects.clear();
    this.puts.length = 0;
    this.behave = behave;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '', this.origin);
    const path = decodeURIComponent(pathname);
    const body = await buffer(request);
    if (request.method !== 'PUT' || request.headers['content-encoding'] !== undefined) {
      response.writeHead(501).end();
      return;
    }
    this.puts.push(path);
    const answer = await this.behave(path, this.puts.filter((earlier) => earlier === path).length);
    if (answer === 'reset') {
      request.socket.resetAndDestroy();
    } else if (answer === 'store') {
      this.objects.set(path, {
        body: body.toString(),
        contentType: request.headers['content-type'],
        messageId: request.headers['x-amz-meta-message-id'] as string | undefined,
      });
      response.writeHead(200, { etag: '"0"' }).end();
    } else {
      const xml = `<?xml version="1.0"?><Error><Code>${answer.code}</Code><Message>${answer.code}</Message></Error>`;
      response.writeHead(answer.status, { 'content-type': 'application/xml' }).end(xml);
    }
  }
}
