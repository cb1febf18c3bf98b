import { text } from '../../plan/attributes';
import { type Plan, resourcesOf } from '../../plan/plan';

export interface Bucket {
  /** `<stack>: <type>.<name>`, for messages. */
  readonly address: string;
  readonly name: string;
  readonly arn: string;
  readonly region: string;
}

const shape = {
  reads: ['arn', 'bucket'],
  ignores: ['force_destroy', 'tags'],
};

/** The buckets that a plan makes. */
export const bucketsOf = (plan: Plan): readonly Bucket[] =>
  resourcesOf(plan, 'aws_s3_bucket', shape).map((bucket) => ({
    address: bucket.address,
    name: text(bucket, 'bucket'),
    arn: text(bucket, 'arn'),
    region: plan.region,
  }));
