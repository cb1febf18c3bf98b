import { STATUS_CODES } from 'node:http';
import { Readable } from 'node:stream';
import type { NetworkResponse } from '../../simulation/network';
import type { EventLoop } from './event-loop';
import type { Socket } from './http-agent';

/**
 * A response as Node's http client hands it out.
 * https://nodejs.org/docs/latest-v22.x/api/http.html#class-httpincomingmessage
 */
export class IncomingMessage extends Readable {
  readonly httpVersion = '1.1';
  readonly httpVersionMajor = 1;
  readonly httpVersionMinor = 1;
  readonly statusCode: number;
  readonly statusMessage: string;
  readonly headers: Record<string, string | string[]> = {};
  readonly rawHeaders: string[] = [];
  readonly trailers = {};
  readonly rawTrailers = [];
  /** It comes whole, or it does not come. */
  readonly complete = true;

  /** @param onClosed told when the response was read to its end, or given up */
  constructor(
    private readonly loop: EventLoop,
    readonly socket: Socket,
    { status, headers, body }: NetworkResponse,
    private readonly onClosed: (atItsEnd: boolean) => void,
  ) {
    super();
    this.statusCode = status;
    this.statusMessage = STATUS_CODES[status] ?? '';
    for (const [name, value] of headers) {
      this.headers[name] = name === 'set-cookie' ? [value] : value;
      this.rawHeaders.push(name, value);
    }
    if (body.length > 0) this.push(body);
    this.push(null);
  }

  get connection(): Socket {
    return this.socket;
  }

  setTimeout(milliseconds: number, callback?: () => void): this {
    this.socket.setTimeout(milliseconds, callback);
    return this;
  }

  override _read(): void {}

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.onClosed(this.readableEnded);
    // As in Node, nobody has to listen for the error of a response that was given up.
    done(this.listenerCount('error') > 0 ? error : null);
  }

  /** Listeners are code of the process, which the stream would call outside of its event loop. */
  override emit(event: string | symbol, ...args: unknown[]): boolean {
    let heard = false;
    this.loop.guarded(() => {
      heard = super.emit(event, ...args);
    });
    return heard;
  }
}
