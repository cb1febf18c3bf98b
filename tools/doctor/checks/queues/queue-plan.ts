import { text } from '../../../plan/attributes';
import { type Plan, type PlanResource, resourcesOf } from '../../../plan/plan';
import { queueArnOfUrl } from '../../../rehearse/sqs/queue-url';

/** A queue of a plan with everything that belongs to it. */
export interface PlannedQueue {
  readonly arn: string;
  readonly name: string;
  /** `aws_sqs_queue`, its settings. */
  readonly resource: PlanResource;
  readonly policy: Written | undefined;
  readonly redrivePolicy: Written | undefined;
  readonly redriveAllowPolicy: Written | undefined;
  /** ARNs of the queues that this one is the dead-letter queue of. */
  readonly sources: readonly string[];
}

/** JSON, and where it is configured: at the queue, or in a resource of its own. */
export interface Written {
  readonly json: string;
  readonly at: string;
}

const settings = [
  'content_based_deduplication',
  'deduplication_scope',
  'delay_seconds',
  'fifo_throughput_limit',
  'kms_master_key_id',
  'max_message_size',
  'message_retention_seconds',
  'receive_wait_time_seconds',
  'sqs_managed_sse_enabled',
  'visibility_timeout_seconds',
];

/** @throws PlanError for a resource that names no queue of the plan's region */
export function plannedQueues(plan: Plan): readonly PlannedQueue[] {
  const policies = apart(plan, 'aws_sqs_queue_policy', 'policy');
  const redrives = apart(plan, 'aws_sqs_queue_redrive_policy', 'redrive_policy');
  const allowed = apart(plan, 'aws_sqs_queue_redrive_allow_policy', 'redrive_allow_policy');
  const queues = resourcesOf(plan, 'aws_sqs_queue', {
    reads: ['arn', 'name', ...settings, 'policy', 'redrive_policy', 'redrive_allow_policy'],
    ignores: 'the rest',
  }).map((resource) => {
    const arn = text(resource, 'arn');
    return {
      arn,
      name: text(resource, 'name'),
      resource,
      policy: own(resource, 'policy') ?? policies.get(arn),
      redrivePolicy: own(resource, 'redrive_policy') ?? redrives.get(arn),
      redriveAllowPolicy: own(resource, 'redrive_allow_policy') ?? allowed.get(arn),
    };
  });
  const isDeadLetterQueueOf = (arn: string) =>
    queues.filter(({ redrivePolicy }) => redrivePolicy?.json.includes(`"${arn}"`));
  return queues.map((queue) => ({
    ...queue,
    sources: isDeadLetterQueueOf(queue.arn).map(({ arn }) => arn),
  }));
}

function own({ address, attributes }: PlanResource, attribute: string): Written | undefined {
  const json = attributes.get(attribute);
  return typeof json === 'string' && json !== '' ? { json, at: address } : undefined;
}

const apart = (plan: Plan, type: string, attribute: string): ReadonlyMap<string, Written> =>
  new Map(
    resourcesOf(plan, type, { reads: ['queue_url', attribute], ignores: 'the rest' }).map((resource) => [
      queueArnOfUrl(plan, text(resource, 'queue_url'), resource.address),
      { json: text(resource, attribute), at: resource.address },
    ]),
  );
