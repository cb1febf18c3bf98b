/** What is known about an error of an AWS call, or of ours. */
export interface Failure {
  /** The service's own word, as in `LimitExceededException`, or the system's, as in `ECONNRESET`. */
  readonly name: string;
  readonly reason: string;
  /** Absent when no answer came. */
  readonly status?: number;
  /** Whether the same request may well succeed in a moment: throttled, a fault of the service, or of the network. */
  readonly transient: boolean;
}

interface ErrorParts {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** Reads an error by its shape, as the SDK documents it; errors of Node's sockets bear a `code`. */
export function failureOf(error: unknown): Failure {
  const parts: ErrorParts = typeof error === 'object' && error !== null ? error : { message: String(error) };
  const status = parts.$metadata?.httpStatusCode;
  // The SDK gives every fault of a socket the name TimeoutError; its code says what it was.
  const name = (status === undefined && parts.code) || parts.name || 'Error';
  return {
    name,
    reason: parts.message || name,
    ...(status !== undefined && { status }),
    transient: isTransient(name, status, parts.code !== undefined),
  };
}

function isTransient(name: string, status: number | undefined, isSystemError: boolean): boolean {
  // S3 answers 400 RequestTimeout when a connection stalled while it was sending.
  if (name === 'TimeoutError' || name === 'RequestTimeout') return true;
  return status === undefined ? isSystemError : status === 429 || status >= 500;
}
