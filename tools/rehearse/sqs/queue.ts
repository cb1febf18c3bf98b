import { flag, optionalNumber, text } from '../plan/attributes';
import { type Plan, resourcesOf } from '../plan/plan';

/** What of a queue decides whether it takes a message. */
export interface Queue {
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  readonly fifo: boolean;
  readonly contentBasedDeduplication: boolean;
  /** In bytes, attributes included. */
  readonly maximumMessageSize: number;
}

/**
 * What the AWS provider sets where a configuration says nothing, in bytes.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sqs_queue#max_message_size-1
 */
const providersMaximumMessageSize = 262_144;

const shape = {
  reads: ['name', 'fifo_queue', 'content_based_deduplication', 'max_message_size'],
  ignores: [
    'deduplication_scope',
    'fifo_throughput_limit',
    'kms_data_key_reuse_period_seconds',
    'kms_master_key_id',
    'message_retention_seconds',
    'redrive_policy',
    'sqs_managed_sse_enabled',
    'tags',
    'visibility_timeout_seconds',
  ],
};

/** The queues that a plan makes. */
export const queuesOf = (plan: Plan): readonly Queue[] =>
  resourcesOf(plan, 'aws_sqs_queue', shape).map((queue) => ({
    name: text(queue, 'name'),
    accountId: plan.accountId,
    region: plan.region,
    fifo: flag(queue, 'fifo_queue'),
    contentBasedDeduplication: flag(queue, 'content_based_deduplication'),
    maximumMessageSize: optionalNumber(queue, 'max_message_size') ?? providersMaximumMessageSize,
  }));

/** SQS's own limit, in bytes. */
const largestMessageSize = 1_048_576;

/** A queue that someone else owns, with the settings that SQS gives one. @throws Error when `arn` is no queue's */
export function existingQueue(arn: string): Queue {
  const [, region, accountId, name] = /^arn:[\w-]+:sqs:([\w-]+):(\d+):([\w.-]+)$/.exec(arn) ?? [];
  if (!region || !accountId || !name)
    throw new Error(`${JSON.stringify(arn)} is not the ARN of an SQS queue`);
  return {
    name,
    accountId,
    region,
    fifo: name.endsWith('.fifo'),
    contentBasedDeduplication: false,
    maximumMessageSize: largestMessageSize,
  };
}
