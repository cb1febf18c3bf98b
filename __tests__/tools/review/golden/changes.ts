import type {
  CallbackSettings,
  Environment,
  SubscriptionSettings,
} from '../../../../environments/environment';
import { dev } from '../../../fixtures/environments/dev';
import { prod } from '../../../fixtures/environments/prod';

/** A change as someone makes it in a pull request. */
export interface GoldenChange {
  /** The file of its review, without `.md`. */
  readonly name: string;
  readonly base: readonly Environment[];
  readonly head: readonly Environment[];
  /** Of the AWS provider, where the change renews the lock. */
  readonly provider?: string;
  readonly verdict: 'fine' | 'attention' | 'broken';
}

const shipped = [dev, prod];

type Callbacks = readonly CallbackSettings[];

const withCallbacks = (
  environment: Environment,
  change: (callbacks: Callbacks) => Callbacks,
): Environment => {
  const { callbackReceiver } = environment;
  if (!callbackReceiver) throw new Error(`${environment.name} receives no callbacks`);
  return {
    ...environment,
    callbackReceiver: { ...callbackReceiver, callbacks: change(callbackReceiver.callbacks) },
  };
};

const withCallback = (
  environment: Environment,
  name: string,
  change: Partial<CallbackSettings>,
): Environment =>
  withCallbacks(environment, (callbacks) =>
    callbacks.map((callback) => (callback.name === name ? { ...callback, ...change } : callback)),
  );

const withSubscription = (environment: Environment, subscription: SubscriptionSettings): Environment => ({
  ...environment,
  subscriberPipe: {
    subscriptions: [...(environment.subscriberPipe?.subscriptions ?? []), subscription],
  },
});

const refunds: CallbackSettings = {
  name: 'refunds',
  path: '/payments/refunds',
  allowList: ['198.51.100.7/32'],
  schema: {
    $schema: 'http://json-schema.org/draft-04/schema#',
    type: 'object',
    required: ['refundId'],
    properties: { refundId: { type: 'string' } },
  },
};

const deliveryResults = (environment: Environment): CallbackSettings => {
  const found = environment.callbackReceiver?.callbacks.find(({ name }) => name === 'delivery-results');
  if (!found) throw new Error('no delivery-results');
  return found;
};

const withoutReplies = ({ websocketReply: _, ...environment }: Environment): Environment => environment;

/** Everything that is called so is called otherwise, as a team would rename it. */
const renamed = (environment: Environment, from: string, to: string): Environment => ({
  ...withCallback(environment, from, { name: to }),
  subscriberPipe: {
    subscriptions: (environment.subscriberPipe?.subscriptions ?? []).map((subscription) =>
      'callback' in subscription.source && subscription.source.callback === from
        ? { ...subscription, source: { callback: to } }
        : subscription,
    ),
  },
});

const many = (count: number): CallbackSettings[] =>
  Array.from({ length: count }, (_, index) => ({
    ...refunds,
    name: `refunds-${index + 1}`,
    path: `/refunds/${index + 1}`,
  }));

export const goldenChanges: readonly GoldenChange[] = [
  { name: 'no-change', base: shipped, head: shipped, verdict: 'fine' },
  {
    name: 'add-a-callback',
    base: shipped,
    head: [dev, withCallbacks(prod, (callbacks) => [...callbacks, refunds])],
    verdict: 'attention',
  },
  {
    name: 'widen-an-allow-list',
    base: shipped,
    head: [dev, withCallback(prod, 'payment-events', { allowList: ['198.51.100.0/24', '2001:db8:7::/48'] })],
    verdict: 'attention',
  },
  {
    name: 'narrow-an-allow-list',
    base: shipped,
    head: [withCallback(dev, 'delivery-results', { allowList: ['203.0.113.0/25'] }), prod],
    verdict: 'fine',
  },
  {
    name: 'drop-a-queue',
    base: shipped,
    head: [dev, withCallbacks(prod, (callbacks) => callbacks.filter(({ name }) => name !== 'inbound-sms'))],
    verdict: 'attention',
  },
  {
    name: 'change-a-schema',
    base: shipped,
    head: [
      withCallback(dev, 'delivery-results', {
        schema: {
          ...deliveryResults(dev).schema,
          required: [...(deliveryResults(dev).schema.required as string[]), 'TELRES'],
        },
      }),
      prod,
    ],
    // The recorded callbacks that the rehearsal posts lack it.
    verdict: 'broken',
  },
  {
    name: 'add-a-key',
    base: shipped,
    head: [{ ...dev, encryption: 'customer-key' }, prod],
    verdict: 'attention',
  },
  {
    name: 'rename-a-callback',
    base: shipped,
    head: [dev, renamed(prod, 'payment-events', 'payments')],
    verdict: 'attention',
  },
  {
    name: 'new-subscriber',
    base: shipped,
    head: [
      dev,
      withSubscription(prod, {
        name: 'inbound-sms',
        source: { callback: 'inbound-sms' },
        subscriber: {
          kind: 'https',
          url: 'https://crm.example.com/inbound-sms',
          authorization: { kind: 'api-key', header: 'X-Api-Key' },
        },
      }),
    ],
    verdict: 'attention',
  },
  {
    name: 'change-of-region',
    base: shipped,
    head: [{ ...dev, region: 'ap-northeast-1' }, prod],
    verdict: 'attention',
  },
  { name: 'provider-upgrade', base: shipped, head: shipped, provider: '6.2.0', verdict: 'attention' },
  {
    name: 'shorter-retention',
    base: shipped,
    head: [dev, withCallback(prod, 'delivery-results', { queue: { kind: 'standard', retentionDays: 3 } })],
    verdict: 'attention',
  },
  {
    name: 'a-stack-goes',
    base: shipped,
    head: [withoutReplies(dev), prod],
    verdict: 'attention',
  },
  {
    name: '500-resources',
    base: shipped,
    head: [withCallbacks(dev, (callbacks) => [...callbacks, ...many(40)]), prod],
    verdict: 'attention',
  },
];
