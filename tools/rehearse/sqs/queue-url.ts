import type { Plan } from '../../plan/plan';
import { PlanError } from '../../plan/plan-error';

/**
 * The ARN of the queue that a resource's `queue_url` names.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-message-identifiers.html
 * @param address of the resource, for the message
 * @throws PlanError for what is no queue's URL in the plan's region
 */
export function queueArnOfUrl(plan: Plan, url: string, address: string): string {
  const [, host, path] = /^https:\/\/([^/]+)(\/\d{12}\/[\w.-]+)$/.exec(url) ?? [];
  if (path === undefined || !host?.startsWith(`sqs.${plan.region}.`)) {
    throw new PlanError(`${address}: "queue_url" is ${url}, which is no queue's URL in ${plan.region}`);
  }
  return queueArnOfPath(plan, path);
}

/** The ARN of a queue in the plan's region. @param path of its URL: `/<account>/<queue>` */
export const queueArnOfPath = ({ partition, region }: Plan, path: string): string =>
  `arn:${partition}:sqs:${region}:${path.slice(1).replace('/', ':')}`;
