import type { ParameterSource } from '../constructs/api/send-message-parameters';
import { ServiceRole } from '../constructs/iam/service-role';
import { senderRoleName } from '../constructs/names';
import type { EncryptionKey } from '../constructs/queue/encryption-key';
import { ExistingQueue } from '../constructs/queue/existing-queue';
import { MessageQueue } from '../constructs/queue/message-queue';
import type { Queue } from '../constructs/queue/queue';
import { defaults } from '../environments/defaults';
import type { CallbackIdSource, CallbackQueueSettings } from '../environments/environment';
import { callbackReceiveCount, type NamedCallback } from './callback-receive-count';
import type { EnvironmentStack } from './environment-stack';
import { outputEach } from './output-each';

/** The queue of a callback, whichever API receives it: one of the stack, or someone else's. */
export function callbackQueue(
  stack: EnvironmentStack,
  callback: NamedCallback,
  key: EncryptionKey | undefined,
): Queue {
  const { name, queue } = callback;
  const id = `${name}-queue`;
  if (queue?.kind === 'existing') {
    return new ExistingQueue(stack, id, {
      arn: queue.arn,
      ...(queue.keyArn && { key: { arn: queue.keyArn } }),
    });
  }
  return new MessageQueue(stack, id, {
    name: stack.prefixed(name),
    fifo: queue?.kind === 'fifo',
    consumerTimeoutSeconds: queue?.consumerTimeoutSeconds ?? defaults.consumerTimeoutSeconds,
    maxReceiveCount: callbackReceiveCount(stack.environment, callback),
    retentionDays: queue?.retentionDays,
    consumerRoleArns: queue?.consumerRoleArns,
    key,
    ...stack.queueAlarms,
  });
}

/** The role as which a callback's messages are sent. */
export const callbackSender = (stack: EnvironmentStack, name: string, queue: Queue): ServiceRole =>
  new ServiceRole(stack, `${name}-sender`, {
    name: senderRoleName(stack.prefixed(name)),
    description: `Sends the callbacks of ${name} to ${queue.name}`,
    trust: { service: 'apigateway' },
  });

/** Where the messages of callbacks are. */
export function outputQueues(
  stack: EnvironmentStack,
  of: readonly { readonly name: string; readonly queue: Queue }[],
): void {
  outputEach(stack, 'queue_arns', 'The queues of the callbacks', { of, value: ({ queue }) => queue.arn });
  outputEach(stack, 'queue_urls', 'The queues of the callbacks, as SDKs want them', {
    of,
    value: ({ queue }) => queue.url,
  });
}

/** Where the ids of a callback's messages come from: on a FIFO queue each request is a message, unless it is said otherwise. */
export function callbackIds(queue: CallbackQueueSettings | undefined, fifo: boolean) {
  const groupId = queue && 'messageGroupId' in queue ? queue.messageGroupId : undefined;
  const deduplicationId =
    queue && 'messageDeduplicationId' in queue ? queue.messageDeduplicationId : undefined;
  return {
    messageGroupId: groupId && fieldSource(groupId),
    messageDeduplicationId: deduplicationId
      ? fieldSource(deduplicationId)
      : fifo
        ? { context: 'requestId' }
        : undefined,
  };
}

function fieldSource(source: CallbackIdSource): ParameterSource {
  switch (source.from) {
    case 'constant':
      return { constant: source.value };
    case 'header':
      return { header: source.name };
    case 'body':
      return { bodyField: source.field };
  }
}
