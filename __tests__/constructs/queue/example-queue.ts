import { ServiceRole } from '../../../constructs/iam/service-role';
import { MessageQueue, type MessageQueueProps } from '../../../constructs/queue/message-queue';
import type { ReadableStack } from '../../../synthesis/readable-stack';
import { exampleStack } from '../../support/synthesized';

/** ARN of the example queue where it is not FIFO. */
export const arn = 'arn:aws:sqs:ap-northeast-2:111122223333:dev-orders';

/** A standard queue as it comes; and `props` beside that. */
export function exampleQueue(props: Partial<MessageQueueProps> = {}) {
  const stack = exampleStack();
  const queue = new MessageQueue(stack, 'orders', {
    name: 'dev-orders',
    consumerTimeoutSeconds: 30,
    ...props,
  });
  return { stack, queue };
}

export const exampleRole = (stack: ReadableStack, id: string) =>
  new ServiceRole(stack, id, {
    name: `dev-${id}`,
    description: `The ${id}`,
    trust: { service: 'lambda' },
  });
