import { expect, test } from 'vitest';
import { withRetries } from '../../../lambda-src/shared/retry';

const limits = { attempts: 4, firstWait: 2, attemptTime: 1_000, totalTime: 1_000 };
const noDeadline = () => performance.now() + 60_000;
const throttled = () => Object.assign(new Error('slow down'), { $metadata: { httpStatusCode: 429 } });
const refused = () => Object.assign(new Error('no'), { $metadata: { httpStatusCode: 403 } });

async function tried(
  errors: readonly Error[],
  options: Partial<typeof limits> = {},
  deadline = noDeadline(),
) {
  let tries = 0;
  const retries: number[] = [];
  const outcome = await withRetries(
    async () => {
      const error = errors[tries++];
      if (error) throw error;
      return 'done';
    },
    { limits: { ...limits, ...options }, deadline, onRetry: (_, attempt) => retries.push(attempt) },
  ).catch((error: Error) => error.message);
  return { outcome, tries, retries };
}

test('a transient failure is tried again until it succeeds', async () => {
  expect(await tried([throttled(), throttled()])).toEqual({ outcome: 'done', tries: 3, retries: [1, 2] });
});

test('after the last attempt the error stands', async () => {
  const errors = Array.from({ length: 9 }, throttled);

  expect(await tried(errors)).toEqual({ outcome: 'slow down', tries: 4, retries: [1, 2, 3] });
});

test('a refusal and an error of our own are final', async () => {
  expect(await tried([refused()])).toEqual({ outcome: 'no', tries: 1, retries: [] });
  expect(await tried([new Error('malformed')])).toEqual({ outcome: 'malformed', tries: 1, retries: [] });
});

test('no wait is begun that would end after the total time or the deadline', async () => {
  expect(await tried([throttled()], { firstWait: 5_000 })).toMatchObject({ outcome: 'slow down', tries: 1 });
  expect(await tried([throttled()], { firstWait: 500 }, performance.now() + 200)).toMatchObject({ tries: 1 });
});

test('after the deadline nothing is tried', async () => {
  expect(await tried([], {}, performance.now() - 1)).toEqual({
    outcome: 'not tried: the invocation has no time left',
    tries: 0,
    retries: [],
  });
});

test('an attempt that hangs is aborted, and counts as transient', async () => {
  let tries = 0;
  const outcome = await withRetries(
    (signal) =>
      new Promise((resolve, reject) => {
        if (++tries === 2) resolve('done');
        else signal.addEventListener('abort', () => reject(new Error('aborted')));
      }),
    { limits: { ...limits, attemptTime: 20 }, deadline: noDeadline(), onRetry: () => {} },
  );

  expect({ outcome, tries }).toEqual({ outcome: 'done', tries: 2 });
});
