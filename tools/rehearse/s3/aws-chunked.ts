/** A body as it was before SDKs cut it into chunks, and the headers behind it, by lower-case name. */
export interface Unchunked {
  readonly body: Buffer;
  readonly trailers: ReadonlyMap<string, string>;
}

const lineEnd = '\r\n';

/**
 * Puts together a body of `Content-Encoding: aws-chunked`.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 *
 * @returns nothing for what is not of this form
 */
export function unchunked(chunked: Buffer): Unchunked | undefined {
  const pieces: Buffer[] = [];
  for (let at = 0; ; ) {
    const headerEnd = chunked.indexOf(lineEnd, at);
    // A chunk may carry its signature behind a semicolon.
    const [, hex] =
      /^([0-9a-f]+)(?:;.*)?$/i.exec(chunked.subarray(at, Math.max(at, headerEnd)).toString()) ?? [];
    if (headerEnd < 0 || hex === undefined) return undefined;
    const start = headerEnd + lineEnd.length;
    const size = Number.parseInt(hex, 16);
    if (size === 0) return { body: Buffer.concat(pieces), trailers: trailersIn(chunked.subarray(start)) };
    const end = start + size;
    if (chunked.subarray(end, end + lineEnd.length).toString() !== lineEnd) return undefined;
    pieces.push(chunked.subarray(start, end));
    at = end + lineEnd.length;
  }
}

function trailersIn(rest: Buffer): ReadonlyMap<string, string> {
  const lines = rest.toString().split(lineEnd);
  return new Map(
    lines.flatMap((line): (readonly [string, string])[] => {
      const colon = line.indexOf(':');
      return colon > 0 ? [[line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]] : [];
    }),
  );
}
