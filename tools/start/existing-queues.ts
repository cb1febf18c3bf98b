import type { Environment } from '../../environments/environment';
import { existingQueue, type Queue } from '../rehearse/sqs/queue';

/** The queues that an environment's callbacks use and that none of its stacks makes. */
export const existingQueuesOf = ({ callbackReceiver }: Environment): readonly Queue[] =>
  (callbackReceiver?.callbacks ?? []).flatMap(({ queue }) =>
    queue?.kind === 'existing' ? [existingQueue(queue.arn)] : [],
  );
