/** What came back for a request; or, without a status, why nothing did. */
export type Answer =
  | { readonly status: number; readonly body: string }
  | { readonly code: string; readonly message: string };

export interface Request {
  readonly method: string;
  readonly url: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** Sends a request as its sender would. @param timeout in milliseconds */
export async function post({ method, url, headers, body }: Request, timeout: number): Promise<Answer> {
  try {
    const response = await fetch(url, {
      method,
      headers: Object.fromEntries(headers),
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeout),
    });
    return { status: response.status, body: await response.text() };
  } catch (error) {
    return failureOf(error as Error);
  }
}

/** Node keeps what went wrong in the cause, and of several addresses in the cause's errors. */
function failureOf(error: Error): Answer {
  if (error.name === 'TimeoutError') return { code: 'ETIMEDOUT', message: error.message };
  const cause = (error.cause ?? error) as Error & { readonly code?: string };
  return { code: cause.code ?? cause.name, message: cause.message || error.message };
}
