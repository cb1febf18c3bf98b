import { expect, test } from 'vitest';
import { ArchiveBucket } from '../../../constructs/function/archive-bucket';
import { exampleStack, statements, synthesized } from '../../support/synthesized';
import { exampleFunction } from './example-function';

test('the bucket is private and versioned', () => {
  const stack = exampleStack();

  new ArchiveBucket(stack, 'archive', 'dev-archive-111122223333-ap-northeast-2');

  const bucket = '${aws_s3_bucket.archive.id}';
  expect(synthesized(stack).resource).toEqual({
    aws_s3_bucket: { archive: { bucket: 'dev-archive-111122223333-ap-northeast-2' } },
    aws_s3_bucket_versioning: {
      archive_versioning: { bucket, versioning_configuration: { status: 'Enabled' } },
    },
    aws_s3_bucket_public_access_block: {
      archive_public_access: {
        bucket,
        block_public_acls: true,
        block_public_policy: true,
        ignore_public_acls: true,
        restrict_public_buckets: true,
      },
    },
    aws_s3_bucket_policy: {
      archive_policy: {
        bucket,
        policy: '${data.aws_iam_policy_document.archive_policy_document.json}',
        depends_on: ['aws_s3_bucket_public_access_block.archive_public_access'],
      },
    },
  });
});

test('nobody is let in without TLS, to the bucket or its objects', () => {
  const stack = exampleStack('cn-north-1');

  new ArchiveBucket(stack, 'archive', 'dev-archive');

  expect(statements(synthesized(stack), 'archive_policy_document')).toEqual([
    {
      sid: 'NobodyWithoutTls',
      effect: 'Deny',
      principals: [{ type: '*', identifiers: ['*'] }],
      actions: ['s3:*'],
      resources: ['arn:aws-cn:s3:::dev-archive', 'arn:aws-cn:s3:::dev-archive/*'],
      condition: [{ test: 'Bool', variable: 'aws:SecureTransport', values: ['false'] }],
    },
  ]);
});

test('a writer may put objects and nothing else', () => {
  const { stack, reply } = exampleFunction();

  new ArchiveBucket(stack, 'archive', 'dev-archive').grantPut(reply.role);

  expect((statements(synthesized(stack), 'reply_role_grants_document') as unknown[]).slice(2)).toEqual([
    {
      sid: 'WriteToTheArchive',
      effect: 'Allow',
      actions: ['s3:PutObject'],
      resources: ['arn:aws:s3:::dev-archive/*'],
    },
  ]);
});
