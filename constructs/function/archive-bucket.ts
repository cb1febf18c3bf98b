import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block';
import { S3BucketVersioningA } from '@cdktf/provider-aws/lib/s3-bucket-versioning';
import { Construct } from 'constructs';
import { bucketArn, bucketObjectsArn } from '../iam/arn';
import { placementOf } from '../iam/placement';
import { PolicyDocument } from '../iam/policy-document';
import type { ServiceRole } from '../iam/service-role';
import { anyone } from '../iam/statement';

/**
 * Where messages are kept: private, encrypted by S3, versioned, so that a message written twice under one key
 * overwrites nothing.
 */
export class ArchiveBucket extends Construct {
  readonly name: string;
  readonly arn: string;
  readonly #objectsArn: string;

  /** @param name full name; S3 allows 63 characters and knows it in the whole world only once. */
  constructor(scope: Construct, id: string, name: string) {
    super(scope, id);
    const at = placementOf(this);
    this.name = name;
    this.arn = bucketArn(at, name);
    this.#objectsArn = bucketObjectsArn(at, name);
    const bucket = new S3Bucket(this, 'Resource', { bucket: name });
    new S3BucketVersioningA(this, 'versioning', {
      bucket: bucket.id,
      versioningConfiguration: { status: 'Enabled' },
    });
    const block = new S3BucketPublicAccessBlock(this, 'public-access', {
      bucket: bucket.id,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    const policy = new PolicyDocument(this, 'policy-document').add({
      sid: 'NobodyWithoutTls',
      effect: 'Deny',
      actions: ['s3:*'],
      resources: [this.arn, this.#objectsArn],
      principals: [anyone],
      conditions: [{ test: 'Bool', variable: 'aws:SecureTransport', values: ['false'] }],
    });
    // S3 answers one of two changes to a bucket's access at the same time with a conflict.
    new S3BucketPolicy(this, 'policy', { bucket: bucket.id, policy: policy.json, dependsOn: [block] });
  }

  grantPut(role: ServiceRole): void {
    role.grant({ sid: 'WriteToTheArchive', actions: ['s3:PutObject'], resources: [this.#objectsArn] });
  }
}
