import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Stage } from '../../../tools/rehearse/scenarios/scenario';

/** What a load took. */
export interface LoadFigures {
  readonly wallMilliseconds: number;
  readonly virtualMilliseconds: number;
  /** Bytes in use with the load, beyond those before it; garbage is not counted. */
  readonly liveBytes: number;
}

/** Messages of a second of virtual time. */
export const perSecond = 200;

/** Messages ahead of the load: Node.js has compiled most of what is hot by then, and functions are loaded. */
export const warmUp = 2000;

/**
 * Sends a load evenly and waits until the queue is empty.
 * @param send sends a message, numbered from 0 on
 * @returns what it took, without the messages ahead of it, which are `sent` and delivered as well
 */
export async function measureLoad(
  { clock, flow, messages, pass, world }: Stage,
  send: (number: number) => void | Promise<void>,
): Promise<{ readonly figures: LoadFigures; readonly sent: number }> {
  let lastLeft = clock.now();
  world.queue(flow.queueArn).onDeleted(() => {
    lastLeft = clock.now();
  });
  const sendAll = async (from: number, to: number) => {
    for (let number = from; number < to; number++) {
      await send(number);
      if (number % perSecond === perSecond - 1) await pass(1000);
    }
  };
  await sendAll(0, warmUp);
  await pass();
  const sent = warmUp + messages;
  const begun = clock.now();
  const before = await bytesInUse();
  const sending = await wallMilliseconds(() => sendAll(warmUp, sent));
  const allSent = clock.now();
  const whenSent = await bytesInUse();
  const delivering = await wallMilliseconds(pass);
  return {
    sent,
    figures: {
      wallMilliseconds: sending + delivering,
      virtualMilliseconds: Math.max(allSent, lastLeft) - begun,
      liveBytes: Math.max(whenSent, await bytesInUse()) - before,
    },
  };
}

async function wallMilliseconds(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** @throws Error without `--expose-gc` */
async function bytesInUse(): Promise<number> {
  const { gc } = globalThis;
  if (!gc) throw new Error('node runs without --expose-gc: what is in use cannot be told from garbage');
  // What a weak reference was asked for outlives the turn of the event loop, and what is finalized one more.
  for (let time = 0; time < 3; time++) {
    await nextTurn();
    gc();
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
