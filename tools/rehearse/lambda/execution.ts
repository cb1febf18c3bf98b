import type { InvocationResult } from './invocation';

/** What came of an invocation that was begun. */
export type Execution = Exclude<InvocationResult, { readonly kind: 'throttled' }>;

/** Of a response, in bytes. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const largestResponse = 6_291_556;

/** What a function returns, over the wire and back. */
export function returned(result: unknown): Execution {
  let json: string;
  try {
    json = JSON.stringify(result) ?? 'null';
  } catch {
    return { kind: 'failed', errorType: 'Error', errorMessage: 'Unable to stringify response body' };
  }
  if (Buffer.byteLength(json) > largestResponse) {
    return {
      kind: 'failed',
      errorType: 'Function.ResponseSizeTooLarge',
      errorMessage: `Response payload size exceeded maximum allowed payload size (${largestResponse} bytes).`,
    };
  }
  return { kind: 'returned', payload: JSON.parse(json) };
}

/** Only the first call counts. */
export function once<Args extends unknown[]>(action: (...args: Args) => void): (...args: Args) => void {
  let called = false;
  return (...args) => {
    if (called) return;
    called = true;
    action(...args);
  };
}
