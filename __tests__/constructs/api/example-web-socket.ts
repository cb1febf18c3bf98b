import { WebSocketApi, type WebSocketApiProps } from '../../../constructs/api/websocket-api';
import { WebSocketStage, type WebSocketStageProps } from '../../../constructs/api/websocket-stage';
import { ServiceRole, type ServiceRoleProps } from '../../../constructs/iam/service-role';
import { MessageQueue, type MessageQueueProps } from '../../../constructs/queue/message-queue';
import { exampleStack } from '../../support/synthesized';

export interface WebSocketChanges {
  readonly api?: Partial<WebSocketApiProps>;
  readonly stage?: Partial<WebSocketStageProps>;
  readonly queue?: Partial<MessageQueueProps>;
  readonly role?: Partial<ServiceRoleProps>;
}

/** A served WebSocket API whose messages go to a FIFO queue, grouped by their `room`; and `changes` to that. */
export function exampleWebSocket(changes: WebSocketChanges = {}) {
  const stack = exampleStack();
  const queue = new MessageQueue(stack, 'queue', {
    name: 'dev-messages',
    fifo: true,
    consumerTimeoutSeconds: 30,
    ...changes.queue,
  });
  const role = new ServiceRole(stack, 'sender', {
    name: 'dev-messages-to-queue',
    description: 'Sends messages',
    trust: { service: 'apigateway' },
    ...changes.role,
  });
  const api = new WebSocketApi(stack, 'api', {
    name: 'dev-chat',
    description: 'Takes messages',
    messageGroupId: { bodyField: 'room' },
    messageDeduplicationId: { context: 'requestId' },
    queue,
    role,
    ...changes.api,
  });
  const stage = new WebSocketStage(stack, 'stage', {
    api,
    stageName: 'v1',
    throttling: { rateLimit: 100, burstLimit: 200 },
    logRetentionDays: 30,
    ...changes.stage,
  });
  return { stack, api, stage };
}
