import { NotSimulated } from '../../not-simulated';
import { text } from '../../plan/attributes';
import { type Plan, type PlanResource, resourcesOf } from '../../plan/plan';
import { PlanError } from '../../plan/plan-error';
import { queueArnOfUrl } from './queue-url';
import { jsonObject } from './redrive-policy';

/** Which queues may use a queue as their dead-letter queue. */
export type RedriveAllowPolicy =
  | { readonly redrivePermission: 'allowAll' | 'denyAll' }
  | { readonly redrivePermission: 'byQueue'; readonly sourceQueueArns: readonly string[] };

const shape = { reads: ['queue_url', 'redrive_allow_policy'], ignores: [] };

/**
 * The redrive allow policies of a plan, by the ARN of the dead-letter queue.
 * @throws PlanError for one that SQS refuses, NotSimulated for keys that it does not document
 */
export const redriveAllowPoliciesOf = (plan: Plan): ReadonlyMap<string, RedriveAllowPolicy> =>
  new Map(
    resourcesOf(plan, 'aws_sqs_queue_redrive_allow_policy', shape).map((resource) => [
      queueArnOfUrl(plan, text(resource, 'queue_url'), resource.address),
      redriveAllowPolicy(resource),
    ]),
  );

/**
 * Whether SQS lets a queue use another as its dead-letter queue; it asks when the source's redrive policy is set.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
 *
 * @param policies by the ARN of the dead-letter queue; without one all queues may
 */
export function mayUseAsDeadLetterQueue(
  policies: ReadonlyMap<string, RedriveAllowPolicy>,
  { sourceArn, deadLetterArn }: { readonly sourceArn: string; readonly deadLetterArn: string },
): boolean {
  const policy = policies.get(deadLetterArn);
  if (policy?.redrivePermission === 'byQueue') return policy.sourceQueueArns.includes(sourceArn);
  return policy?.redrivePermission !== 'denyAll';
}

function redriveAllowPolicy(resource: PlanResource): RedriveAllowPolicy {
  const where = `${resource.address}.redrive_allow_policy`;
  const { redrivePermission, sourceQueueArns, ...others } = jsonObject(
    text(resource, 'redrive_allow_policy'),
    where,
  );
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw new NotSimulated(where, `the key "${unknown}"`);
  if (redrivePermission === 'byQueue')
    return { redrivePermission, sourceQueueArns: arns(sourceQueueArns, where) };
  if (redrivePermission !== 'allowAll' && redrivePermission !== 'denyAll') {
    throw new PlanError(
      `${where}: redrivePermission is ${JSON.stringify(redrivePermission)}; SQS takes allowAll, denyAll or byQueue`,
    );
  }
  if (sourceQueueArns !== undefined) {
    throw new PlanError(
      `${where}: sourceQueueArns stands beside ${redrivePermission}; SQS takes it with byQueue alone`,
    );
  }
  return { redrivePermission };
}

function arns(value: unknown, where: string): readonly string[] {
  if (
    Array.isArray(value) &&
    value.length >= 1 &&
    value.length <= 10 &&
    value.every((arn) => typeof arn === 'string')
  ) {
    return value;
  }
  throw new PlanError(
    `${where}: sourceQueueArns is ${JSON.stringify(value)}; with byQueue SQS takes 1 to 10 ARNs of queues`,
  );
}
