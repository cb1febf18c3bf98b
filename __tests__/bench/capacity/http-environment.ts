import type { Environment } from '../../../environments/environment';

/** The environments that are shipped have no HTTP API. Callers need no token: making one takes longer than all else. */
export const httpEnvironment: Environment = {
  name: 'http',
  accountId: '111122223333',
  region: 'ap-northeast-2',
  state: { kind: 'local' },
  httpCallbackReceiver: { callbacks: [{ name: 'events', path: '/events' }] },
  subscriberPipe: {
    subscriptions: [
      { name: 'events-archive', source: { callback: 'events' }, subscriber: { kind: 's3-archive' } },
    ],
  },
};
