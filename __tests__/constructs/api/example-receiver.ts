import { CallbackApi, type CallbackApiProps, type CallbackProps } from '../../../constructs/api/callback-api';
import { CallbackStage, type CallbackStageProps } from '../../../constructs/api/callback-stage';
import { ServiceRole, type ServiceRoleProps } from '../../../constructs/iam/service-role';
import { MessageQueue, type MessageQueueProps } from '../../../constructs/queue/message-queue';
import { exampleStack } from '../../support/synthesized';

export interface ReceiverChanges {
  /** One callback an entry. @default one that is as the example says */
  readonly callbacks?: readonly Partial<CallbackProps>[];
  readonly api?: Partial<CallbackApiProps>;
  readonly stage?: Partial<CallbackStageProps>;
  readonly queue?: Partial<MessageQueueProps>;
  readonly role?: Partial<ServiceRoleProps>;
}

/** A served REST API whose callback `/carrier/orders` sends to a queue of its own; and `changes` to that. */
export function exampleReceiver({ callbacks = [{}], ...changes }: ReceiverChanges = {}) {
  const stack = exampleStack();
  const api = new CallbackApi(stack, 'api', {
    name: 'dev-receiver',
    description: 'Receives orders',
    stageName: 'v1',
    callbacks: callbacks.map(({ name = 'orders', ...callback }) => ({
      name,
      path: `/carrier/${name}`,
      allowList: ['203.0.113.0/24'],
      schema: { type: 'object', required: ['id'] },
      contentTypes: ['application/json'],
      headerAttributes: [],
      accepted: 'empty',
      queue: new MessageQueue(stack, `${name}-queue`, {
        name: `dev-${name}`,
        consumerTimeoutSeconds: 30,
        ...changes.queue,
      }),
      role: new ServiceRole(stack, `${name}-sender`, {
        name: `dev-${name}-to-queue`,
        description: `Sends ${name}`,
        trust: { service: 'apigateway' },
        ...changes.role,
      }),
      ...callback,
    })),
    ...changes.api,
  });
  new CallbackStage(stack, 'stage', {
    api,
    stageName: 'v1',
    throttling: { rateLimit: 100, burstLimit: 200 },
    logRetentionDays: 30,
    ...changes.stage,
  });
  return { stack, api };
}
