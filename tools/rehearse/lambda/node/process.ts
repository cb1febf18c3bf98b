import { EventEmitter } from 'node:events';
import type { NotSimulated } from '../../../not-simulated';
import type { EventLoop } from './event-loop';
import { withStubs } from './stubs';

export interface ProcessOptions {
  readonly loop: EventLoop;
  readonly variables: Readonly<Record<string, string>>;
  readonly architecture: 'x86_64' | 'arm64';
  readonly write: (text: string) => void;
  readonly exit: (code: number) => never;
  readonly unknown: (what: string) => NotSimulated;
}

/** `process` inside Lambda. Its version is the one that really runs. */
export function processOf({ loop, variables, architecture, write, exit, unknown }: ProcessOptions): {
  readonly env: Record<string, string>;
} {
  const started = loop.now();
  const events = new EventEmitter();
  const stream = (fd: number) => ({
    fd,
    isTTY: false,
    writable: true,
    write(chunk: string | Uint8Array, ...rest: unknown[]) {
      write(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
      const done = rest.find((argument) => typeof argument === 'function') as (() => void) | undefined;
      if (done) process.nextTick(done);
      return true;
    },
  });
  const nanoseconds = () => BigInt(Math.round((loop.now() - started) * 1e6));
  const hrtime = (previous?: readonly [number, number]): [number, number] => {
    const passed = nanoseconds();
    const [seconds, nanos] = [Number(passed / 1_000_000_000n), Number(passed % 1_000_000_000n)];
    if (!previous) return [seconds, nanos];
    const difference = seconds - previous[0] - (nanos < previous[1] ? 1 : 0);
    return [difference, (nanos - previous[1] + 1_000_000_000) % 1_000_000_000];
  };
  const listening = Object.fromEntries(
    (['on', 'once', 'addListener', 'off', 'removeListener', 'removeAllListeners', 'emit'] as const).map(
      (name) => [name, (...args: never[]) => (events[name] as (...args: never[]) => unknown)(...args)],
    ),
  );
  return withStubs(
    'process',
    process,
    {
      ...listening,
      listeners: (name: string) => events.listeners(name),
      listenerCount: (name: string) => events.listenerCount(name),
      arch: architecture === 'arm64' ? 'arm64' : 'x64',
      argv: ['/var/lang/bin/node', '/var/runtime/index.mjs'],
      argv0: 'node',
      execArgv: [],
      execPath: '/var/lang/bin/node',
      platform: 'linux',
      version: process.version,
      versions: process.versions,
      release: process.release,
      features: process.features,
      config: process.config,
      title: 'node',
      pid: 8,
      ppid: 1,
      exitCode: undefined,
      env: environment(variables),
      stdout: stream(1),
      stderr: stream(2),
      cwd: () => '/var/task',
      umask: () => 0o22,
      getuid: () => 993,
      geteuid: () => 993,
      uptime: () => (loop.now() - started) / 1000,
      hrtime: Object.assign(hrtime, { bigint: nanoseconds }),
      nextTick: (callback: (...args: unknown[]) => void, ...args: unknown[]) =>
        process.nextTick(() => loop.guarded(() => callback(...args))),
      emitWarning: (warning: unknown) => write(`(node:8) ${String(warning)}\n`),
      exit: (code: unknown = 0) => exit(Number(code)),
      abort: () => exit(134),
    },
    unknown,
  ) as { readonly env: Record<string, string> };
}

/** Whatever is set in it becomes text. */
const environment = (variables: Readonly<Record<string, string>>): Record<string, string> =>
  new Proxy(
    { ...variables },
    { set: (target, name, value) => Reflect.set(target, name, String(value), target) },
  );
