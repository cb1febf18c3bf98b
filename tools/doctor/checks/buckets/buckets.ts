import {
  GetBucketLocationCommand,
  GetBucketPolicyCommand,
  GetPublicAccessBlockCommand,
  type GetPublicAccessBlockCommandOutput,
} from '@aws-sdk/client-s3';
import type { Check, Permission, Subject } from '../../check';
import type { Finding } from '../../finding';
import { archivingSeen } from '../roles/role-consequences';
import { type PlannedBucket, plannedBuckets, writersOf } from './bucket-plan';
import { bucketPolicyDifferences } from './bucket-policy';

/** Buckets of archives: that they are there, and closed to everyone else. */
export const buckets: Check = {
  name: 'buckets',
  permissions: (plan) => plannedBuckets(plan).flatMap(permissionsFor),
  examine: async (subject) => {
    const all = plannedBuckets(subject.plan);
    const findings = await Promise.all(all.map((bucket) => examineBucket(bucket, subject)));
    return { resources: all.length, findings: findings.flat() };
  },
};

const permissionsFor = ({ arn: resource, policy, publicAccess }: PlannedBucket): readonly Permission[] => [
  { action: 's3:GetBucketLocation', resource },
  ...(policy ? [{ action: 's3:GetBucketPolicy', resource }] : []),
  ...(publicAccess ? [{ action: 's3:GetBucketPublicAccessBlock', resource }] : []),
];

async function examineBucket(bucket: PlannedBucket, subject: Subject): Promise<readonly Finding[]> {
  const { plan, affected, aws } = subject;
  const { name, arn: resource } = bucket;
  const deploy = `npx cdktf deploy ${plan.stackId}`;
  const writers = writersOf(bucket, plan, affected);
  const about = { at: bucket.address, subject: `bucket ${name}` };
  // Names of buckets are shared by all accounts: one of another's is refused, not written to.
  const whose = { Bucket: name, ExpectedBucketOwner: plan.accountId };
  // Asked for its place, a bucket needs no permission that shows what is in it.
  const found = await aws.ask({ action: 's3:GetBucketLocation', resource }, () =>
    aws.clients.s3.send(new GetBucketLocationCommand(whose)),
  );
  if (!found) {
    return [
      {
        ...about,
        code: 'bucket-missing',
        severity: 'error',
        problem: 'it does not exist',
        seen: archivingSeen(
          writers.flatMap(({ users }) => users),
          'NoSuchBucket',
        ),
        cause: 'The stack was never deployed to the end, or someone has deleted the bucket',
        fix: deploy,
      },
    ];
  }
  const { policy, publicAccess } = bucket;
  const [deployedPolicy, block] = await Promise.all([
    policy &&
      aws.ask({ action: 's3:GetBucketPolicy', resource }, () =>
        aws.clients.s3.send(new GetBucketPolicyCommand(whose)),
      ),
    publicAccess &&
      aws.ask<Partial<GetPublicAccessBlockCommandOutput>>(
        { action: 's3:GetBucketPublicAccessBlock', resource },
        () => aws.clients.s3.send(new GetPublicAccessBlockCommand(whose)).catch(withoutBlock),
      ),
  ]);
  const policies = policy
    ? bucketPolicyDifferences(bucket, policy.json, deployedPolicy?.Policy, { plan, writers })
    : [];
  const blocks: Readonly<Record<string, boolean | undefined>> = { ...block?.PublicAccessBlockConfiguration };
  return [
    ...policies.map((told) => ({ ...about, ...(policy && { at: policy.at }), ...told })),
    ...(publicAccess ? publicAccessDifference(publicAccess, blocks) : []).map((told) => ({
      ...about,
      ...told,
    })),
  ].map((told) => ({ fix: `${deploy} restores it; what was meant belongs in environments/`, ...told }));
}

/** S3 has an error of its own for a bucket that blocks nothing. */
function withoutBlock(error: unknown): Partial<GetPublicAccessBlockCommandOutput> {
  if ((error as Error).name === 'NoSuchPublicAccessBlockConfiguration') return {};
  throw error;
}

function publicAccessDifference(
  { blocks, at }: NonNullable<PlannedBucket['publicAccess']>,
  deployed: Readonly<Record<string, boolean | undefined>>,
): readonly Omit<Finding, 'subject' | 'fix'>[] {
  const open = blocks.filter((name) => deployed[name] !== true);
  if (open.length === 0) return [];
  return [
    {
      at,
      code: 'bucket-public-access',
      severity: 'warning',
      problem: `it does not block public access in full: ${open.join(', ')} ${open.length === 1 ? 'is' : 'are'} off`,
      synthesized: blocks.join(', '),
      deployed: blocks.filter((name) => deployed[name] === true).join(', ') || 'none',
      seen: 'nothing: a policy or ACL that opens the archived messages to everyone would take effect, unless the account blocks it',
      cause: 'Someone has changed it in the console or with another tool',
    },
  ];
}
