import type { TerraformConfiguration } from '../../tools/synth/synthesize';
import { managed, type Plan } from './plan';

/** A policy that a stack sets, and whether its plan shows it. */
export interface PlannedPolicy {
  readonly address: string;
  readonly type: string;
  readonly attribute: string;
  readonly known: boolean;
}

/** The attributes that hold a policy: of a role, a queue, a key, a topic, a bucket, an API. */
const attributes = ['policy', 'assume_role_policy', 'redrive_policy', 'redrive_allow_policy'];

/** What a resource has to have a policy in, be it its own attribute or another resource's. */
const holders = [
  { owner: 'aws_iam_role', types: ['aws_iam_role'], attribute: 'assume_role_policy' },
  { owner: 'aws_sqs_queue', types: ['aws_sqs_queue', 'aws_sqs_queue_policy'], attribute: 'policy' },
  { owner: 'aws_kms_key', types: ['aws_kms_key'], attribute: 'policy' },
  { owner: 'aws_sns_topic', types: ['aws_sns_topic', 'aws_sns_topic_policy'], attribute: 'policy' },
  { owner: 'aws_s3_bucket', types: ['aws_s3_bucket', 'aws_s3_bucket_policy'], attribute: 'policy' },
] as const;

/** The policies that a stack sets, by address. */
export const policiesOf = (plan: Plan, { resource }: TerraformConfiguration): readonly PlannedPolicy[] =>
  managed(plan)
    .flatMap(({ address, type, name, change }) => {
      const configured = (resource?.[type]?.[name] ?? {}) as Record<string, unknown>;
      return attributes
        .filter((attribute) => configured[attribute] !== undefined)
        .map((attribute) => ({
          address,
          type,
          attribute,
          known: change.after_unknown[attribute] !== true && typeof change.after?.[attribute] === 'string',
        }));
    })
    .sort((a, b) => (a.address < b.address ? -1 : 1));

/** How many there are of what must have a policy, and how many of their policies the plan shows. */
export const policyHolders = (plan: Plan, policies: readonly PlannedPolicy[]) =>
  holders.map(({ owner, types, attribute }) => ({
    owner,
    planned: managed(plan).filter(({ type }) => type === owner).length,
    shown: policies.filter(
      (policy) =>
        policy.known && policy.attribute === attribute && types.some((type) => type === policy.type),
    ).length,
  }));
