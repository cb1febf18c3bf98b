import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll } from 'vitest';
import type { Environment } from '../../../environments/environment';
import { type LocalServer, type ServerOptions, serveLocally } from '../../../tools/local/local-server';
import type { SubscriberState } from '../../../tools/local/subscribers';
import { rehearsalInputs } from '../../../tools/rehearse/rehearse-all';
import { type System, systemOf } from '../../../tools/rehearse/world/system';
import { synthesizeAll } from '../../../tools/synth/synthesize';
import { environments } from '../../fixtures/environments';

const systems = new Map<string, System>();

/** An environment as it was shipped. */
export function systemNamed(environment: string): System {
  if (systems.size === 0) {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'local-'));
    try {
      for (const input of rehearsalInputs(synthesizeAll(folder, environments), folder)) {
        systems.set(input.environment, systemOf(input.stacks, input.wanted));
      }
    } finally {
      fs.rmSync(folder, { recursive: true, force: true });
    }
  }
  const system = systems.get(environment);
  if (!system) throw new Error(`no environment ${environment}`);
  return system;
}

export interface Running extends LocalServer {
  /** What was printed, a line each, without the time. */
  readonly lines: readonly string[];
}

const running = new Set<LocalServer>();
afterAll(() => Promise.all([...running].map((server) => server.close())));

/** An environment on a free port, until the test file is done. */
export async function run(environment = 'dev', options: Partial<ServerOptions> = {}): Promise<Running> {
  const lines: string[] = [];
  const server = await serveLocally(systemNamed(environment), {
    environment,
    port: 0,
    timeFactor: 1,
    unsigned: false,
    log: (line) => lines.push(line),
    ...options,
  });
  running.add(server);
  return { ...server, lines };
}

/** An environment of a test's own. */
export async function runOf(environment: Environment): Promise<Running> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'local-'));
  try {
    const [input] = rehearsalInputs(synthesizeAll(folder, [environment]), folder);
    if (!input) throw new Error(`${environment.name} has no stacks`);
    systems.set(input.environment, systemOf(input.stacks, input.wanted));
    return await run(input.environment);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Waits until something is so; how long that may take the test's own limit says. */
export async function until<T>(ask: () => T | Promise<T>, isSo: (found: T) => boolean = Boolean): Promise<T> {
  for (;;) {
    const found = await ask();
    if (isSo(found)) return found;
    await sleep(10);
  }
}

/** What a script sees of the subscribers. */
export interface SubscriberView extends SubscriberState {
  readonly messages: readonly { readonly messageId: string; readonly content: string }[];
}

export async function subscribersAt(url: string): Promise<readonly SubscriberView[]> {
  const response = await fetch(`${url}/_subscriber/messages`);
  return (await response.json()) as readonly SubscriberView[];
}
