import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A local AWS endpoint that answers for one account. */
export interface Moto {
  readonly endpoint: string;
  stop(): void;
}

const isOnPath = () =>
  (process.env.PATH ?? '')
    .split(path.delimiter)
    .some((folder) => fs.existsSync(path.join(folder, 'moto_server')));

/** Why there is no local AWS endpoint here, if so. A run in CI wants one: there, its absence is an error. */
export function motoMissing(): string | undefined {
  if (isOnPath()) return undefined;
  const missing = 'moto_server is not on PATH';
  if (process.env.CI === 'true') throw new Error(`${missing}: with CI=true it is required`);
  return missing;
}

/** Starts `moto_server` on a free port of this machine and waits until it answers. */
export async function startMoto(accountId: string): Promise<Moto> {
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const server = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], {
    stdio: 'ignore',
    env: { ...process.env, MOTO_ACCOUNT_ID: accountId },
  });
  const stop = () => void server.kill();
  process.once('exit', stop);
  await answered(endpoint, server);
  return { endpoint, stop };
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('the system gave no port');
  return address.port;
}

async function answered(endpoint: string, server: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    if (server.exitCode !== null) throw new Error(`moto_server ended with ${server.exitCode}`);
    const ok = await fetch(endpoint).then(
      () => true,
      () => false,
    );
    if (ok) return;
    await sleep(100);
  }
  throw new Error('moto_server did not answer within 30 s');
}
