import type { SQSRecord } from 'aws-lambda';
import type { BatchWork } from '../shared/batch';
import type { Failure } from '../shared/failure';
import type { Bucket } from './bucket';
import { messageKeyOf, parsedJson } from './message-key';
import { objectKeyFor } from './object-key';

export interface Naming {
  readonly keyPrefix: string;
  /** Field of the JSON body that holds the message key; SQS's message id without it. */
  readonly messageKeyField: string | undefined;
}

/** The archive function's work on a batch. Done twice it leaves the same object with the same bytes. */
export function archiving(bucket: Bucket, naming: Naming): BatchWork<SQSRecord, 'stored'> {
  return {
    outcomes: ['stored'],
    ids: ({ messageId }) => ({ messageId }),
    likelyCause,
    async attempt(record, signal) {
      const { body, messageId } = record;
      const key = objectKeyFor(messageKeyOf(record, naming.messageKeyField), naming.keyPrefix);
      const contentType = parsedJson(body) ? 'application/json' : 'text/plain; charset=utf-8';
      await bucket.put({ key, body, contentType, messageId }, signal);
      return 'stored';
    },
  };
}

function likelyCause({ status }: Failure): string | undefined {
  switch (status) {
    case 301:
      return 'the bucket is in another region than the function';
    case 403:
      return "the role lacks s3:PutObject on this prefix of the bucket, or kms:GenerateDataKey on the bucket's key";
    case 404:
      return 'BUCKET_NAME names a bucket that does not exist';
    default:
      return undefined;
  }
}
