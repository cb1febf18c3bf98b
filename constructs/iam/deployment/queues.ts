import { queueArn } from '../arn';
import type { Placement } from '../placement';
import type { DeploymentGrants } from './deployment-action';

/** Queues and their policies. @param names a pattern of the names, such as `dev-*` */
export function queueGrants(at: Placement, names: string): DeploymentGrants {
  const resources = [queueArn(at, names)];
  return {
    read: [{ sid: 'ReadTheQueues', actions: ['sqs:GetQueueAttributes', 'sqs:ListQueueTags'], resources }],
    write: [
      {
        sid: 'MakeChangeAndDeleteTheQueues',
        actions: [
          'sqs:CreateQueue',
          'sqs:DeleteQueue',
          'sqs:SetQueueAttributes',
          'sqs:TagQueue',
          'sqs:UntagQueue',
        ],
        resources,
      },
    ],
  };
}
