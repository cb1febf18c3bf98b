import type { NotSimulated } from '../../not-simulated';
import type { Network } from '../simulation/network';
import type { Random } from '../simulation/random';
import type { InjectedGlobals } from './archive-code';
import { consoleOf } from './node/console';
import type { EventLoop } from './node/event-loop';
import { filesOf } from './node/files';
import { httpOf } from './node/http';
import { modulesOf } from './node/modules';
import { processOf } from './node/process';
import { seededCrypto, seededMath } from './node/seeded-random';
import { stubFunction, withStubs } from './node/stubs';
import { timeOf } from './node/time';
import { timersOf } from './node/timers';

export interface ProcessSurroundings {
  readonly loop: EventLoop;
  readonly random: Random;
  readonly network: Network;
  readonly variables: Readonly<Record<string, string>>;
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly architecture: 'x86_64' | 'arm64';
  readonly requestId: () => string | undefined;
  readonly write: (text: string) => void;
  readonly exit: (code: number) => never;
  readonly unknown: (what: string) => NotSimulated;
}

/** Another server, or another thread: would go past the clock and the network that are simulated. */
const outside = ['EventSource', 'MessageChannel', 'BroadcastChannel', 'WebSocket', 'fetch'] as const;

/** What the machine has as globals, for those that a process does not get its own of. */
const machine = Object.create(
  Object.prototype,
  Object.fromEntries(
    Object.entries(Object.getOwnPropertyDescriptors(globalThis)).filter(([name]) => name !== 'global'),
  ),
);

/** What code in a process of Lambda finds around it. */
export interface LambdaProcess {
  readonly globals: InjectedGlobals;
  /** Node's own modules. */
  readonly nodeModule: (id: string) => unknown;
  /** `process.env` */
  readonly variables: Record<string, string>;
}

/** A process of its own: nothing in it is shared with another but what only computes. */
export function lambdaProcess(given: ProcessSurroundings): LambdaProcess {
  const { loop, random, unknown } = given;
  const timers = timersOf(loop);
  const time = timeOf(loop);
  const seeded = seededCrypto(random);
  const process = processOf(given);
  const console = consoleOf(given);
  const performance = withStubs(
    'performance',
    Object.getPrototypeOf(globalThis.performance),
    time.performance,
    unknown,
  );
  const own = {
    ...timers.callbacks,
    ...time,
    ...Object.fromEntries(outside.map((name) => [name, stubFunction(name, unknown)])),
    Math: seededMath(random),
    awslambda: { streamifyResponse: stubFunction('awslambda.streamifyResponse', unknown) },
    console,
    crypto: withStubs('crypto', Object.getPrototypeOf(globalThis.crypto), seeded, unknown),
    performance,
    process,
    queueMicrotask: (callback: () => void) => queueMicrotask(() => loop.guarded(callback)),
  };
  const globalThisOwn: Record<string, unknown> = Object.create(
    machine,
    Object.getOwnPropertyDescriptors(own),
  );
  globalThisOwn.globalThis = globalThisOwn;
  globalThisOwn.global = globalThisOwn;
  const nodeModule = modulesOf({
    ...given,
    timers,
    files: filesOf(given.files, unknown),
    http: httpOf(given, 'http'),
    https: httpOf(given, 'https'),
    performance,
    process,
    console,
  });
  const globals = { ...own, global: globalThisOwn, globalThis: globalThisOwn } as unknown as InjectedGlobals;
  return { globals, nodeModule, variables: process.env };
}
