import type { Environment } from './environment';
import { bizppurioDeliveryResult } from './schemas/bizppurio-delivery-result';

/** Several callbacks, keys of our own, state in HCP Terraform, and an HTTPS server as subscriber. */
export const prod: Environment = {
  name: 'prod',
  accountId: '444455556666',
  region: 'ap-northeast-2',
  state: { kind: 'hcp-terraform', organization: 'example-org', project: 'message-gateways' },
  tags: { 'cost-center': 'messaging' },
  encryption: 'customer-key',
  logRetentionDays: 365,
  alarmTopicArn: 'arn:aws:sns:ap-northeast-2:444455556666:on-call',
  callbackReceiver: {
    throttling: { rateLimit: 500, burstLimit: 1000 },
    callbacks: [
      {
        name: 'delivery-results',
        path: '/bizppurio/delivery-results',
        allowList: ['203.0.113.0/24'],
        schema: bizppurioDeliveryResult,
        queue: { kind: 'standard', retentionDays: 13 },
      },
      {
        name: 'payment-events',
        path: '/payments/events',
        allowList: ['198.51.100.7/32', '2001:db8:7::/48'],
        schema: {
          $schema: 'http://json-schema.org/draft-04/schema#',
          type: 'object',
          required: ['eventId', 'orderId', 'status'],
          properties: {
            eventId: { type: 'string', pattern: '^[!-~]{1,128}$' },
            orderId: { type: 'string', pattern: '^[!-~]{1,128}$' },
            status: { enum: ['authorized', 'captured', 'refunded', 'failed'] },
          },
        },
        headerAttributes: [{ header: 'X-Signature', attribute: 'signature', required: true }],
        // The events of one order stay in order; an event that is sent twice counts once.
        queue: {
          kind: 'fifo',
          messageGroupId: { from: 'body', field: 'orderId' },
          messageDeduplicationId: { from: 'body', field: 'eventId' },
        },
        response: 'message-id',
      },
      {
        name: 'inbound-sms',
        path: '/carrier/inbound-sms',
        allowList: ['198.51.100.0/26'],
        schema: {
          $schema: 'http://json-schema.org/draft-04/schema#',
          type: 'object',
          required: ['from', 'text'],
        },
        // An older sender posts forms.
        contentTypes: ['application/json', 'application/x-www-form-urlencoded', 'text/plain'],
        headerAttributes: [{ header: 'X-Carrier-Id', attribute: 'carrierId' }],
      },
    ],
  },
  websocketReply: {
    connectAuthorization: 'AWS_IAM',
    throttling: { rateLimit: 500, burstLimit: 1000 },
    maximumConcurrency: 50,
  },
  subscriberPipe: {
    subscriptions: [
      {
        name: 'delivery-results',
        source: { callback: 'delivery-results' },
        subscriber: {
          kind: 'https',
          url: 'https://subscriber.example.com/bizppurio/delivery-results',
          authorization: { kind: 'api-key', header: 'X-Api-Key' },
          rateLimitPerSecond: 50,
        },
      },
      {
        name: 'payment-events-archive',
        source: { callback: 'payment-events' },
        subscriber: { kind: 's3-archive', messageKeyField: 'eventId' },
      },
    ],
  },
};
