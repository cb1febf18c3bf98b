import type { Context, SQSBatchResponse } from 'aws-lambda';
import { processBatch } from '../shared/batch';
import { optionalVariable, requiredVariable } from '../shared/environment';
import { createLog } from '../shared/log';
import { archiving } from './archiving';
import { bucketNamed } from './bucket';
import { type QueueEvent, recordsOf } from './event';
import { checkedPrefix } from './object-key';

const bucket = bucketNamed(requiredVariable('BUCKET_NAME', 'the name of the bucket to write to'));
const naming = {
  keyPrefix: checkedPrefix(optionalVariable('KEY_PREFIX') ?? ''),
  messageKeyField: optionalVariable('MESSAGE_KEY_FIELD'),
};

/** Writes each message of a pipe, or of an SQS event source mapping, to S3 under its message key. */
export async function handler(event: QueueEvent, context: Context): Promise<SQSBatchResponse> {
  const log = createLog({ awsRequestId: context.awsRequestId });
  return processBatch(recordsOf(event), archiving(bucket, naming), context, log);
}
