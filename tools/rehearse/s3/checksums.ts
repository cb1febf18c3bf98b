import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { NotSimulated } from '../../not-simulated';

const prefix = 'x-amz-checksum-';

const computations: Readonly<Record<string, (body: Buffer) => string>> = {
  crc32: (body) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(crc32(body));
    return bytes.toString('base64');
  },
  sha1: (body) => createHash('sha1').update(body).digest('base64'),
  sha256: (body) => createHash('sha256').update(body).digest('base64'),
};

/**
 * The checksum that came with a body and is not the body's.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html
 *
 * @param headers trailers included, by lower-case name
 * @returns its algorithm; undefined when all is well
 * @throws NotSimulated for other algorithms than CRC32, SHA-1 and SHA-256
 */
export function wrongChecksum(headers: ReadonlyMap<string, string>, body: Buffer): string | undefined {
  for (const [name, expected] of headers) {
    if (!name.startsWith(prefix)) continue;
    const algorithm = name.slice(prefix.length);
    const compute = computations[algorithm];
    if (!compute) throw new NotSimulated('S3', `the checksum ${name}`);
    if (compute(body) !== expected) return algorithm.toUpperCase();
  }
  const contentMd5 = headers.get('content-md5');
  const isWrong = contentMd5 !== undefined && createHash('md5').update(body).digest('base64') !== contentMd5;
  return isWrong ? 'Content-MD5' : undefined;
}
