import { execFile } from 'node:child_process';
import path from 'node:path';

export interface Ended {
  readonly code: number;
  /** Standard output and standard error. */
  readonly said: string;
}

/** Runs a script of `.github/scripts/` as a workflow does, with no more of this process's environment than PATH. */
export function runScript(
  name: string,
  args: readonly string[],
  { environment = {}, cwd = process.cwd() }: ScriptOptions,
): Promise<Ended> {
  const script = path.resolve('.github/scripts', name);
  const command = name.endsWith('.sh') ? 'bash' : process.execPath;
  const env = { PATH: process.env.PATH, ...environment };
  return new Promise((resolve) => {
    execFile(command, [script, ...args], { cwd, env }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, said: stdout + stderr });
    });
  });
}

export interface ScriptOptions {
  readonly environment?: NodeJS.ProcessEnv;
  readonly cwd?: string;
}
