import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { clientSettings } from '../shared/aws-client';

export interface StoredMessage {
  readonly key: string;
  readonly body: string;
  readonly contentType: string;
  readonly messageId: string;
}

export interface Bucket {
  /** Writes one object, over what stood there before. @throws the SDK's error. */
  put(message: StoredMessage, signal: AbortSignal): Promise<void>;
}

/** A bucket, through one client whose sockets stay open. */
export function bucketNamed(name: string): Bucket {
  const client = new S3Client(clientSettings);
  return {
    async put({ key, body, contentType, messageId }, signal) {
      const command = new PutObjectCommand({
        Bucket: name,
        Key: key,
        Body: Buffer.from(body),
        ContentType: contentType,
        Metadata: { 'message-id': messageId },
      });
      await client.send(command, { abortSignal: signal });
    },
  };
}
