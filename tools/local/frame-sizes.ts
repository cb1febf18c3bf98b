/** Of a frame's payload, in bytes. https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html */
export const largestFrame = 32 * 1024;

/**
 * Follows the frames of a client through the bytes of its connection: nothing else says how a message was cut into
 * frames. https://www.rfc-editor.org/rfc/rfc6455#section-5.2
 */
export class FrameSizes {
  /** Of a header that has not come as a whole. */
  #header = Buffer.alloc(0);
  /** Bytes of a payload that are still to come. */
  #left = 0;

  /** @returns the payload sizes of the frames that begin in these bytes */
  sizes(bytes: Buffer): readonly number[] {
    const found: number[] = [];
    for (let rest = bytes; rest.length > 0; ) {
      const skipped = Math.min(this.#left, rest.length);
      this.#left -= skipped;
      rest = rest.subarray(skipped);
      if (rest.length === 0) break;
      const before = this.#header.length;
      // Two bytes, eight of a length, four of a mask.
      const header = Buffer.concat([this.#header, rest.subarray(0, 14)]);
      const frame = frameOf(header);
      if (!frame) {
        this.#header = header;
        break;
      }
      this.#header = Buffer.alloc(0);
      this.#left = frame.payload;
      found.push(frame.payload);
      rest = rest.subarray(frame.header - before);
    }
    return found;
  }
}

/** The sizes of a frame's header and payload, once the header is there. */
function frameOf(bytes: Buffer): { readonly header: number; readonly payload: number } | undefined {
  if (bytes.length < 2) return undefined;
  const second = bytes.readUInt8(1);
  const mask = second & 0x80 ? 4 : 0;
  const length = second & 0x7f;
  const extended = length === 126 ? 2 : length === 127 ? 8 : 0;
  const header = 2 + extended + mask;
  if (bytes.length < header) return undefined;
  if (extended === 0) return { header, payload: length };
  return { header, payload: extended === 2 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2)) };
}
