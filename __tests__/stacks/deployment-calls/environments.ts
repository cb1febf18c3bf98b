import type { CallbackSettings, Environment } from '../../../environments/environment';

export const stateBucket = 'states-of-example';

const orders: CallbackSettings = {
  name: 'orders',
  path: '/shop/orders',
  allowList: ['203.0.113.0/24'],
  schema: { type: 'object', required: ['orderId'], properties: { orderId: { type: 'string' } } },
  headerAttributes: [{ header: 'X-Signature', attribute: 'signature' }],
  queue: { kind: 'fifo', messageGroupId: { from: 'body', field: 'orderId' } },
};

const payments: CallbackSettings = {
  name: 'payments',
  path: '/payments',
  allowList: ['203.0.113.0/24'],
  schema: { type: 'object' },
};

/** An environment with every resource type that the stacks have, and pipelines of both kinds of state in S3. */
export const recordedEnvironment: Environment = {
  name: 'dev',
  accountId: '111122223333',
  region: 'ap-northeast-2',
  state: { kind: 's3', bucket: stateBucket, region: 'ap-northeast-2', keyPrefix: 'gateway' },
  tags: { team: 'messaging' },
  encryption: 'customer-key',
  manageAccountLogging: true,
  monitoring: {},
  callbackReceiver: { callbacks: [orders, payments] },
  websocketReply: { connectAuthorization: 'AWS_IAM' },
  subscriberPipe: {
    subscriptions: [
      {
        name: 'orders-archive',
        source: { callback: 'orders' },
        subscriber: { kind: 's3-archive', messageKeyField: 'orderId' },
      },
      {
        name: 'payments-server',
        source: { callback: 'payments' },
        subscriber: {
          kind: 'https',
          url: 'https://subscriber.example.com/payments',
          authorization: { kind: 'api-key', header: 'X-Api-Key' },
        },
      },
    ],
  },
  deploymentRoles: { github: { repository: 'example/message-gateways' } },
};

/** The same with whatever can be changed in place changed, a callback replaced by another, and a tag more and one less. */
export const changedEnvironment: Environment = {
  ...recordedEnvironment,
  tags: { 'cost-center': 'messaging' },
  logRetentionDays: 90,
  monitoring: { thresholds: { oldestMessageMinutes: 30, clientErrorPercent: 20 } },
  callbackReceiver: {
    throttling: { rateLimit: 50, burstLimit: 100 },
    callbacks: [
      {
        ...orders,
        allowList: ['198.51.100.0/24'],
        schema: { ...orders.schema, description: 'An order' },
        headerAttributes: [],
        response: 'message-id',
        queue: {
          kind: 'fifo',
          messageGroupId: { from: 'body', field: 'orderId' },
          consumerTimeoutSeconds: 60,
          retentionDays: 12,
        },
      },
      { ...payments, name: 'refunds', path: '/refunds' },
    ],
  },
  websocketReply: {
    throttling: { rateLimit: 50, burstLimit: 100 },
    queue: { kind: 'fifo', messageGroupId: { from: 'connection' }, retentionDays: 5 },
    functionTimeoutSeconds: 60,
    functionMemoryMegabytes: 512,
    maximumConcurrency: 20,
  },
  subscriberPipe: {
    subscriptions: [
      {
        name: 'orders-archive',
        source: { callback: 'orders' },
        subscriber: { kind: 's3-archive' },
        filter: [{ body: { orderId: [{ exists: true }] } }],
      },
      {
        name: 'payments-server',
        source: { callback: 'refunds' },
        subscriber: {
          kind: 'https',
          url: 'https://subscriber.example.com/refunds',
          authorization: { kind: 'api-key', header: 'X-Other-Key' },
          rateLimitPerSecond: 20,
        },
      },
    ],
  },
};
