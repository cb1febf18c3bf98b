import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { CannotReview } from '../cannot-review';

export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const running = new Set<ChildProcess>();

/** Runs a command to its end, whatever its exit code. @throws CannotReview where there is no such command */
export function run(
  command: string,
  args: readonly string[],
  { cwd, env = process.env, shell = false }: { cwd: string; env?: NodeJS.ProcessEnv; shell?: boolean },
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, shell, stdio: ['ignore', 'pipe', 'pipe'] });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    running.add(child);
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.on('error', ({ message }) => reject(new CannotReview(`${command} could not be run: ${message}`)));
    child.on('close', (code) => {
      running.delete(child);
      resolve({
        code: code ?? 1,
        stdout: Buffer.concat(out).toString('utf8'),
        stderr: Buffer.concat(err).toString('utf8'),
      });
    });
  });
}

/** Ends the commands that still run, and waits until they have. */
export async function endRunning(): Promise<void> {
  const closed = [...running].map((child) => once(child, 'close'));
  for (const child of running) child.kill();
  await Promise.all(closed);
}
