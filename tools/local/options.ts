import { parseArgs } from 'node:util';

export const usage = `Usage: npm run local [-- options]

Synthesizes every stack and leaves one environment running on this machine until Ctrl-C: its callbacks, its WebSocket
API with @connections, its queues, functions and subscribers, with permissions enforced. It listens on 127.0.0.1 alone
and needs no AWS account.

  --env <name>          the environment [the first]
  --port <number>       the port to listen on [a free one]
  --time-factor <n>     seconds that pass in one second, 1 to 3600: with 60, what takes minutes takes seconds [1]
  --unsigned            lets callers and WebSocket clients in without a signature where one is asked for
  --subscriber <name>=<url>
                        has a server of this machine take what the HTTPS subscription delivers, such as
                        delivery-results=http://127.0.0.1:3000/bizppurio/delivery-results; may be given for each
  --help                prints this

Keys: d takes the subscribers down and up again, q ends it.`;

export interface LocalOptions {
  readonly env: string | undefined;
  /** 0 for a free one. */
  readonly port: number;
  readonly timeFactor: number;
  readonly unsigned: boolean;
  /** Servers of this machine, by the subscription's name. */
  readonly subscribers: ReadonlyMap<string, URL>;
  readonly help: boolean;
}

/** Something was asked for that cannot be done; the message says what would do. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** @throws UsageError */
export function localOptions(args: readonly string[]): LocalOptions {
  const values = parsed(args);
  return {
    env: values.env,
    port: values.port === undefined ? 0 : number(values.port, { option: '--port', from: 1, to: 65_535 }),
    timeFactor:
      values['time-factor'] === undefined
        ? 1
        : number(values['time-factor'], { option: '--time-factor', from: 1, to: 3_600 }),
    unsigned: values.unsigned,
    subscribers: new Map(values.subscriber.map(subscriber)),
    help: values.help,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        env: { type: 'string' },
        port: { type: 'string' },
        'time-factor': { type: 'string' },
        unsigned: { type: 'boolean', default: false },
        subscriber: { type: 'string', multiple: true, default: [] },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n\n${usage}`);
  }
}

function number(
  text: string,
  { option, from, to }: { readonly option: string; readonly from: number; readonly to: number },
): number {
  if (/^\d{1,6}$/.test(text) && Number(text) >= from && Number(text) <= to) return Number(text);
  throw new UsageError(`${option} ${text}: it takes a whole number from ${from} to ${to}`);
}

/** The own addresses of a machine: what is tried here stays here. */
const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

function subscriber(text: string): readonly [string, URL] {
  const [, name = '', address = ''] = /^([a-z][a-z0-9-]*)=(.+)$/.exec(text) ?? [];
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol === 'http:' && loopback.test(url.hostname) && !url.username && !url.hash)
    return [name, url];
  throw new UsageError(
    `--subscriber ${text}: it takes a subscription's name and an http:// URL on this machine, such as delivery-results=http://127.0.0.1:3000/bizppurio/delivery-results`,
  );
}
