import type { Context, SQSBatchResponse } from 'aws-lambda';
import { PARALLEL_GROUPS } from './aws-client';
import { optionalCount } from './environment';
import { type Failure, failureOf } from './failure';
import { type GroupedRecord, processGroups } from './groups';
import type { Log, LogFields } from './log';
import { withRetries } from './retry';

const RETRY_LIMITS = { attempts: 4, firstWait: 200, attemptTime: 3_000, totalTime: 5_000 };

/** Deliveries after which the queue gives a record up; without it nothing goes on behind a failure. */
const MAX_RECEIVE_COUNT = optionalCount('MAX_RECEIVE_COUNT');

/** Kept free at the end of an invocation: whoever answers late has its whole batch delivered again. */
const RESERVED_MILLIS = 1_000;

export interface BatchWork<R, O extends string> {
  /** Every way in which a record can end well; the summary counts each under its name. */
  readonly outcomes: readonly O[];
  /** Does a record's work once and throws when it failed; called again after a transient failure. */
  readonly attempt: (record: R, signal: AbortSignal) => Promise<O>;
  /** Ids for the log lines about a record; never its body. */
  readonly ids: (record: R) => LogFields;
  /** Where to look first after this failure. */
  readonly likelyCause: (failure: Failure) => string | undefined;
}

/**
 * Works through a batch of SQS records and names those to deliver again, or to the dead-letter queue: in each
 * group the first that failed and all behind it, unless the queue is about to give it up. Logs each failure and retry, and one summary with the counts.
 */
export async function processBatch<R extends GroupedRecord, O extends string>(
  records: readonly R[],
  { outcomes, attempt, ids, likelyCause }: BatchWork<R, O>,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
  log: Log,
): Promise<SQSBatchResponse> {
  const deadline = performance.now() + context.getRemainingTimeInMillis() - RESERVED_MILLIS;
  const counts = Object.fromEntries(outcomes.map((outcome) => [outcome, 0])) as Record<O, number>;
  let retried = 0;

  const groups = { parallel: PARALLEL_GROUPS, maxReceiveCount: MAX_RECEIVE_COUNT };
  const { failed, skipped } = await processGroups(records, groups, async (record) => {
    const outcome = await withRetries((signal) => attempt(record, signal), {
      limits: RETRY_LIMITS,
      deadline,
      onRetry: (failure, tries) => {
        retried++;
        log('warn', 'will try again', { ...ids(record), ...described(failure), tries });
      },
    });
    counts[outcome]++;
  });

  for (const { record, error } of failed) {
    const failure = failureOf(error);
    log('error', 'record failed', {
      ...ids(record),
      ...described(failure),
      likelyCause: likelyCause(failure),
    });
  }
  log(failed.length > 0 ? 'error' : 'info', 'batch finished', {
    records: records.length,
    ...counts,
    failed: failed.length,
    retried,
    skipped: skipped.length,
  });

  const undone = new Set([...failed.map(({ record }) => record), ...skipped]);
  return {
    batchItemFailures: records
      .filter((record) => undone.has(record))
      .map(({ messageId }) => ({ itemIdentifier: messageId })),
  };
}

function described({ name, status, reason }: Failure): LogFields {
  return { error: name, status, reason };
}
