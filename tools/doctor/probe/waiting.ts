import { setTimeout as sleep } from 'node:timers/promises';

/** Time as the probe has it, in milliseconds. */
export interface Waiting {
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

export const realTime: Waiting = { now: () => Date.now(), sleep: (milliseconds) => sleep(milliseconds) };

/** How long the probe waits for what, in milliseconds. */
export interface Limits {
  /** The answer to a callback; API Gateway's own limit is 29 s. */
  readonly answer: number;
  /** A message that a pipe takes to its subscriber, or that is to be received. */
  readonly arrival: number;
  /**
   * Until SQS's counts are to be trusted: they follow within a minute.
   * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html
   */
  readonly counts: number;
  /** The reply to a WebSocket message; its connection too. */
  readonly reply: number;
}

export const defaultLimits: Limits = {
  answer: 35_000,
  arrival: 120_000,
  counts: 60_000,
  reply: 60_000,
};

const firstWait = 500;
const longestWait = 5_000;

/** Looks again and again, each time later, until there is something or the time is over. */
export async function poll<T>(
  { now, sleep }: Waiting,
  limit: number,
  look: (elapsed: number) => Promise<T | undefined>,
  waiting: (seconds: number) => void,
): Promise<T | undefined> {
  const from = now();
  for (let wait = firstWait; ; wait = Math.min(wait * 1.5, longestWait)) {
    const found = await look(now() - from);
    const left = limit - (now() - from);
    if (found !== undefined || left <= 0) return found;
    waiting(Math.round((now() - from) / 1000));
    await sleep(Math.min(wait, left));
  }
}
