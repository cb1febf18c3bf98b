import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

/** Under the 5 s that an API destination waits, with time to answer. */
const longest = 3_500;

/**
 * Objects that are written once: who comes first stands.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 *
 * @param {string} bucket
 * @param {S3Client} [s3]
 */
export function archiveIn(bucket, s3 = new S3Client({ maxAttempts: 2 })) {
  return {
    /**
     * @param {string} key
     * @param {Uint8Array} body
     * @returns {Promise<'stored' | 'there already'>}
     * @throws when S3 has not said that it has the object, in time
     */
    async put(key, body) {
      const command = new PutObjectCommand({
        Bucket: bucket,
        Key: key,
        Body: body,
        ContentType: 'application/json',
        IfNoneMatch: '*',
      });
      try {
        await s3.send(command, { abortSignal: AbortSignal.timeout(longest) });
        return 'stored';
      } catch (error) {
        if (error.$metadata?.httpStatusCode === 412) return 'there already';
        throw error;
      }
    },
  };
}

/** Letters, digits, `-` and `_` as they are, and `!` with two hex digits for each other byte: no two keys share one. */
export const objectKeyOf = (messageKey) =>
  Array.from(Buffer.from(messageKey), (byte) => {
    const character = String.fromCharCode(byte);
    return /[A-Za-z0-9_-]/.test(character)
      ? character
      : `!${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');
