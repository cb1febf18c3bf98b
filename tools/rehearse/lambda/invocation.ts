/** What came of a synchronous invocation of a function. */
export type InvocationResult =
  | { readonly kind: 'returned'; readonly payload: unknown }
  /** It threw, could not be loaded, or its process ended. */
  | { readonly kind: 'failed'; readonly errorType: string; readonly errorMessage: string }
  | { readonly kind: 'timed-out' }
  /** No execution was free: its reserved concurrency is used up. */
  | { readonly kind: 'throttled' };

/** Invokes one function; the payload is JSON. */
export type Invoke = (payload: unknown) => Promise<InvocationResult>;
