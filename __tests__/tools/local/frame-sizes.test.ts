import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FrameSizes } from '../../../tools/local/frame-sizes';

/** A frame as a client or a server writes it. */
function frame(size: number, { masked = true } = {}): Buffer {
  const bit = masked ? 0x80 : 0;
  const mask = Buffer.from(masked ? [1, 2, 3, 4] : []);
  const head =
    size < 126
      ? Buffer.from([0x81, bit | size])
      : size < 65_536
        ? Buffer.from([0x81, bit | 126, size >> 8, size & 0xff])
        : Buffer.concat([Buffer.from([0x81, bit | 127]), bigEndian(size)]);
  // Bytes that would be a header of a large frame.
  return Buffer.concat([head, mask, Buffer.alloc(size, 0xff)]);
}

function bigEndian(size: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(size));
  return bytes;
}

function sizesOf(bytes: Buffer, cuts: readonly number[]): readonly number[] {
  const ends = [...new Set([...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length])].sort(
    (a, b) => a - b,
  );
  const sizes = new FrameSizes();
  return ends.flatMap((end, index) => sizes.sizes(bytes.subarray(ends[index - 1] ?? 0, end)));
}

test('frames are found wherever the bytes of a connection are cut', () => {
  const size = fc.oneof(fc.nat(130), fc.constantFrom(0, 125, 126, 127, 32_768, 32_769, 65_535, 65_536));
  fc.assert(
    fc.property(
      fc.array(fc.tuple(size, fc.boolean()), { minLength: 1, maxLength: 6 }),
      fc.array(fc.nat(), { maxLength: 20 }),
      (frames, cuts) => {
        const bytes = Buffer.concat(frames.map(([length, masked]) => frame(length, { masked })));
        expect(sizesOf(bytes, cuts)).toEqual(frames.map(([length]) => length));
      },
    ),
  );
});

test('a byte at a time is enough', () => {
  const bytes = Buffer.concat([frame(200), frame(3), frame(70_000), frame(0)]);
  expect(sizesOf(bytes, Array.from(bytes.keys()))).toEqual([200, 3, 70_000, 0]);
});

test('a frame is known to be too large before its payload has come', () => {
  expect(new FrameSizes().sizes(frame(100_000).subarray(0, 14))).toEqual([100_000]);
});
