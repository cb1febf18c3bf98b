import { format } from 'node:util';
import type { NotSimulated } from '../../../not-simulated';
import type { EventLoop } from './event-loop';
import { withStubs } from './stubs';

export interface ConsoleOptions {
  readonly loop: EventLoop;
  readonly requestId: () => string | undefined;
  readonly write: (text: string) => void;
  readonly unknown: (what: string) => NotSimulated;
}

/**
 * `console` as Lambda's runtime has it: each line has the time, the request id and the level before it.
 * https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html
 */
export function consoleOf({ loop, requestId, write, unknown }: ConsoleOptions): object {
  const at =
    (level: string) =>
    (...args: unknown[]) => {
      const time = new Date(loop.now()).toISOString();
      write(`${time}\t${requestId()}\t${level}\t${format(...args)}`.replaceAll('\n', '\r').concat('\n'));
    };
  const info = at('INFO');
  return withStubs(
    'console',
    console,
    {
      trace: at('TRACE'),
      debug: at('DEBUG'),
      info,
      log: info,
      warn: at('WARN'),
      error: at('ERROR'),
      fatal: at('FATAL'),
    },
    unknown,
  );
}
