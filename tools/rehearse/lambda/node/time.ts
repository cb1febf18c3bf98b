import type { EventLoop } from './event-loop';

/**
 * What tells the time to code that runs on an event loop: `Date`, `performance` and `AbortSignal.timeout`.
 */
export function timeOf(loop: EventLoop) {
  const timeOrigin = loop.now();
  return {
    Date: dateOf(() => loop.now()),
    performance: {
      timeOrigin,
      now: () => loop.now() - timeOrigin,
      toJSON: () => ({ timeOrigin }),
    },
    AbortSignal: abortSignalOf(loop),
  };
}

/** Dates are the language's own; only the present one is the clock's. */
function dateOf(now: () => number): DateConstructor {
  function SimulatedDate(this: unknown, ...args: unknown[]): string | Date {
    if (!new.target) return new Date(now()).toString();
    return Reflect.construct(Date, args.length === 0 ? [Math.trunc(now())] : args, new.target);
  }
  Object.defineProperty(SimulatedDate, 'name', { value: 'Date' });
  return Object.assign(SimulatedDate, {
    prototype: Date.prototype,
    now: () => Math.trunc(now()),
    parse: Date.parse,
    UTC: Date.UTC,
  }) as unknown as DateConstructor;
}

function abortSignalOf(loop: EventLoop): typeof AbortSignal {
  const timeout = (milliseconds: number): AbortSignal => {
    const controller = new AbortController();
    const task = loop.task(() =>
      controller.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError')),
    );
    task.holding = false;
    loop.schedule(task, milliseconds);
    return controller.signal;
  };
  return new Proxy(AbortSignal, {
    get: (target, property) => (property === 'timeout' ? timeout : Reflect.get(target, property, target)),
  });
}
