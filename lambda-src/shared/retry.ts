import { setTimeout as sleep } from 'node:timers/promises';
import { type Failure, failureOf } from './failure';

/** Limits of the tries for one record; all times in milliseconds. */
export interface RetryLimits {
  /** Tries in all, the first included. */
  readonly attempts: number;
  /** Longest wait before the second try; each later wait is at most twice the one before. */
  readonly firstWait: number;
  /** One try is given up after this long. */
  readonly attemptTime: number;
  /** All tries and waits together. */
  readonly totalTime: number;
}

export interface RetryOptions {
  readonly limits: RetryLimits;
  /** No try lasts beyond this moment on `performance.now()`'s clock. */
  readonly deadline: number;
  readonly onRetry: (failure: Failure, attempt: number) => void;
}

/**
 * Tries until it succeeds, fails for good, or the limits are reached; then the last error is thrown. Waits are
 * random between half and all of their bound, so that throttled groups do not come back all at once.
 */
export async function withRetries<T>(
  attempt: (signal: AbortSignal) => Promise<T>,
  { limits, deadline, onRetry }: RetryOptions,
): Promise<T> {
  const end = Math.min(deadline, performance.now() + limits.totalTime);
  for (let tries = 1; ; tries++) {
    try {
      return await inTime(attempt, Math.min(limits.attemptTime, end - performance.now()));
    } catch (error) {
      const failure = failureOf(error);
      const wait = limits.firstWait * 2 ** (tries - 1) * (0.5 + Math.random() / 2);
      if (!failure.transient || tries >= limits.attempts || performance.now() + wait >= end) throw error;
      onRetry(failure, tries);
      await sleep(wait);
    }
  }
}

async function inTime<T>(attempt: (signal: AbortSignal) => Promise<T>, milliseconds: number): Promise<T> {
  if (milliseconds <= 0) throw new Error('not tried: the invocation has no time left');
  const signal = AbortSignal.timeout(Math.ceil(milliseconds));
  try {
    return await attempt(signal);
  } catch (error) {
    if (!signal.aborted || failureOf(error).status !== undefined) throw error;
    const timeout = new Error(`no answer within ${Math.ceil(milliseconds)} ms`, { cause: error });
    timeout.name = 'TimeoutError';
    throw timeout;
  }
}
