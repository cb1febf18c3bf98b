import type {
  CallbackSettings,
  Environment,
  WebSocketReplySettings,
} from '../../../environments/environment';
import { environments } from '../../fixtures/environments';

const base: Environment = {
  ...(environments[0] as Environment),
  callbackReceiver: undefined,
  websocketReply: undefined,
  subscriberPipe: undefined,
} as unknown as Environment;

const id = { type: 'string', pattern: '^[!-~]{1,128}$' };

const schema = {
  $schema: 'http://json-schema.org/draft-04/schema#',
  type: 'object',
  required: ['id', 'tenant'],
  properties: { id, tenant: id },
};

const callback = (name: string, settings: Partial<CallbackSettings> = {}): CallbackSettings => ({
  name,
  path: `/${name}`,
  allowList: ['203.0.113.0/24'],
  schema,
  ...settings,
});

const queueArn = (name: string, accountId = '111122223333') =>
  `arn:aws:sqs:ap-northeast-2:${accountId}:${name}`;
const keyArn = (accountId = '111122223333') =>
  `arn:aws:kms:ap-northeast-2:${accountId}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const certificateArn =
  'arn:aws:acm:ap-northeast-2:111122223333:certificate/1234abcd-12ab-34cd-56ef-1234567890ab';
const secretArn = (name: string) =>
  `arn:aws:secretsmanager:ap-northeast-2:111122223333:secret:gateway/${name}-a1B2c3`;
const functionArn = 'arn:aws:lambda:ap-northeast-2:111122223333:function:theirs';

const webSocket = (
  websocketReply: WebSocketReplySettings,
  encryption: Environment['encryption'] = 'sqs-managed',
) => ({
  ...base,
  encryption,
  websocketReply,
});

/** Environments that, with the one that has every option on, use every variant of every option that changes a flow. */
export const variants: Readonly<Record<string, Environment>> = {
  'callbacks: queues, ids, content types, responses, allow-lists': {
    ...base,
    callbackReceiver: {
      callbacks: [
        callback('standard'),
        callback('fifo-constant', {
          queue: { kind: 'fifo', messageGroupId: { from: 'constant', value: 'all' } },
        }),
        callback('fifo-header', {
          queue: { kind: 'fifo', messageGroupId: { from: 'header', name: 'X-Tenant' } },
        }),
        callback('fifo-body', {
          queue: {
            kind: 'fifo',
            messageGroupId: { from: 'body', field: 'tenant' },
            messageDeduplicationId: { from: 'body', field: 'id' },
          },
        }),
        callback('existing', { queue: { kind: 'existing', arn: queueArn('theirs') } }),
        callback('existing-fifo', {
          queue: {
            kind: 'existing',
            arn: queueArn('theirs.fifo'),
            keyArn: keyArn(),
            messageGroupId: { from: 'body', field: 'tenant' },
          },
        }),
        callback('plain-types', {
          contentTypes: ['text/plain', 'application/x-www-form-urlencoded'],
          response: 'message-id',
        }),
        callback('open', { allowList: ['0.0.0.0/0', '::/0'] }),
      ],
    },
  },
  'callers: keys with quota, signatures of both accounts, a web ACL': {
    ...base,
    callbackReceiver: {
      webAclArn:
        'arn:aws:wafv2:ap-northeast-2:111122223333:regional/webacl/edge/1234abcd-12ab-34cd-56ef-1234567890ab',
      callbacks: [
        callback('keyed', { apiKey: { quota: { requests: 3, period: 'DAY' } } }),
        callback('signed', {
          authorization: {
            kind: 'aws-iam',
            callerRoleArns: [
              'arn:aws:iam::444455556666:role/partner/sender',
              'arn:aws:iam::111122223333:role/sender',
            ],
          },
        }),
        callback('signed-and-keyed', {
          authorization: { kind: 'aws-iam', callerRoleArns: ['arn:aws:iam::111122223333:role/sender'] },
          apiKey: {
            throttling: { rateLimit: 1, burstLimit: 5 },
            quota: { requests: 1_000_000, period: 'MONTH' },
          },
          allowList: ['2001:db8::/32'],
        }),
      ],
    },
  },
  'callers: a private API, with signatures and keys': {
    ...base,
    callbackReceiver: {
      privateEndpoint: { vpcEndpointIds: ['vpce-0123456789abcdef0', 'vpce-01234567'] },
      callbacks: [
        callback('plain', { allowList: ['10.0.0.0/8', 'fd12:3456:789a::/48'] }),
        callback('signed', {
          allowList: ['10.1.0.0/16'],
          authorization: { kind: 'aws-iam', callerRoleArns: ['arn:aws:iam::444455556666:role/sender'] },
          apiKey: { quota: { requests: 10, period: 'WEEK' } },
        }),
      ],
    },
  },
  'callbacks with HMAC signatures, in a pipeline’s boundary': {
    ...base,
    state: { kind: 's3', bucket: 'states', region: 'ap-northeast-2' },
    deploymentRoles: { github: { repository: 'example/gateways' } },
    callbackReceiver: {
      callbacks: [
        callback('signed', { authorization: { kind: 'hmac', secretArn: secretArn('one') } }),
        callback('signed-with-key', {
          allowList: ['192.0.2.0/24'],
          authorization: {
            kind: 'hmac',
            secretArn: secretArn('two'),
            keyArn: keyArn(),
            toleranceSeconds: 60,
          },
          queue: {
            kind: 'fifo',
            messageGroupId: { from: 'body', field: 'tenant' },
            messageDeduplicationId: { from: 'header', name: 'X-Body-Sha256' },
          },
        }),
      ],
    },
  },
  'WebSocket on a standard queue': webSocket({ queue: { kind: 'standard' } }),
  'WebSocket grouped by connection, connect without authorization': webSocket({
    queue: { kind: 'fifo', messageGroupId: { from: 'connection' } },
    connectAuthorization: 'NONE',
  }),
  'WebSocket in one group, told apart by a field, with a key, signed, answered at once': webSocket(
    {
      acknowledgement: true,
      queue: {
        kind: 'fifo',
        messageGroupId: { from: 'constant', value: 'all' },
        messageDeduplicationId: { from: 'body', field: 'id' },
      },
      connectAuthorization: 'AWS_IAM',
    },
    'customer-key',
  ),
  'WebSocket grouped by one field, told apart by another': webSocket({
    queue: {
      kind: 'fifo',
      messageGroupId: { from: 'body', field: 'room' },
      messageDeduplicationId: { from: 'body', field: 'id' },
    },
  }),
  'acknowledgement without a model, on a standard queue with a key': webSocket(
    { acknowledgement: true, queue: { kind: 'standard' } },
    'customer-key',
  ),
  'binaryContentTypes: bytes in base64, to subscribers too': {
    ...base,
    callbackReceiver: {
      callbacks: [
        callback('scans', { binaryContentTypes: ['application/pdf'], response: 'message-id' }),
        callback('faxes', {
          binaryContentTypes: ['image/tiff'],
          contentTypes: ['text/plain'],
          queue: { kind: 'fifo', messageGroupId: { from: 'constant', value: 'all' } },
        }),
      ],
    },
    subscriberPipe: {
      subscriptions: [
        {
          name: 'scans-out',
          source: { callback: 'scans' },
          subscriber: {
            kind: 'https',
            url: 'https://one.example.com/scans',
            authorization: { kind: 'api-key', header: 'X-Key' },
          },
          inputTemplate:
            '{"id":<$.messageId>,"scan":<$.body>,"encoding":"<$.messageAttributes.bodyEncoding.stringValue>"}',
        },
      ],
    },
  },
  'consumerRoleArns: queues that roles of other accounts consume': {
    ...base,
    encryption: 'customer-key',
    callbackReceiver: {
      callbacks: [
        callback('two', {
          queue: {
            kind: 'standard',
            consumerRoleArns: [
              'arn:aws:iam::444455556666:role/consumer',
              'arn:aws:iam::777788889999:role/teams/other-consumer',
            ],
          },
        }),
        callback('ordered', {
          queue: {
            kind: 'fifo',
            messageGroupId: { from: 'body', field: 'tenant' },
            consumerRoleArns: ['arn:aws:iam::444455556666:role/consumer'],
          },
        }),
        callback('theirs', {
          queue: {
            kind: 'existing',
            arn: queueArn('theirs', '444455556666'),
            keyArn: keyArn('444455556666'),
          },
        }),
      ],
    },
  },
  'consumerRoleArns with keys of SQS': {
    ...base,
    callbackReceiver: {
      callbacks: [
        callback('one', {
          queue: { kind: 'standard', consumerRoleArns: ['arn:aws:iam::444455556666:role/consumer'] },
        }),
      ],
    },
  },
  'subscriptions: HTTPS with each authorization, functions, archives, filter, input template, queues of others':
    {
      ...base,
      encryption: 'customer-key',
      callbackReceiver: {
        callbacks: [
          ...['oauth', 'basic', 'filtered', 'template'].map((name) => callback(name)),
          callback('ordered', { queue: { kind: 'fifo', messageGroupId: { from: 'body', field: 'tenant' } } }),
        ],
      },
      subscriberPipe: {
        subscriptions: [
          {
            name: 'oauth-out',
            source: { callback: 'oauth' },
            subscriber: {
              kind: 'https',
              url: 'https://one.example.com/a',
              authorization: {
                kind: 'oauth-client-credentials',
                tokenUrl: 'https://auth.example.com/token',
                clientId: 'me',
                scope: 'deliver',
              },
            },
          },
          {
            name: 'basic-out',
            source: { callback: 'basic' },
            subscriber: {
              kind: 'https',
              url: 'https://one.example.com/b',
              method: 'PUT',
              authorization: { kind: 'basic', username: 'me' },
              headers: { 'X-From': 'gateway' },
            },
          },
          {
            name: 'filtered-out',
            source: { callback: 'filtered' },
            subscriber: {
              kind: 'https',
              url: 'https://two.example.com/',
              authorization: { kind: 'api-key', header: 'X-Key' },
            },
            filter: [{ body: { tenant: [{ exists: true }] } }],
          },
          {
            name: 'template-out',
            source: { callback: 'template' },
            subscriber: {
              kind: 'https',
              url: 'https://three.example.com/',
              authorization: { kind: 'api-key', header: 'X-Key' },
            },
            inputTemplate: '{"who":<$.body.tenant>,"id":<$.messageId>}',
          },
          {
            name: 'ordered-out',
            source: { callback: 'ordered' },
            subscriber: {
              kind: 'https',
              url: 'https://four.example.com/',
              authorization: { kind: 'api-key', header: 'X-Key' },
            },
          },
          {
            name: 'theirs-out',
            source: { queueArn: queueArn('other'), keyArn: keyArn() },
            subscriber: { kind: 's3-archive' },
          },
          {
            name: 'theirs-ordered-out',
            source: { queueArn: queueArn('other.fifo') },
            subscriber: { kind: 'lambda', functionArn },
          },
        ],
      },
    },
  'domain: with base paths, mutual TLS, certificates made and given, no other way in': {
    ...base,
    callbackReceiver: {
      disableExecuteApiEndpoint: true,
      domain: {
        name: 'gw.example.com',
        basePath: 'in/events',
        hostedZoneId: 'Z0123456789ABCDEFGHIJ',
        mutualTls: { truststoreUri: 's3://trusted/authorities.pem' },
      },
      callbacks: [callback('orders')],
    },
    websocketReply: {
      disableExecuteApiEndpoint: true,
      domain: { name: 'ws.example.com', basePath: 'chat', certificateArn },
    },
  },
  httpCallbackReceiver: {
    ...base,
    encryption: 'customer-key',
    httpCallbackReceiver: {
      cors: { allowOrigins: ['https://shop.example.com'] },
      callbacks: [
        { name: 'open', path: '/open' },
        {
          name: 'signed',
          path: '/signed/orders',
          jwt: { issuer: 'https://login.example.com/', audience: ['gateway'], scopes: ['orders:write'] },
          queue: {
            kind: 'fifo',
            messageGroupId: { from: 'header', name: 'X-Tenant' },
            messageDeduplicationId: { from: 'body', field: 'id' },
          },
        },
        {
          name: 'grouped',
          path: '/grouped',
          jwt: { issuer: 'https://login.example.com/', audience: ['gateway', 'other'] },
          queue: { kind: 'fifo', messageGroupId: { from: 'constant', value: 'all' } },
        },
        {
          name: 'theirs',
          path: '/theirs',
          queue: {
            kind: 'existing',
            arn: queueArn('theirs.fifo'),
            keyArn: keyArn(),
            messageGroupId: { from: 'body', field: 'tenant' },
          },
        },
      ],
    },
    subscriberPipe: {
      subscriptions: [
        {
          name: 'theirs-out',
          source: { callback: 'theirs' },
          subscriber: { kind: 'lambda', functionArn },
        },
        {
          name: 'signed-out',
          source: { callback: 'signed' },
          subscriber: { kind: 'lambda', functionArn },
        },
        {
          name: 'open-out',
          source: { callback: 'open' },
          subscriber: {
            kind: 'https',
            url: 'https://api.example.com/open',
            authorization: { kind: 'api-key', header: 'X-Api-Key' },
          },
        },
      ],
    },
  },
};
