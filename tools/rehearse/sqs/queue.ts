import { flag, optionalNumber, optionalText, text } from '../../plan/attributes';
import { type Plan, type PlanResource, resourcesOf } from '../../plan/plan';
import { PlanError } from '../../plan/plan-error';
import { type RedrivePolicy, redrivePoliciesOf, redrivePolicy } from './redrive-policy';

/** A queue's settings. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
export interface Queue {
  readonly arn: string;
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  readonly fifo: boolean;
  readonly contentBasedDeduplication: boolean;
  /** Within what a deduplication id is unique. */
  readonly deduplicationScope: 'queue' | 'messageGroup';
  readonly fifoThroughputLimit: 'perQueue' | 'perMessageGroupId';
  /** In bytes, attributes included. */
  readonly maximumMessageSize: number;
  readonly visibilityTimeoutSeconds: number;
  readonly messageRetentionSeconds: number;
  readonly delaySeconds: number;
  /** Of a receive that does not say. */
  readonly receiveWaitTimeSeconds: number;
  readonly redrive: RedrivePolicy | undefined;
  /** As it is written: a key's id, ARN or alias; none for a key of SQS's own. */
  readonly kmsMasterKeyId: string | undefined;
}

const shape = {
  reads: [
    'arn',
    'name',
    'fifo_queue',
    'content_based_deduplication',
    'deduplication_scope',
    'delay_seconds',
    'fifo_throughput_limit',
    'kms_master_key_id',
    'max_message_size',
    'message_retention_seconds',
    'receive_wait_time_seconds',
    'redrive_policy',
    'visibility_timeout_seconds',
  ],
  ignores: ['kms_data_key_reuse_period_seconds', 'sqs_managed_sse_enabled', 'tags'],
};

/** What SQS gives a queue that says nothing, in seconds. */
const defaults = {
  visibilityTimeoutSeconds: 30,
  messageRetentionSeconds: 345_600,
  delaySeconds: 0,
  receiveWaitTimeSeconds: 0,
};

/**
 * What the AWS provider sets where a configuration says nothing, in bytes.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sqs_queue#max_message_size-1
 */
const providersMaximumMessageSize = 262_144;

/** SQS's own limit, in bytes. */
const largestMessageSize = 1_048_576;

/** The queues that a plan makes. @throws PlanError for settings that SQS refuses */
export function queuesOf(plan: Plan): readonly Queue[] {
  const redrivePolicies = redrivePoliciesOf(plan);
  return resourcesOf(plan, 'aws_sqs_queue', shape).map((queue) => {
    const arn = text(queue, 'arn');
    const fifo = flag(queue, 'fifo_queue');
    if (text(queue, 'name').endsWith('.fifo') !== fifo) {
      throw new PlanError(
        `${queue.address}: "fifo_queue" is ${fifo} and its name ${text(queue, 'name')}; SQS wants the name of a FIFO queue to end in .fifo, and of no other`,
      );
    }
    const seconds = (attribute: string, lowest: number, highest: number) =>
      whole(queue, attribute, lowest, highest);
    return {
      arn,
      name: text(queue, 'name'),
      accountId: plan.accountId,
      region: plan.region,
      fifo,
      contentBasedDeduplication: flag(queue, 'content_based_deduplication'),
      deduplicationScope: oneOf(queue, 'deduplication_scope', ['queue', 'messageGroup']),
      fifoThroughputLimit: oneOf(queue, 'fifo_throughput_limit', ['perQueue', 'perMessageGroupId']),
      maximumMessageSize:
        whole(queue, 'max_message_size', 1024, largestMessageSize) ?? providersMaximumMessageSize,
      visibilityTimeoutSeconds:
        seconds('visibility_timeout_seconds', 0, 43_200) ?? defaults.visibilityTimeoutSeconds,
      messageRetentionSeconds:
        seconds('message_retention_seconds', 60, 1_209_600) ?? defaults.messageRetentionSeconds,
      delaySeconds: seconds('delay_seconds', 0, 900) ?? defaults.delaySeconds,
      receiveWaitTimeSeconds: seconds('receive_wait_time_seconds', 0, 20) ?? defaults.receiveWaitTimeSeconds,
      redrive: redriveOf(queue, arn, redrivePolicies),
      kmsMasterKeyId: optionalText(queue, 'kms_master_key_id'),
    };
  });
}

function redriveOf(queue: PlanResource, arn: string, policies: ReadonlyMap<string, RedrivePolicy>) {
  const where = `${queue.address}.redrive_policy`;
  const own = redrivePolicy(optionalText(queue, 'redrive_policy'), arn, where);
  const apart = policies.get(arn);
  if (own && apart) {
    throw new PlanError(`${where} and an aws_sqs_queue_redrive_policy overwrite each other: leave one out`);
  }
  return own ?? apart;
}

/** The limits are SQS's. */
function whole(queue: PlanResource, attribute: string, lowest: number, highest: number) {
  const value = optionalNumber(queue, attribute);
  if (value === undefined || (Number.isInteger(value) && value >= lowest && value <= highest)) return value;
  throw new PlanError(
    `${queue.address}: "${attribute}" is ${value}; SQS takes whole numbers from ${lowest} to ${highest}`,
  );
}

/** The first one is SQS's default. */
function oneOf<T extends string>(queue: PlanResource, attribute: string, values: readonly [T, ...T[]]): T {
  const value = optionalText(queue, attribute);
  if (value === undefined) return values[0];
  const found = values.find((candidate) => candidate === value);
  if (found !== undefined) return found;
  throw new PlanError(`${queue.address}: "${attribute}" is "${value}"; SQS takes ${values.join(' or ')}`);
}

/** A queue that someone else owns, with the settings that SQS gives one. @throws Error when `arn` is no queue's */
export function existingQueue(arn: string): Queue {
  const [, region, accountId, name] = /^arn:[\w-]+:sqs:([\w-]+):(\d+):([\w.-]+)$/.exec(arn) ?? [];
  if (!region || !accountId || !name)
    throw new Error(`${JSON.stringify(arn)} is not the ARN of an SQS queue`);
  return {
    arn,
    name,
    accountId,
    region,
    fifo: name.endsWith('.fifo'),
    contentBasedDeduplication: false,
    deduplicationScope: 'queue',
    fifoThroughputLimit: 'perQueue',
    maximumMessageSize: largestMessageSize,
    ...defaults,
    redrive: undefined,
    kmsMasterKeyId: undefined,
  };
}
