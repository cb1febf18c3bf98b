import { promisify } from 'node:util';
import type { EventLoop, Task } from './event-loop';

const longest = 2 ** 31 - 1;

type Callback = (...args: unknown[]) => void;

interface PromiseOptions {
  readonly ref?: boolean;
  readonly signal?: AbortSignal;
}

/** Node's timers, on an event loop. https://nodejs.org/docs/latest-v22.x/api/timers.html */
export function timersOf(loop: EventLoop) {
  let ids = 0;
  const byId = new Map<number, Timeout>();

  class Timeout {
    readonly #task: Task;
    readonly #delay: number;
    #id: number | undefined;

    constructor(callback: Callback, delay: unknown, args: unknown[], repeat: boolean) {
      if (typeof callback !== 'function') throw notAFunction(callback);
      this.#delay = delayOf(delay);
      this.#task = loop.task(() => {
        if (repeat) this.refresh();
        else this.#forget();
        callback(...args);
      });
      loop.schedule(this.#task, this.#delay);
    }

    refresh(): this {
      loop.schedule(this.#task, this.#delay);
      return this;
    }

    close(): this {
      loop.cancel(this.#task);
      this.#forget();
      return this;
    }

    ref(): this {
      loop.setHolding(this.#task, true);
      return this;
    }

    unref(): this {
      loop.setHolding(this.#task, false);
      return this;
    }

    hasRef(): boolean {
      return this.#task.holding;
    }

    [Symbol.toPrimitive](): number {
      this.#id ??= ++ids;
      byId.set(this.#id, this);
      return this.#id;
    }

    #forget(): void {
      if (this.#id !== undefined) byId.delete(this.#id);
    }
  }

  const setTimeout = (callback: Callback, delay?: unknown, ...args: unknown[]) =>
    new Timeout(callback, delay, args, false);
  const setInterval = (callback: Callback, delay?: unknown, ...args: unknown[]) =>
    new Timeout(callback, delay, args, true);
  const setImmediate = (callback: Callback, ...args: unknown[]) => {
    if (typeof callback !== 'function') throw notAFunction(callback);
    const task = loop.task(() => callback(...args));
    loop.schedule(task, 0);
    return task;
  };
  const clear = (timer: unknown) => {
    if (timer instanceof Timeout) timer.close();
    else if (typeof timer === 'number' || typeof timer === 'string') byId.get(Number(timer))?.close();
  };
  const clearImmediate = (task: unknown) => {
    if (task !== undefined && task !== null) loop.cancel(task as Task);
  };

  const later = <T>(
    start: (done: () => void) => () => void,
    value: T | undefined,
    signal: AbortSignal | undefined,
  ): Promise<T | undefined> =>
    new Promise((resolve, reject) => {
      const aborted = () => reject(abortError(signal as AbortSignal));
      if (signal?.aborted) {
        aborted();
        return;
      }
      const onAbort = () => {
        cancel();
        aborted();
      };
      const cancel = start(() => {
        signal?.removeEventListener('abort', onAbort);
        resolve(value);
      });
      signal?.addEventListener('abort', onAbort, { once: true });
    });

  const timeoutPromise = <T>(delay?: unknown, value?: T, { ref = true, signal }: PromiseOptions = {}) =>
    later(
      (done) => {
        const timer = setTimeout(done, delay);
        if (!ref) timer.unref();
        return () => timer.close();
      },
      value,
      signal,
    );

  const immediatePromise = <T>(value?: T, { signal }: PromiseOptions = {}) =>
    later(
      (done) => {
        const task = setImmediate(done);
        return () => clearImmediate(task);
      },
      value,
      signal,
    );

  async function* intervals<T>(delay?: unknown, value?: T, options?: PromiseOptions) {
    for (;;) yield await timeoutPromise(delay, value, options);
  }

  const callbacks = {
    setTimeout: Object.assign(setTimeout, { [promisify.custom]: timeoutPromise }),
    clearTimeout: clear,
    setInterval,
    clearInterval: clear,
    setImmediate: Object.assign(setImmediate, { [promisify.custom]: immediatePromise }),
    clearImmediate,
  };
  const promises = {
    setTimeout: timeoutPromise,
    setImmediate: immediatePromise,
    setInterval: intervals,
    scheduler: {
      wait: (delay: number, options?: PromiseOptions) => timeoutPromise(delay, undefined, options),
      yield: () => immediatePromise(),
    },
  };
  return { callbacks, promises };
}

/** Delays out of range are one millisecond, and fractions are cut off, as Node does it. */
function delayOf(delay: unknown): number {
  const milliseconds = Number(delay);
  return milliseconds >= 1 && milliseconds <= longest ? Math.trunc(milliseconds) : 1;
}

const notAFunction = (value: unknown) =>
  Object.assign(
    new TypeError(`The "callback" argument must be of type function. Received ${String(value)}`),
    {
      code: 'ERR_INVALID_ARG_TYPE',
    },
  );

const abortError = (signal: AbortSignal) =>
  Object.assign(new Error('The operation was aborted', { cause: signal.reason }), {
    name: 'AbortError',
    code: 'ABORT_ERR',
  });
