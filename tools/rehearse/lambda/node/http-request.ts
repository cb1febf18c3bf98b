import { Writable } from 'node:stream';
import type { NotSimulated } from '../../../not-simulated';
import type { Network, NetworkFault, NetworkResponse } from '../../simulation/network';
import type { EventLoop } from './event-loop';
import type { Agent, Socket, SocketTaker } from './http-agent';
import { faultError, hangUp } from './http-faults';
import { RequestHeaders } from './http-headers';
import { IncomingMessage } from './http-response';
import { type RequestOptions, type Target, targetOf } from './http-target';

/** What a request goes through. */
export interface HttpSurroundings {
  readonly loop: EventLoop;
  readonly network: Network;
  readonly unknown: (what: string) => NotSimulated;
}

/**
 * A request of Node's http client, sent whole when its body is.
 * https://nodejs.org/docs/latest-v22.x/api/http.html#class-httpclientrequest
 */
export class ClientRequest extends Writable implements SocketTaker {
  readonly target: Target;
  res: IncomingMessage | undefined;
  socket: Socket | null = null;
  reusedSocket = false;
  timeout: number | undefined;
  aborted = false;
  headersSent = false;
  readonly #headers: RequestHeaders;
  readonly #chunks: Buffer[] = [];
  /** Answers come in the asynchronous context that asked. */
  readonly #onAnswer: (answer: NetworkResponse | NetworkFault) => void;
  readonly #release: () => void;
  readonly #offEnd: () => void;
  readonly #poolName: string;
  #bodyComplete = false;
  #giveUp: (() => void) | undefined;
  #offSignal: (() => void) | undefined;

  constructor(
    private readonly surroundings: HttpSurroundings,
    protocol: Target['protocol'],
    options: RequestOptions,
    private readonly agent: Agent,
  ) {
    super({ autoDestroy: false });
    this.target = targetOf(options, protocol, surroundings.unknown);
    this.#headers = new RequestHeaders(options, this.target, agent.keepAlive);
    this.#onAnswer = surroundings.loop.carried((answer) => this.#answered(answer));
    this.#release = surroundings.loop.hold();
    this.#offEnd = surroundings.loop.atEnd(() => this.#giveUp?.());
    this.#poolName = `${this.target.hostname}:${this.target.port}:`;
    if (options.timeout) this.setTimeout(options.timeout);
    this.#listenTo(options.signal);
    // Whoever asked has its listeners in place first.
    process.nextTick(() => {
      if (!this.destroyed) this.agent.take(this.#poolName, this);
    });
  }

  get method(): string {
    return this.target.method;
  }

  get path(): string {
    return this.target.path;
  }

  get host(): string {
    return this.target.hostname;
  }

  get protocol(): string {
    return `${this.target.protocol}:`;
  }

  get connection(): Socket | null {
    return this.socket;
  }

  get finished(): boolean {
    return this.writableEnded;
  }

  setHeader(name: string, value: unknown): this {
    this.#headers.set(name, value);
    return this;
  }

  getHeader(name: string): string | undefined {
    return this.#headers.get(name);
  }

  hasHeader(name: string): boolean {
    return this.#headers.get(name) !== undefined;
  }

  removeHeader(name: string): void {
    this.#headers.remove(name);
  }

  getHeaders(): Record<string, string> {
    return this.#headers.all();
  }

  getHeaderNames(): string[] {
    return Object.keys(this.#headers.all());
  }

  /** The headers go with the body. */
  flushHeaders(): void {}

  setNoDelay(): void {}

  setSocketKeepAlive(): void {}

  setTimeout(milliseconds: number, callback?: () => void): this {
    this.timeout = milliseconds;
    if (callback) this.once('timeout', callback);
    if (this.socket) this.#watch(this.socket, milliseconds);
    return this;
  }

  abort(): void {
    if (this.aborted) return;
    this.aborted = true;
    process.nextTick(() => this.emit('abort'));
    this.destroy();
  }

  onSocket(socket: Socket): void {
    if (this.destroyed) {
      this.agent.giveBack(this.#poolName, socket, true);
      return;
    }
    this.reusedSocket = socket.requests > 1;
    this.socket = socket;
    if (this.timeout) this.#watch(socket, this.timeout);
    this.emit('socket', socket);
    // S3, for one, takes all that it is asked about. https://www.rfc-editor.org/rfc/rfc9110#section-10.1.1
    if (this.#headers.get('expect') === '100-continue') process.nextTick(() => this.emit('continue'));
    this.#send();
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.#chunks.push(chunk);
    done();
  }

  override _final(done: () => void): void {
    this.#bodyComplete = true;
    this.#send();
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#giveUp?.();
    this.#release();
    this.#offEnd();
    this.#offSignal?.();
    const { res, socket } = this;
    const answered = res !== undefined;
    if (!socket) this.agent.forget(this.#poolName, this);
    else this.agent.giveBack(this.#poolName, socket, answered && res.readableEnded);
    if (answered && !res.readableEnded) res.destroy(error ?? hangUp('aborted'));
    done(error ?? (answered ? null : hangUp('socket hang up')));
  }

  /** Listeners are code of the process, which the stream would call outside of its event loop. */
  override emit(event: string | symbol, ...args: unknown[]): boolean {
    let heard = false;
    this.surroundings.loop.guarded(() => {
      heard = super.emit(event, ...args);
    });
    return heard;
  }

  #send(): void {
    const { loop, network } = this.surroundings;
    if (!this.#bodyComplete || !this.socket || this.headersSent || this.destroyed || loop.ended) return;
    this.headersSent = true;
    const body = this.#chunks.length === 1 ? (this.#chunks[0] as Buffer) : Buffer.concat(this.#chunks);
    const { protocol, method, host, path } = this.target;
    this.socket.active();
    this.#giveUp = network(
      { protocol, method, host, path, headers: this.#headers.forBody(body.length), body },
      (answer) => {
        this.#giveUp = undefined;
        loop.deliver(() => this.#onAnswer(answer));
      },
    );
  }

  #answered(answer: NetworkResponse | NetworkFault): void {
    if (this.destroyed) return;
    if (typeof answer === 'string') {
      this.destroy(faultError(answer, this.target));
      return;
    }
    const socket = this.socket as Socket;
    socket.active();
    const response = this.method === 'HEAD' ? { ...answer, body: Buffer.alloc(0) } : answer;
    this.res = new IncomingMessage(this.surroundings.loop, socket, response, () => this.destroy());
    // Nobody will read it otherwise, and its connection would never be free again.
    if (!this.emit('response', this.res)) this.res.resume();
  }

  #watch(socket: Socket, milliseconds: number): void {
    socket.setTimeout(milliseconds);
    const onTimeout = () => this.emit('timeout');
    socket.removeAllListeners('timeout');
    socket.on('timeout', onTimeout);
    this.once('close', () => socket.removeListener('timeout', onTimeout));
  }

  #listenTo(signal: AbortSignal | undefined): void {
    if (!signal) return;
    const onAbort = () =>
      this.destroy(
        Object.assign(new Error('The operation was aborted', { cause: signal.reason }), {
          name: 'AbortError',
          code: 'ABORT_ERR',
        }),
      );
    if (signal.aborted) process.nextTick(onAbort);
    else signal.addEventListener('abort', onAbort, { once: true });
    this.#offSignal = () => signal.removeEventListener('abort', onAbort);
  }
}
