import {
  DeleteObjectCommand,
  GetObjectCommand,
  type _Object as ListedObject,
  ListObjectsV2Command,
} from '@aws-sdk/client-s3';
import type { Aws } from '../aws/aws';
import { deletingAction } from './permissions';
import type { Archive } from './targets';

/** An object that the archive function wrote. */
export interface StoredMessage {
  readonly key: string;
  readonly versionId: string | undefined;
  readonly body: Buffer;
}

/** Pages of 1,000 objects that are looked through for one whose name is not known. */
const mostPages = 20;

/**
 * The objects of a bucket whose names begin so. Asking for one that is not there yet is no error then, which it is for
 * whoever may get objects and may not list them.
 * @returns nothing when the bucket does not exist; `complete` tells whether these are all
 */
export const listed = (aws: Aws, { bucket, bucketArn }: Archive, prefix: string) =>
  aws.ask({ action: 's3:ListBucket', resource: bucketArn }, async () => {
    const objects: ListedObject[] = [];
    let token: string | undefined;
    for (let page = 0; page < mostPages; page++) {
      const answer = await aws.clients.s3.send(
        new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken: token }),
      );
      objects.push(...(answer.Contents ?? []));
      token = answer.NextContinuationToken;
      if (token === undefined) break;
    }
    return { objects, complete: token === undefined };
  });

/** @returns nothing when there is no such object */
export const got = (aws: Aws, archive: Archive, key: string): Promise<StoredMessage | undefined> =>
  aws.ask({ action: 's3:GetObject', resource: `${archive.bucketArn}/${key}` }, async () => {
    const answer = await aws.clients.s3.send(new GetObjectCommand({ Bucket: archive.bucket, Key: key }));
    const body = Buffer.from((await answer.Body?.transformToByteArray()) ?? []);
    return { key, versionId: answer.VersionId, body };
  });

/** Deletes just what was read: in a bucket with versions that version, and what it hid is seen again. */
export async function deleted(aws: Aws, archive: Archive, { key, versionId }: StoredMessage): Promise<void> {
  const version = versionId === undefined || versionId === 'null' ? undefined : versionId;
  await aws.ask(
    { action: deletingAction(version !== undefined), resource: `${archive.bucketArn}/${key}` },
    () =>
      aws.clients.s3.send(
        new DeleteObjectCommand({ Bucket: archive.bucket, Key: key, ...(version && { VersionId: version }) }),
      ),
  );
}
