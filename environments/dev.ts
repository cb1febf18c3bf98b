import type { Environment } from './environment';
import { bizppurioDeliveryResult } from './schemas/bizppurio-delivery-result';

/** The smallest whole system: all three flows, state on this machine, AWS's example account. */
export const dev: Environment = {
  name: 'dev',
  accountId: '111122223333',
  region: 'ap-northeast-2',
  state: { kind: 'local' },
  manageAccountLogging: true,
  callbackReceiver: {
    callbacks: [
      {
        name: 'delivery-results',
        path: '/bizppurio/delivery-results',
        // Documentation addresses: put the sender's here.
        allowList: ['203.0.113.0/24'],
        schema: bizppurioDeliveryResult,
      },
    ],
  },
  websocketReply: {},
  subscriberPipe: {
    subscriptions: [
      {
        name: 'delivery-results-archive',
        source: { callback: 'delivery-results' },
        subscriber: { kind: 's3-archive', messageKeyField: 'MSGID' },
      },
    ],
  },
};
