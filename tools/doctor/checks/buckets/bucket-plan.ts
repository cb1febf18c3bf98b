import { statementsOf } from '../../../iam/policy-difference';
import { flag, text } from '../../../plan/attributes';
import { type Plan, type PlanResource, resourcesOf } from '../../../plan/plan';
import type { Affected } from '../../affected';
import { plannedRoles } from '../roles/role-plan';
import { type RoleUser, roleUsers } from '../roles/role-users';

/** A bucket of a plan with what belongs to it. */
export interface PlannedBucket {
  readonly address: string;
  readonly arn: string;
  readonly name: string;
  readonly policy: { readonly json: string; readonly at: string } | undefined;
  readonly publicAccess: { readonly blocks: readonly string[]; readonly at: string } | undefined;
}

/** The four switches, as Terraform and as S3 name them. */
const switches = {
  block_public_acls: 'BlockPublicAcls',
  block_public_policy: 'BlockPublicPolicy',
  ignore_public_acls: 'IgnorePublicAcls',
  restrict_public_buckets: 'RestrictPublicBuckets',
} as const;

export function plannedBuckets(plan: Plan): readonly PlannedBucket[] {
  const of = (type: string, reads: readonly string[]) => {
    const resources = resourcesOf(plan, type, { reads: ['bucket', ...reads], ignores: 'the rest' });
    return new Map(resources.map((resource): [string, PlanResource] => [text(resource, 'bucket'), resource]));
  };
  const policies = of('aws_s3_bucket_policy', ['policy']);
  const blocks = of('aws_s3_bucket_public_access_block', Object.keys(switches));
  return [...of('aws_s3_bucket', ['arn'])].map(([name, bucket]) => {
    const policy = policies.get(name);
    const block = blocks.get(name);
    return {
      address: bucket.address,
      arn: text(bucket, 'arn'),
      name,
      policy: policy && { json: text(policy, 'policy'), at: policy.address },
      publicAccess: block && {
        blocks: Object.entries(switches).flatMap(([attribute, name]) =>
          flag(block, attribute) ? [name] : [],
        ),
        at: block.address,
      },
    };
  });
}

/** A role that writes to a bucket, and who acts as it. */
export interface Writer {
  readonly roleArn: string;
  readonly users: readonly RoleUser[];
}

export const writersOf = ({ arn }: PlannedBucket, plan: Plan, affected: Affected): readonly Writer[] =>
  plannedRoles(plan)
    .filter(({ policies }) =>
      policies
        .flatMap(({ json }) => (json === undefined ? [] : statementsOf(json)))
        .some(
          ({ Action: actions = [], Resource: resources = [] }) =>
            (actions as readonly string[]).includes('s3:PutObject') &&
            (resources as readonly string[]).includes(`${arn}/*`),
        ),
    )
    .map((role) => ({ roleArn: role.arn, users: roleUsers(plan, affected, role.arn) }));
