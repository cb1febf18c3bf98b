import { Testing } from 'cdktf';
import type {
  CallbackReceiverSettings,
  CallbackSettings,
  Environment,
  SubscriberPipeSettings,
  SubscriptionSettings,
  WebSocketReplySettings,
} from '../../environments/environment';
import { CallbackReceiverStack } from '../../stacks/callback-receiver';
import { SubscriberPipeStack } from '../../stacks/subscriber-pipe';
import { WebSocketReplyStack } from '../../stacks/websocket-reply';
import { synthesized } from '../support/synthesized';

export const exampleEnvironment: Environment = {
  name: 'test',
  accountId: '111122223333',
  region: 'ap-northeast-2',
  state: { kind: 'local' },
};

export const exampleCallback: CallbackSettings = {
  name: 'orders',
  path: '/orders',
  allowList: ['203.0.113.0/24'],
  schema: { type: 'object', required: ['id'], properties: { id: { type: 'string' } } },
};

/** A receiver of one callback that differs from the example by `callback`. */
export const receiver = (
  callback: Partial<CallbackSettings> = {},
  environment: Partial<Environment> = {},
  settings: Partial<CallbackReceiverSettings> = {},
) =>
  synthesized(
    new CallbackReceiverStack(
      Testing.app(),
      { ...exampleEnvironment, ...environment },
      { callbacks: [{ ...exampleCallback, ...callback }], ...settings },
    ),
  );

export const reply = (settings: WebSocketReplySettings = {}, environment: Partial<Environment> = {}) =>
  synthesized(new WebSocketReplyStack(Testing.app(), { ...exampleEnvironment, ...environment }, settings));

export const exampleSubscription: SubscriptionSettings = {
  name: 'orders-out',
  source: { queueArn: 'arn:aws:sqs:ap-northeast-2:444455556666:orders' },
  subscriber: {
    kind: 'lambda',
    functionArn: 'arn:aws:lambda:ap-northeast-2:111122223333:function:orders',
  },
};

/** A pipe stack of one subscription that differs from the example by `subscription`. */
export const pipe = (
  subscription: Partial<SubscriptionSettings> = {},
  environment: Partial<Environment> = {},
  settings: Partial<SubscriberPipeSettings> = {},
) =>
  synthesized(
    new SubscriberPipeStack(
      Testing.app(),
      { ...exampleEnvironment, ...environment },
      { subscriptions: [{ ...exampleSubscription, ...subscription }], ...settings },
    ),
  );
