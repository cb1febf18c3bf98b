import type { IncomingMessage, ServerResponse } from 'node:http';

/** API Gateway's payload limit, and one byte by which a body is beyond it. */
const mostRead = 10 * 1024 * 1024 + 1;

/** The body of a request; of one beyond 10 MB its beginning, which is beyond 10 MB too. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Whoever still sends gets to read the answer; Node reads the rest once that is sent.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    const part = chunk.subarray(0, mostRead - size);
    chunks.push(part);
    size += part.length;
    if (size === mostRead) break;
  }
  return Buffer.concat(chunks);
}

/** Headers by their names as they were sent; of several the last. */
export const sentHeaders = ({ rawHeaders }: IncomingMessage): ReadonlyMap<string, string> =>
  new Map(
    rawHeaders.flatMap((name, index) =>
      index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? ''] as const] : [],
    ),
  );

export interface Answer {
  readonly status: number;
  readonly headers?: Iterable<readonly [string, string]>;
  readonly body: string | Buffer;
}

export function respond(response: ServerResponse, { status, headers = [], body }: Answer): void {
  response.statusCode = status;
  for (const [name, value] of headers) response.setHeader(name, value);
  response.end(body);
}

/** What this server says of itself, in the form of API Gateway's errors. */
export const says = (status: number, message: string): Answer => ({
  status,
  headers: [['Content-Type', 'application/json']],
  body: `${JSON.stringify({ message })}\n`,
});
