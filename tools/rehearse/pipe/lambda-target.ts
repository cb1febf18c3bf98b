import { NotSimulated } from '../../not-simulated';
import { batchResponse } from '../lambda/batch-response';
import type { InvocationResult, Invoke } from '../lambda/invocation';
import type { Deliver, Delivery } from './deliver';
import type { WorkClock } from './exchange';
import { inputTemplate } from './input-template';
import type { Pipe } from './pipes';

/**
 * In milliseconds.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-batching-concurrency.html#pipes-concurrency
 */
const longestExecution = 5 * 60_000;

/** In bytes. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const largestPayload = 6 * 1024 * 1024;

/**
 * Delivers to a function: an array of records, of one too, each through the input template where there is
 * one. What the function throws fails the whole batch; it may also name the messages that failed.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-batching-concurrency.html
 */
export function lambdaTarget(
  pipe: Pipe,
  { invoke, clock }: { readonly invoke: Invoke; readonly clock: WorkClock },
): Deliver {
  const template =
    pipe.inputTemplate === undefined
      ? undefined
      : inputTemplate(pipe.inputTemplate, pipe, `${pipe.address}.input_template`);
  return async (records) => {
    const items = records.map(
      (record) => template?.(record, clock.now()) ?? { text: JSON.stringify(record), isJson: true },
    );
    if (items.some(({ isJson }) => !isJson)) {
      return failed('the input template makes no JSON of the message, and a function takes nothing else');
    }
    const payload = `[${items.map(({ text }) => text).join(',')}]`;
    if (Buffer.byteLength(payload) > largestPayload) {
      throw new NotSimulated(pipe.address, 'a batch of more than 6 MB');
    }
    const result = await withinLimit(invoke(JSON.parse(payload)), clock);
    if (result.kind !== 'returned') return failed(reasonOf(result));
    const messageIds = new Set(records.map(({ messageId }) => messageId));
    const response = batchResponse(result.payload, messageIds, pipe.address);
    return 'malformed' in response
      ? failed(response.malformed)
      : { kind: 'delivered', failed: response.failed };
  };
}

const failed = (reason: string): Delivery => ({ kind: 'failed', reason, persistent: false });

type Result = InvocationResult | { readonly kind: 'too long' };

/** The function goes on, and nobody waits for it any more. */
function withinLimit(invocation: Promise<InvocationResult>, clock: WorkClock): Promise<Result> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(longestExecution, () => resolve({ kind: 'too long' }));
    invocation.then(resolve, reject).finally(cancel);
  });
}

function reasonOf(result: Exclude<Result, { kind: 'returned' }>): string {
  switch (result.kind) {
    case 'failed':
      return `the function failed with ${result.errorType}: ${result.errorMessage}`;
    case 'timed-out':
      return 'the function timed out';
    case 'throttled':
      return 'the function was throttled';
    case 'too long':
      return 'the execution of the pipe took more than 5 minutes';
  }
}
