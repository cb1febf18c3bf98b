import type {
  CallbackReceiverSettings,
  CallbackSettings,
  Environment,
  HttpCallbackReceiverSettings,
  SubscriptionSettings,
} from '../../../environments/environment';
import { everything } from '../../fixtures/everything';

export const stateBucket = 'states-of-example';

/** Of an option that the environment has. */
function given<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the environment with every option has lost one');
  return value;
}

const receiver: CallbackReceiverSettings = given(everything.callbackReceiver);
const http: HttpCallbackReceiverSettings = given(everything.httpCallbackReceiver);
const subscriptions: readonly SubscriptionSettings[] = given(everything.subscriberPipe).subscriptions;
const named = <T extends { readonly name: string }>(all: readonly T[], name: string): T =>
  given(all.find((each) => each.name === name));

/** Named after the environment, as all else is, so that another environment's can be told apart. */
const domain = <T extends { readonly name: string }>(settings: T | undefined): T => ({
  ...given(settings),
  name: `dev-${settings?.name}`,
});

/** The zone with the names of all domains, and the web ACL: both were there before. */
export const hostedZoneId = given(receiver.domain?.hostedZoneId);
export const webAclArn = given(receiver.webAclArn);

/** An environment with every option, so with every resource type that the stacks have, and its state in S3. */
export const recordedEnvironment: Environment = {
  ...everything,
  name: 'dev',
  state: { kind: 's3', bucket: stateBucket, region: 'ap-northeast-2', keyPrefix: 'gateway' },
  tags: { team: 'messaging' },
  callbackReceiver: { ...receiver, domain: domain(receiver.domain) },
  httpCallbackReceiver: { ...http, domain: domain(http.domain) },
  websocketReply: { ...everything.websocketReply, domain: domain(everything.websocketReply?.domain) },
  deploymentRoles: { github: { repository: 'example/message-gateways' } },
};

const results: CallbackSettings = named(receiver.callbacks, 'results');
const orders: CallbackSettings = named(receiver.callbacks, 'orders');
const ledger: CallbackSettings = named(receiver.callbacks, 'ledger');
const signed = given(orders.authorization?.kind === 'hmac' ? orders.authorization : undefined);
const delivered = named(subscriptions, 'results').subscriber;
const https = given(delivered.kind === 'https' ? delivered : undefined);
const { cors: _, ...withoutCors } = http;

/** The same with whatever can be changed in place changed, a callback replaced by another, and a tag more and one less. */
export const changedEnvironment: Environment = {
  ...recordedEnvironment,
  tags: { 'cost-center': 'messaging' },
  logRetentionDays: 90,
  monitoring: { thresholds: { oldestMessageMinutes: 30, clientErrorPercent: 25 } },
  callbackReceiver: {
    ...given(recordedEnvironment.callbackReceiver),
    throttling: { rateLimit: 50, burstLimit: 100 },
    domain: { ...domain(receiver.domain), basePath: 'callbacks' },
    callbacks: [
      {
        ...results,
        allowList: ['198.51.100.0/24'],
        schema: { ...results.schema, description: 'A result' },
        binaryContentTypes: ['image/png'],
        apiKey: { throttling: { rateLimit: 20, burstLimit: 40 } },
        headerAttributes: [],
        response: 'empty',
        queue: { kind: 'standard', consumerTimeoutSeconds: 90, retentionDays: 12 },
      },
      { ...orders, authorization: { ...signed, toleranceSeconds: 60 } },
      { ...ledger, name: 'refunds', path: '/refunds', apiKey: {} },
      named(receiver.callbacks, 'abroad'),
    ],
  },
  httpCallbackReceiver: {
    ...withoutCors,
    throttling: { rateLimit: 50, burstLimit: 100 },
    domain: {
      ...domain(http.domain),
      mutualTls: { ...given(http.domain?.mutualTls), truststoreVersion: 'def456' },
    },
    callbacks: [
      {
        ...named(http.callbacks, 'clicks'),
        jwt: { issuer: 'https://auth.example.com/', audience: ['other'] },
      },
      { ...named(http.callbacks, 'views'), name: 'visits', path: '/visits' },
    ],
  },
  websocketReply: {
    domain: given(recordedEnvironment.websocketReply?.domain),
    throttling: { rateLimit: 50, burstLimit: 100 },
    queue: { kind: 'fifo', messageGroupId: { from: 'connection' }, retentionDays: 5 },
    functionTimeoutSeconds: 90,
    functionMemoryMegabytes: 256,
    maximumConcurrency: 20,
  },
  subscriberPipe: {
    subscriptions: [
      {
        ...named(subscriptions, 'results'),
        subscriber: { ...https, url: 'https://subscriber.example.com/others', rateLimitPerSecond: 20 },
      },
      {
        ...named(subscriptions, 'orders-archive'),
        subscriber: { kind: 's3-archive' },
        filter: [{ body: { tenant: [{ prefix: 'a' }] } }],
      },
      named(subscriptions, 'clicks-out'),
    ],
  },
};
