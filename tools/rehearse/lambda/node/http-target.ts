import { urlToHttpOptions } from 'node:url';
import type { NotSimulated } from '../../../not-simulated';

/** The options of `http.request` that mean something here. */
export interface RequestOptions {
  readonly protocol?: string | null;
  readonly host?: string | null;
  readonly hostname?: string | null;
  readonly port?: string | number | null;
  readonly path?: string | null;
  readonly method?: string;
  readonly headers?: unknown;
  readonly auth?: string | null;
  readonly agent?: unknown;
  readonly timeout?: number;
  readonly signal?: AbortSignal;
  readonly setHost?: boolean;
  readonly [option: string]: unknown;
}

/** Where a request goes. */
export interface Target {
  readonly protocol: 'http' | 'https';
  readonly hostname: string;
  readonly port: number;
  /** With its port where it is not the protocol's own. */
  readonly host: string;
  readonly method: string;
  readonly path: string;
}

/** Options that would make another connection than the one there is. */
const notSimulated = [
  'ca',
  'cert',
  'createConnection',
  'key',
  'localAddress',
  'lookup',
  'pfx',
  'socketPath',
  'uniqueHeaders',
];

const ports = { http: 80, https: 443 };

/** The three ways to call `http.request`. */
export function requestArguments(args: readonly unknown[]): {
  readonly options: RequestOptions;
  readonly onResponse: ((response: unknown) => void) | undefined;
} {
  const [first, ...rest] = args;
  const hasUrl = typeof first === 'string' || first instanceof URL;
  const fromUrl = hasUrl ? urlToHttpOptions(new URL(first)) : {};
  const given = hasUrl ? rest.find((argument) => typeof argument === 'object') : first;
  const onResponse = rest.find((argument) => typeof argument === 'function');
  return {
    options: { ...(fromUrl as RequestOptions), ...(given as RequestOptions | undefined) },
    onResponse: onResponse as ((response: unknown) => void) | undefined,
  };
}

/** @throws NotSimulated for options that would make another connection */
export function targetOf(
  options: RequestOptions,
  protocol: Target['protocol'],
  unknown: (what: string) => NotSimulated,
): Target {
  const other = notSimulated.find((option) => options[option] !== undefined && options[option] !== null);
  if (other !== undefined) throw unknown(`the option ${other} of a request`);
  if (options.protocol && options.protocol !== `${protocol}:`) {
    throw Object.assign(
      new TypeError(`Protocol "${options.protocol}" not supported. Expected "${protocol}:"`),
      {
        code: 'ERR_INVALID_PROTOCOL',
      },
    );
  }
  const path = options.path || '/';
  if (/[^\u0021-\u00ff]/.test(path)) {
    throw Object.assign(new TypeError('Request path contains unescaped characters'), {
      code: 'ERR_UNESCAPED_CHARACTERS',
    });
  }
  const hostname = options.hostname || options.host || 'localhost';
  const port = Number(options.port || ports[protocol]);
  return {
    protocol,
    hostname,
    port,
    host: port === ports[protocol] ? hostname : `${hostname}:${port}`,
    method: (options.method ?? 'GET').toUpperCase(),
    path,
  };
}
