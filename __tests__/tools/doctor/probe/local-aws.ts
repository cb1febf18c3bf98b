import {
  CreateBucketCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import { MissingPermission } from '../../../../tools/doctor/aws/answer-of';
import type { Aws } from '../../../../tools/doctor/aws/aws';
import type { Permission } from '../../../../tools/doctor/check';
import { bucketsOf } from '../../../../tools/rehearse/s3/buckets';
import { queuesOf } from '../../../../tools/rehearse/sqs/queue';
import type { SynthesizedEnvironment } from './synthesized-environment';

/** Makes the queues and buckets of an environment's plans. */
export async function deploy(
  { plans }: SynthesizedEnvironment,
  { sqs, s3 }: { sqs: SQSClient; s3: S3Client },
) {
  for (const { name, fifo } of plans.flatMap(queuesOf)) {
    await sqs.send(
      new CreateQueueCommand({ QueueName: name, ...(fifo && { Attributes: { FifoQueue: 'true' } }) }),
    );
  }
  for (const { name, region } of plans.flatMap(bucketsOf)) {
    await s3.send(
      new CreateBucketCommand({
        Bucket: name,
        CreateBucketConfiguration: { LocationConstraint: region as 'ap-northeast-2' },
      }),
    );
    await s3.send(
      new PutBucketVersioningCommand({ Bucket: name, VersioningConfiguration: { Status: 'Enabled' } }),
    );
  }
}

export const queueUrl = (name: string, accountId: string) =>
  `https://sqs.ap-northeast-2.amazonaws.com/${accountId}/${name}`;

/** Every version in a bucket, and every delete marker. */
export async function versionsIn(s3: S3Client, bucket: string) {
  const { Versions = [], DeleteMarkers = [] } = await s3.send(
    new ListObjectVersionsCommand({ Bucket: bucket }),
  );
  return [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
}

type Handler = ReturnType<SynthesizedEnvironment['archiveFunction']>;

/** A pipe: takes messages and hands them to a function until it is ended. */
export function consume(
  sqs: SQSClient,
  url: string,
  handler: Handler,
): { readonly end: () => Promise<void> } {
  let running = true;
  const loop = async () => {
    while (running) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: url,
          MaxNumberOfMessages: 10,
          MessageAttributeNames: ['All'],
          MessageSystemAttributeNames: ['All'],
          WaitTimeSeconds: 0,
        }),
      );
      if (Messages.length === 0) await new Promise((resolve) => setTimeout(resolve, 50));
      const records = Messages.map((message) => ({
        messageId: message.MessageId,
        receiptHandle: message.ReceiptHandle,
        body: message.Body,
        attributes: message.Attributes ?? {},
        messageAttributes: {},
        eventSourceARN: 'arn:aws:sqs:ap-northeast-2:111122223333:any',
      })) as unknown as readonly SQSRecord[];
      if (records.length === 0) continue;
      const context = { awsRequestId: 'one', getRemainingTimeInMillis: () => 30_000 } as never;
      const { batchItemFailures } = await handler(records, context);
      const failed = batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
      for (const { messageId, receiptHandle } of records) {
        if (failed.includes(messageId)) continue;
        await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: receiptHandle }));
      }
    }
  };
  const done = loop();
  return {
    end: async () => {
      running = false;
      await done;
    },
  };
}

/** AWS as someone finds it who lacks one action; what was asked is noted. */
export function asking(aws: Aws, lacking?: string): { readonly aws: Aws; readonly asked: Permission[] } {
  const asked: Permission[] = [];
  return {
    asked,
    aws: {
      clients: aws.clients,
      ask: async (permission, send) => {
        asked.push(permission);
        if (permission.action === lacking) throw new MissingPermission(permission, 'not in this test');
        return aws.ask(permission, send);
      },
    },
  };
}
