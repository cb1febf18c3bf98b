import { EventEmitter } from 'node:events';
import type { EventLoop, Task } from './event-loop';

/** What is set of an agent; the rest is about sockets that are not there. */
export interface AgentOptions {
  readonly keepAlive?: boolean;
  readonly maxSockets?: number;
  readonly maxTotalSockets?: number;
  readonly maxFreeSockets?: number;
  readonly [option: string]: unknown;
}

/** A connection as a client sees it: open at once. That it cannot be opened shows as the request's error. */
export class Socket extends EventEmitter {
  readonly connecting = false;
  readonly encrypted: boolean;
  readonly authorized: boolean;
  destroyed = false;
  /** Requests that it carried, the present one included. */
  requests = 0;
  #timeout = 0;
  #task: Task | undefined;

  constructor(
    private readonly loop: EventLoop,
    secure: boolean,
  ) {
    super();
    this.encrypted = secure;
    this.authorized = secure;
  }

  /** Milliseconds without traffic after which it says `timeout`; 0 for never. */
  setTimeout(milliseconds: number, callback?: () => void): this {
    this.#timeout = milliseconds;
    if (callback) {
      if (milliseconds === 0) this.removeListener('timeout', callback);
      else this.once('timeout', callback);
    }
    this.active();
    return this;
  }

  /** Traffic starts its timeout anew. */
  active(): void {
    if (this.#task) this.loop.cancel(this.#task);
    if (this.#timeout <= 0 || this.destroyed) return;
    this.#task = this.loop.task(() => this.emit('timeout'));
    this.#task.holding = false;
    this.loop.schedule(this.#task, this.#timeout);
  }

  setKeepAlive(): this {
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  destroy(): this {
    if (this.destroyed) return this;
    this.destroyed = true;
    this.active();
    this.loop.deliver(() => this.emit('close', false));
    return this;
  }
}

/** A request that waits for its socket. */
export interface SocketTaker {
  readonly destroyed: boolean;
  onSocket(socket: Socket): void;
}

type ByName<T> = Record<string, T[]>;

/** Node's pool of connections by host. https://nodejs.org/docs/latest-v22.x/api/http.html#class-httpagent */
export class Agent extends EventEmitter {
  readonly keepAlive: boolean;
  maxSockets: number;
  maxTotalSockets: number;
  maxFreeSockets: number;
  readonly sockets: ByName<Socket> = Object.create(null);
  readonly freeSockets: ByName<Socket> = Object.create(null);
  readonly requests: ByName<SocketTaker> = Object.create(null);
  #total = 0;

  constructor(
    private readonly loop: EventLoop,
    private readonly secure: boolean,
    readonly options: AgentOptions = {},
  ) {
    super();
    this.keepAlive = options.keepAlive ?? false;
    this.maxSockets = options.maxSockets ?? Number.POSITIVE_INFINITY;
    this.maxTotalSockets = options.maxTotalSockets ?? Number.POSITIVE_INFINITY;
    this.maxFreeSockets = options.maxFreeSockets ?? 256;
  }

  /** Gives a request a socket: at once, or when one is free. */
  take(name: string, request: SocketTaker): void {
    const free = this.freeSockets[name]?.pop();
    if (this.freeSockets[name]?.length === 0) delete this.freeSockets[name];
    if (free) {
      this.#use(name, free, request);
    } else if (this.#mayOpen(name)) {
      this.#open(name, request);
    } else {
      this.requests[name] ??= [];
      this.requests[name].push(request);
    }
  }

  /** Takes a socket back. @param reusable whether the connection is as good as new */
  giveBack(name: string, socket: Socket, reusable: boolean): void {
    socket.setTimeout(0);
    remove(this.sockets, name, socket);
    const next = this.#next(name);
    if (next && reusable && this.keepAlive) {
      this.#use(name, socket, next);
      return;
    }
    const free = this.freeSockets[name]?.length ?? 0;
    if (reusable && this.keepAlive && free < this.maxFreeSockets && !socket.destroyed) {
      this.freeSockets[name] ??= [];
      this.freeSockets[name].push(socket);
    } else {
      this.#total--;
      socket.destroy();
      if (next) this.#open(name, next);
    }
  }

  /** A request no longer waits. */
  forget(name: string, request: SocketTaker): void {
    remove(this.requests, name, request);
  }

  /** Closes what is open. */
  destroy(): void {
    for (const sockets of [this.sockets, this.freeSockets]) {
      for (const name of Object.keys(sockets)) for (const socket of sockets[name] ?? []) socket.destroy();
    }
    for (const name of Object.keys(this.freeSockets)) {
      this.#total -= this.freeSockets[name]?.length ?? 0;
      delete this.freeSockets[name];
    }
  }

  #mayOpen(name: string): boolean {
    return (this.sockets[name]?.length ?? 0) < this.maxSockets && this.#total < this.maxTotalSockets;
  }

  #open(name: string, request: SocketTaker): void {
    this.#total++;
    this.#use(name, new Socket(this.loop, this.secure), request);
  }

  #use(name: string, socket: Socket, request: SocketTaker): void {
    this.sockets[name] ??= [];
    this.sockets[name].push(socket);
    socket.requests++;
    request.onSocket(socket);
  }

  #next(name: string): SocketTaker | undefined {
    const next = this.requests[name]?.shift();
    if (this.requests[name]?.length === 0) delete this.requests[name];
    return next;
  }
}

function remove<T>(lists: ByName<T>, name: string, item: T): void {
  const list = lists[name] ?? [];
  const index = list.indexOf(item);
  if (index >= 0) list.splice(index, 1);
  if (list.length === 0) delete lists[name];
}
