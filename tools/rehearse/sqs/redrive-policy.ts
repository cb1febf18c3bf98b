import { NotSimulated } from '../../not-simulated';
import { text } from '../../plan/attributes';
import { type Plan, resourcesOf } from '../../plan/plan';
import { PlanError } from '../../plan/plan-error';
import { queueArnOfUrl } from './queue-url';

const shape = { reads: ['queue_url', 'redrive_policy'], ignores: [] };

/**
 * The redrive policies of a plan that are resources of their own, by the ARN of the queue.
 * @throws PlanError for one that SQS refuses, and for two of one queue; NotSimulated for keys that it does not document
 */
export function redrivePoliciesOf(plan: Plan): ReadonlyMap<string, RedrivePolicy> {
  const policies = new Map<string, RedrivePolicy>();
  for (const resource of resourcesOf(plan, 'aws_sqs_queue_redrive_policy', shape)) {
    const arn = queueArnOfUrl(plan, text(resource, 'queue_url'), resource.address);
    const policy = redrivePolicy(text(resource, 'redrive_policy'), arn, `${resource.address}.redrive_policy`);
    if (policies.has(arn)) throw new PlanError(`${resource.address}: ${arn} has another redrive policy`);
    if (policy) policies.set(arn, policy);
  }
  return policies;
}

/** When a message is given up, and where it goes then. */
export interface RedrivePolicy {
  readonly deadLetterTargetArn: string;
  /** Receives that a message is given, 1 to 1000; the next one moves it. */
  readonly maxReceiveCount: number;
}

/**
 * A queue's redrive policy from its JSON.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
 *
 * @param queueArn of the queue that has the policy
 * @throws PlanError for one that SQS refuses, NotSimulated for keys that it does not document
 */
export function redrivePolicy(
  json: string | undefined,
  queueArn: string,
  where: string,
): RedrivePolicy | undefined {
  if (json === undefined || json === '') return undefined;
  const { deadLetterTargetArn, maxReceiveCount, ...others } = jsonObject(json, where);
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw new NotSimulated(where, `the key "${unknown}"`);
  if (
    typeof maxReceiveCount !== 'number' ||
    !Number.isInteger(maxReceiveCount) ||
    maxReceiveCount < 1 ||
    maxReceiveCount > 1000
  ) {
    throw new PlanError(
      `${where}: maxReceiveCount is ${JSON.stringify(maxReceiveCount)}; SQS takes whole numbers from 1 to 1000`,
    );
  }
  if (typeof deadLetterTargetArn !== 'string' || !canTakeFrom(deadLetterTargetArn, queueArn)) {
    throw new PlanError(
      `${where}: deadLetterTargetArn is ${JSON.stringify(deadLetterTargetArn)}; SQS takes another queue of the same account, region and kind as ${queueArn}`,
    );
  }
  return { deadLetterTargetArn, maxReceiveCount };
}

/** The object that a policy's JSON is. @throws PlanError when it is anything else */
export function jsonObject(json: string, where: string): Readonly<Record<string, unknown>> {
  const value = parsed(json);
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new PlanError(`${where}: ${JSON.stringify(json)} is not a JSON object`);
  }
  return value as Readonly<Record<string, unknown>>;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function canTakeFrom(deadLetterArn: string, queueArn: string): boolean {
  const place = (arn: string) => arn.split(':').slice(0, 5).join(':');
  return (
    deadLetterArn !== queueArn &&
    place(deadLetterArn) === place(queueArn) &&
    deadLetterArn.endsWith('.fifo') === queueArn.endsWith('.fifo')
  );
}
