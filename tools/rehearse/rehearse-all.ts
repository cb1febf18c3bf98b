import os from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { projectRoot } from '../../synthesis/project-root';
import type { Progress } from '../progress-line';
import type { SynthesizedStack } from '../synth/synthesize';
import type { Rehearsal, RehearsalInput, RehearsalOptions } from './rehearsal';
import type { Job, WorkerMessage } from './worker';
import { wantedOf } from './world/wanted';

/** @param outdir where the stacks were synthesized to */
export function rehearsalInputs(
  stacks: readonly SynthesizedStack[],
  outdir: string,
): readonly RehearsalInput[] {
  const environments = [...new Set(stacks.map(({ environment }) => environment))];
  return environments.map((environment) => ({
    environment: environment.name,
    stacks: stacks
      .filter((stack) => stack.environment === environment)
      .map(({ id, configuration }) => ({ id, configuration, folder: path.join(outdir, 'stacks', id) })),
    wanted: wantedOf(environment),
  }));
}

/** Messages of a load where nothing else is asked for, over all environments. */
const defaultMessages = 10_000;

/** Rehearses environments, in parts that go side by side on all processors. @returns one result an environment */
export async function rehearseAll(
  inputs: readonly RehearsalInput[],
  options: Omit<RehearsalOptions, 'part'>,
  progress: Progress = () => {},
): Promise<readonly Rehearsal[]> {
  const messages = Math.ceil((options.messages ?? defaultMessages) / inputs.length);
  const from = performance.now();
  const jobs = inputs.flatMap((input) => jobsOf(input, { ...options, messages }));
  const parts = await inWorkers(jobs, progress);
  const wallMilliseconds = performance.now() - from;
  return inputs.map(({ environment }) =>
    merged(
      parts.filter((part) => part.environment === environment),
      wallMilliseconds,
    ),
  );
}

/** A part a stack, and one for the proofs. */
function jobsOf(input: RehearsalInput, options: RehearsalOptions): readonly Job[] {
  const stacks = input.stacks.filter(({ id }) => options.stack === undefined || id === options.stack);
  return [
    ...stacks.map(({ id }): Job => ({ input, options: { ...options, stack: id, part: 'scenarios' } })),
    ...(options.scenario === undefined
      ? [{ input, options: { ...options, part: 'proofs' } } satisfies Job]
      : []),
  ];
}

const merged = (parts: readonly Rehearsal[], wallMilliseconds: number): Rehearsal => ({
  ...(parts[0] as Rehearsal),
  problems: [...new Set(parts.flatMap(({ problems }) => problems))],
  scenarios: parts.flatMap(({ scenarios }) => scenarios),
  notPlayed: parts.flatMap(({ notPlayed }) => notPlayed),
  grants: parts.flatMap(({ grants }) => grants),
  mistakes: parts.flatMap(({ mistakes }) => mistakes),
  wallMilliseconds,
});

/** @returns in the order of the jobs */
async function inWorkers(jobs: readonly Job[], progress: Progress): Promise<readonly Rehearsal[]> {
  const results: Rehearsal[] = [];
  const waiting = [...jobs.entries()];
  const count = Math.min(os.availableParallelism(), jobs.length);
  await Promise.all(
    Array.from({ length: count }, async () => {
      const worker = newWorker();
      try {
        for (let next = waiting.shift(); next; next = waiting.shift()) {
          const [index, job] = next;
          results[index] = await done(worker, job, (doing, part) =>
            progress(doing, results.filter(Boolean).length + part, jobs.length),
          );
        }
      } finally {
        await worker.terminate();
      }
    }),
  );
  return results;
}

const newWorker = () =>
  new Worker(path.join(projectRoot(), 'synthesis', 'run.mjs'), {
    argv: ['tools/rehearse/worker.ts'],
    // Tens of thousands of short-lived messages: with V8's default a tenth of the time goes to collecting them.
    resourceLimits: { maxYoungGenerationSizeMb: 128 },
  });

const done = (worker: Worker, job: Job, progress: (doing: string, part: number) => void) =>
  new Promise<Rehearsal>((resolve, reject) => {
    const ended = (code: number) =>
      reject(new Error(`a worker of ${job.input.environment} ended with code ${code} before it was done`));
    const heard = (message: WorkerMessage) => {
      if (message.kind === 'progress') return progress(message.doing, message.done / message.all);
      worker.off('message', heard).off('error', reject).off('exit', ended);
      resolve(message.rehearsal);
    };
    worker.on('message', heard).on('error', reject).on('exit', ended);
    worker.postMessage(job);
  });
