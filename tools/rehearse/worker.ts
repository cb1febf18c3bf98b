import { parentPort } from 'node:worker_threads';
import { type Rehearsal, type RehearsalInput, type RehearsalOptions, rehearse } from './rehearsal';

/** What a worker is asked to do, again and again. */
export interface Job {
  readonly input: RehearsalInput;
  readonly options: RehearsalOptions;
}

/** What it says. */
export type WorkerMessage =
  | { readonly kind: 'progress'; readonly doing: string; readonly done: number; readonly all: number }
  | { readonly kind: 'done'; readonly rehearsal: Rehearsal };

const say = (message: WorkerMessage) => parentPort?.postMessage(message);

parentPort?.on('message', async ({ input, options }: Job) => {
  const rehearsal = await rehearse(input, options, (doing, done, all) =>
    say({ kind: 'progress', doing, done, all }),
  );
  say({ kind: 'done', rehearsal });
});
