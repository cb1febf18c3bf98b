import { flag, map, optionalText, text } from '../../plan/attributes';
import type { Plan, PlanResource } from '../../plan/plan';
import { PlanError } from '../../plan/plan-error';
import { queueArnOfUrl } from '../../rehearse/sqs/queue-url';
import { addressesBy, keyOf, localAddress, partOf, rowsOf, type StackFlow } from './stack-flow';
import type { Arrow } from './system';

/** Queues, and where the messages go that nobody could take. */
export function stackQueues(plan: Plan): StackFlow {
  const queues = rowsOf(
    plan,
    'aws_sqs_queue',
    'arn',
    'name',
    'fifo_queue',
    'kms_master_key_id',
    'redrive_policy',
  );
  const redrives = rowsOf(plan, 'aws_sqs_queue_redrive_policy', 'queue_url', 'redrive_policy');
  const arnOfUrl = (resource: PlanResource) =>
    queueArnOfUrl(plan, text(resource, 'queue_url'), resource.address);
  const attached = addressesBy(
    [
      ...rowsOf(plan, 'aws_sqs_queue_policy', 'queue_url'),
      ...redrives,
      ...rowsOf(plan, 'aws_sqs_queue_redrive_allow_policy', 'queue_url'),
    ],
    arnOfUrl,
  );
  const alarms = addressesBy(rowsOf(plan, 'aws_cloudwatch_metric_alarm', 'dimensions'), (alarm) =>
    map(alarm, 'dimensions', 'string').get('QueueName'),
  );
  const keys = keyAddresses(plan);
  return {
    parts: queues.map((queue) => {
      const key = optionalText(queue, 'kms_master_key_id');
      return partOf(plan, queue, {
        kind: flag(queue, 'fifo_queue') ? 'fifo-queue' : 'queue',
        name: text(queue, 'name'),
        arn: text(queue, 'arn'),
        details: key === undefined || key === 'alias/aws/sqs' ? [] : ['KMS key'],
        behind: [
          ...attached(text(queue, 'arn')),
          ...alarms(text(queue, 'name')),
          ...keys(key?.replace(/^arn:[^/]+:(?=alias\/)/, '')),
        ],
      });
    }),
    arrows: [
      ...queues.flatMap((queue) => deadLetters(keyOf(plan, queue), queue)),
      ...redrives.flatMap((redrive) => deadLetters(arnOfUrl(redrive), redrive)),
    ],
  };
}

function deadLetters(from: string, resource: PlanResource): readonly Arrow[] {
  const to = deadLetterTarget(resource, optionalText(resource, 'redrive_policy') ?? '');
  return to === undefined ? [] : [{ from, to, kind: 'dead-letters', label: undefined }];
}

function deadLetterTarget({ address }: PlanResource, json: string): string | undefined {
  if (json === '') return undefined;
  try {
    const { deadLetterTargetArn } = (JSON.parse(json) ?? {}) as { readonly deadLetterTargetArn?: unknown };
    return typeof deadLetterTargetArn === 'string' ? deadLetterTargetArn : undefined;
  } catch {
    throw new PlanError(`${address}: "redrive_policy" is no JSON`);
  }
}

/** By a key's id, its ARN or its alias: SQS takes each of them. */
function keyAddresses(plan: Plan): (key: string | undefined) => readonly string[] {
  const addresses = new Map<string, readonly string[]>();
  for (const key of rowsOf(plan, 'aws_kms_key', 'arn', 'key_id')) {
    addresses.set(text(key, 'arn'), [localAddress(key)]);
    addresses.set(text(key, 'key_id'), [localAddress(key)]);
  }
  for (const alias of rowsOf(plan, 'aws_kms_alias', 'name', 'target_key_id')) {
    const key = addresses.get(text(alias, 'target_key_id')) ?? [];
    addresses.set(text(alias, 'name'), [localAddress(alias), ...key]);
  }
  return (key) => addresses.get(key ?? '') ?? [];
}
