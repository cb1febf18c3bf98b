import crypto from 'node:crypto';
import { builtinModules, createRequire } from 'node:module';
import net from 'node:net';
import os from 'node:os';
import zlib from 'node:zlib';
import type { NotSimulated } from '../../../not-simulated';
import type { Random } from '../../simulation/random';
import type { EventLoop } from './event-loop';
import type { filesOf } from './files';
import type { httpOf } from './http';
import { seededCrypto, threadedCrypto } from './seeded-random';
import { stubFunction, withStubs } from './stubs';
import type { timersOf } from './timers';

export interface ModuleOptions {
  readonly loop: EventLoop;
  readonly random: Random;
  readonly timers: ReturnType<typeof timersOf>;
  readonly files: ReturnType<typeof filesOf>;
  readonly http: ReturnType<typeof httpOf>;
  readonly https: ReturnType<typeof httpOf>;
  readonly performance: object;
  readonly process: object;
  readonly console: object;
  readonly architecture: 'x86_64' | 'arm64';
  readonly unknown: (what: string) => NotSimulated;
}

/** These compute, and touch nothing. */
const pure = [
  'assert',
  'assert/strict',
  'buffer',
  'constants',
  'diagnostics_channel',
  'events',
  'path',
  'path/posix',
  'path/win32',
  'punycode',
  'querystring',
  'stream',
  'stream/consumers',
  'stream/promises',
  'stream/web',
  'string_decoder',
  'url',
  'util',
  'util/types',
];

/** By absolute name, since the tools may run bundled. */
const requireReal = createRequire('/');

/** Node's own modules, as they are inside a process of Lambda; each is made when it is first asked for. */
export function modulesOf(options: ModuleOptions): (id: string) => unknown {
  const made = new Map<string, unknown>();
  return (id) => {
    const name = id.replace(/^node:/, '');
    if (!made.has(name)) made.set(name, moduleOf(name, options));
    return made.get(name);
  };
}

/** Whether a module is Node's own. */
export const isNodeModule = (id: string): boolean => id.startsWith('node:') || builtinModules.includes(id);

function moduleOf(name: string, options: ModuleOptions): unknown {
  const { loop, timers, files, process, console, unknown } = options;
  if (pure.includes(name)) return requireReal(`node:${name}`);
  const partly = (simulated: object) =>
    withStubs(`node:${name}`, requireReal(`node:${name}`) as object, simulated, unknown);
  switch (name) {
    case 'async_hooks':
      loop.carriesContext = true;
      return requireReal('node:async_hooks');
    case 'console':
      return console;
    case 'crypto':
      return cryptoOf(options);
    case 'fs':
      return partly({ ...files.callbacks, promises: partlyPromises(options) });
    case 'fs/promises':
      return partlyPromises(options);
    case 'http':
    case 'https':
      return partly(options[name]);
    case 'net':
      return partly({ isIP: net.isIP, isIPv4: net.isIPv4, isIPv6: net.isIPv6 });
    case 'os':
      return partly(osOf(options.architecture));
    case 'perf_hooks':
      return partly({ performance: options.performance });
    case 'process':
      return process;
    case 'timers':
      return partly({ ...timers.callbacks, promises: timers.promises });
    case 'timers/promises':
      return timers.promises;
    case 'tty':
      return partly({ isatty: () => false });
    case 'worker_threads':
      return partly({ isMainThread: true, threadId: 0, parentPort: null, workerData: null });
    case 'zlib':
      return zlibOf(unknown);
    default:
      return partly({});
  }
}

const partlyPromises = ({ files, unknown }: ModuleOptions) =>
  withStubs('node:fs/promises', requireReal('node:fs/promises') as object, files.promises, unknown);

function cryptoOf({ random, unknown }: ModuleOptions): object {
  const stubs = Object.fromEntries(
    threadedCrypto.map((name) => [name, stubFunction(`node:crypto.${name}`, unknown)]),
  );
  const seeded = seededCrypto(random);
  return Object.defineProperties(
    {},
    {
      ...Object.getOwnPropertyDescriptors(crypto),
      ...Object.getOwnPropertyDescriptors({ ...stubs, ...seeded, pseudoRandomBytes: seeded.randomBytes }),
    },
  );
}

/**
 * Streams and callbacks of `node:zlib` work in threads of their own, and so in no time that a clock here
 * knows.
 */
function zlibOf(unknown: (what: string) => NotSimulated): object {
  const computing = Object.entries(zlib).filter(([key]) => key.endsWith('Sync') || key === 'crc32');
  return withStubs('node:zlib', zlib, Object.fromEntries(computing), unknown);
}

const osOf = (architecture: 'x86_64' | 'arm64') => ({
  EOL: os.EOL,
  devNull: os.devNull,
  arch: () => (architecture === 'arm64' ? 'arm64' : 'x64'),
  endianness: () => 'LE',
  homedir: () => '/home/sbx_user1051',
  machine: () => (architecture === 'arm64' ? 'aarch64' : 'x86_64'),
  platform: () => 'linux',
  release: () => '5.10',
  tmpdir: () => '/tmp',
  type: () => 'Linux',
});
