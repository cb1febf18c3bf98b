import { type Fault, faultsOf } from '../../environments/checks';
import type { Environment } from '../../environments/environment';

const orderSchema = {
  $schema: 'http://json-schema.org/draft-04/schema#',
  type: 'object',
  required: ['orderId', 'eventId'],
  properties: { orderId: { type: 'string' }, eventId: { type: 'string' }, note: { type: 'string' } },
};

/** An environment that uses every setting there is that goes with the others, and has no fault. */
export const everySetting: Environment = {
  name: 'test',
  accountId: '111122223333',
  region: 'ap-northeast-2',
  state: { kind: 's3', bucket: 'states-of-example', region: 'eu-west-1', keyPrefix: 'messages/test' },
  tags: { 'cost-center': 'messaging' },
  encryption: 'customer-key',
  logRetentionDays: 90,
  alarmTopicArn: 'arn:aws:sns:ap-northeast-2:111122223333:on-call',
  manageAccountLogging: true,
  monitoring: {
    thresholds: {
      oldestMessageMinutes: 1_440,
      serverErrorPercent: 0.5,
      clientErrorPercent: 100,
      integrationLatencyMilliseconds: 30_000,
      throttledRequests: 10,
      pipeStoppedMinutes: 5,
    },
  },
  callbackReceiver: {
    stageName: 'v2',
    throttling: { rateLimit: 0.5, burstLimit: 1 },
    disableExecuteApiEndpoint: false,
    nginxMirror: { resolvers: ['10.0.0.2'] },
    webAclArn:
      'arn:aws:wafv2:ap-northeast-2:111122223333:regional/webacl/edge/1234abcd-12ab-34cd-56ef-1234567890ab',
    callbacks: [
      {
        name: 'orders',
        path: '/shop/orders',
        allowList: ['203.0.113.0/24', '2001:db8::/32'],
        schema: orderSchema,
        contentTypes: ['application/json'],
        headerAttributes: [
          { header: 'X-Signature', attribute: 'signature', required: true },
          { header: 'X-Sender', attribute: 'sender' },
        ],
        response: 'message-id',
        queue: {
          kind: 'fifo',
          messageGroupId: { from: 'body', field: 'orderId' },
          messageDeduplicationId: { from: 'header', name: 'X-Event-Id' },
          consumerTimeoutSeconds: 30,
          maxReceiveCount: 1000,
          retentionDays: 13,
        },
      },
      {
        name: 'texts',
        path: '/texts',
        allowList: ['0.0.0.0/0'],
        schema: {},
        contentTypes: ['application/json', 'text/plain', 'application/x-www-form-urlencoded'],
        queue: {
          kind: 'existing',
          arn: 'arn:aws:sqs:ap-northeast-2:444455556666:shared.fifo',
          keyArn: 'arn:aws:kms:ap-northeast-2:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab',
          messageGroupId: { from: 'constant', value: 'all' },
        },
      },
      {
        name: 'plain',
        path: '/shop/plain',
        allowList: ['198.51.100.7/32'],
        schema: { type: 'object' },
        apiKey: {
          throttling: { rateLimit: 0.5, burstLimit: 1 },
          quota: { requests: 1, period: 'MONTH' },
        },
        queue: { kind: 'standard', consumerTimeoutSeconds: 7200 },
      },
    ],
  },
  websocketReply: {
    stageName: 'v1',
    throttling: { rateLimit: 100, burstLimit: 200 },
    connectAuthorization: 'AWS_IAM',
    queue: {
      kind: 'fifo',
      messageGroupId: { from: 'connection' },
      messageDeduplicationId: { from: 'body', field: 'id' },
      maxReceiveCount: 2,
      retentionDays: 1,
    },
    functionTimeoutSeconds: 900,
    functionMemoryMegabytes: 128,
    maximumConcurrency: 2,
  },
  subscriberPipe: {
    subscriptions: [
      {
        name: 'orders-archive',
        source: { callback: 'orders' },
        subscriber: { kind: 's3-archive', messageKeyField: 'eventId' },
      },
      {
        name: 'plain-server',
        source: { callback: 'plain' },
        subscriber: {
          kind: 'https',
          url: 'https://subscriber.example.com:8443/messages?from=queue',
          method: 'PUT',
          authorization: {
            kind: 'oauth-client-credentials',
            tokenUrl: 'https://login.example.com/token',
            clientId: 'messages',
            scope: 'write',
          },
          rateLimitPerSecond: 300,
          headers: { 'X-Source': 'messages' },
        },
        filter: [{ body: { status: ['failed', { prefix: 're' }] } }],
        inputTemplate: '{"id":<$.messageId>,"data":<$.body>}',
      },
      {
        name: 'other-function',
        source: {
          queueArn: 'arn:aws:sqs:ap-northeast-2:111122223333:other',
          keyArn: 'arn:aws:kms:ap-northeast-2:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab',
        },
        subscriber: {
          kind: 'lambda',
          functionArn: 'arn:aws:lambda:ap-northeast-2:111122223333:function:consume:live',
        },
      },
    ],
  },
  deploymentRoles: {
    github: { repository: 'example@123456/gateways@456789', branch: 'main', oidcProvider: 'create' },
  },
};

type Path = readonly (string | number)[];

/** `a.b[0]["c d"]` as keys. */
export const keysOf = (field: string): Path =>
  [...field.matchAll(/\[(\d+)\]|\["([^"]*)"\]|([^.[\]]+)/g)].map(([, index, quoted, name]) =>
    index === undefined ? (quoted ?? name ?? '') : Number(index),
  );

/** A copy with `value` at the path; `undefined` takes out what is there. */
export function changed(original: unknown, path: Path, value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const inner = (original ?? {}) as Record<string | number, unknown>;
  const next = changed(inner[key], rest, value);
  if (Array.isArray(inner)) return Object.assign([...inner], { [key]: next });
  const { [key]: _, ...others } = inner;
  return next === undefined ? others : { ...others, [key]: next };
}

/** The environment above with some fields changed. */
export const withSettings = (fields: Readonly<Record<string, unknown>>): unknown =>
  Object.entries(fields).reduce<unknown>(
    (environment, [field, value]) => changed(environment, keysOf(field), value),
    everySetting,
  );

/** The faults of the environment above with some fields changed. */
export const faultsWith = (fields: Readonly<Record<string, unknown>>): readonly Fault[] =>
  faultsOf([withSettings(fields)]);

/** Every path of the environment, those of objects and lists included. */
export function pathsOf(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [
    path,
    ...Object.entries(value).flatMap(([key, inner]) =>
      pathsOf(inner, [...path, Array.isArray(value) ? Number(key) : key]),
    ),
  ];
}
