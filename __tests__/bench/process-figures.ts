import { spawn } from 'node:child_process';
import fs from 'node:fs';

export interface ProcessFigures {
  readonly seconds: number;
  /** Largest single process of the command; NaN where the system does not tell. */
  readonly peakMegabytes: number;
}

export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs a command to its end; throws with what it printed where it fails. */
export async function measure({ file, args, cwd, env }: Command): Promise<ProcessFigures> {
  const start = performance.now();
  const child = spawn(file, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output += chunk;
  });
  let peak = Number.NaN;
  const watch = setInterval(() => {
    const now = peakOfTree(child.pid);
    if (!(peak >= now)) peak = now;
  }, 25);
  const status = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  clearInterval(watch);
  if (status !== 0) throw new Error(`${file} ${args.join(' ')} ended with ${status}:\n${output}`);
  return { seconds: (performance.now() - start) / 1000, peakMegabytes: peak };
}

/** The medians of `runs` runs each of two commands in turn, so that a machine's slow moments hit both. */
export async function compare(ours: Command, theirs: Command, runs: number) {
  const figures = { ours: [] as ProcessFigures[], theirs: [] as ProcessFigures[] };
  for (let run = 0; run < runs; run++) {
    figures.ours.push(await measure(ours));
    figures.theirs.push(await measure(theirs));
  }
  return { ours: medianFigures(figures.ours), theirs: medianFigures(figures.theirs) };
}

export const medianFigures = (figures: readonly ProcessFigures[]): ProcessFigures => ({
  seconds: median(figures.map(({ seconds }) => seconds)),
  peakMegabytes: median(figures.map(({ peakMegabytes }) => peakMegabytes)),
});

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Linux keeps the high-water mark of each process's memory, in kilobytes. */
function peakOfTree(pid: number | undefined): number {
  if (pid === undefined) return Number.NaN;
  try {
    const own = /VmHWM:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'));
    const children = fs
      .readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
      .trim()
      .split(' ')
      .filter(Boolean);
    return Math.max(
      own ? Number(own[1]) / 1024 : 0,
      ...children.map((child) => peakOfTree(Number(child)) || 0),
    );
  } catch {
    return Number.NaN;
  }
}
