import { bucketArn } from '../arn';
import type { Placement } from '../placement';
import type { DeploymentGrants } from './deployment-action';

/** Buckets and what they are set to, never what is in them. @param names a pattern of the names */
export function bucketGrants(at: Placement, names: string): DeploymentGrants {
  const resources = [bucketArn(at, names)];
  return {
    read: [
      {
        sid: 'ReadWhatTheBucketsAreSetTo',
        actions: [
          's3:GetAccelerateConfiguration',
          's3:GetBucketAcl',
          's3:GetBucketCORS',
          's3:GetBucketLogging',
          's3:GetBucketObjectLockConfiguration',
          's3:GetBucketPolicy',
          's3:GetBucketPublicAccessBlock',
          's3:GetBucketRequestPayment',
          's3:GetBucketTagging',
          's3:GetBucketVersioning',
          's3:GetBucketWebsite',
          's3:GetEncryptionConfiguration',
          's3:GetLifecycleConfiguration',
          's3:GetReplicationConfiguration',
          // What HeadBucket asks for.
          's3:ListBucket',
        ],
        resources,
      },
    ],
    write: [
      {
        sid: 'MakeChangeAndDeleteTheBuckets',
        actions: [
          's3:CreateBucket',
          's3:DeleteBucket',
          's3:DeleteBucketPolicy',
          's3:PutBucketPolicy',
          's3:PutBucketPublicAccessBlock',
          's3:PutBucketTagging',
          's3:PutBucketVersioning',
        ],
        resources,
      },
    ],
  };
}
