import { expect, test } from 'vitest';
import type { StoredObject } from '../../../../tools/rehearse/s3/object-store';
import type {
  Network,
  NetworkFault,
  NetworkRequest,
  NetworkResponse,
} from '../../../../tools/rehearse/simulation/network';
import type { Session } from '../../../../tools/rehearse/world/access';
import { executeApiHost } from '../../../../tools/rehearse/world/connections-endpoint';
import { webSocketApi } from './example-apis';
import { exampleClient } from './example-gateway';
import {
  allow,
  at,
  denyAll,
  policyText,
  queue,
  queueArn,
  type Resources,
  role,
  roleArn,
  together,
} from './example-stacks';
import { signed, systemWith, worldOf } from './example-world';

const bucket = 'dev-archive';
const objects = `arn:aws:s3:::${bucket}/*`;

const bucketPolicy = (...statements: readonly Readonly<Record<string, unknown>>[]) => ({
  aws_s3_bucket_policy: { b: { bucket, policy: policyText(...statements) } },
});

/** A world with a WebSocket API and a bucket, and a function's role that may use both. */
function cloud(resources: Resources = {}, options: Parameters<typeof worldOf>[1] = {}) {
  const system = systemWith(
    together(
      queue('messages', { fifo_queue: true }),
      role('sender', 'apigateway.amazonaws.com', [allow('sqs:SendMessage', '*')]),
      webSocketApi('messages.fifo'),
      { aws_s3_bucket: { b: { bucket } } },
      role('worker', 'lambda.amazonaws.com', [
        allow('execute-api:ManageConnections', '*'),
        allow('s3:PutObject', objects),
      ]),
      resources,
    ),
  );
  const stored: StoredObject[] = [];
  const { world, pass } = worldOf(system, { stored: (object) => stored.push(object), ...options });
  const session = world.access.assumeRole('lambda.amazonaws.com', {
    roleArn: roleArn('worker'),
    sessionName: 's',
    context: {},
  }) as Session;
  const credentials = world.credentials.issue(session);
  const [api] = system.webSocketApis;
  const gateway = api && world.gateways.get(api);
  if (!gateway) throw new Error('no gateway');
  const ask = async (request: Partial<NetworkRequest>): Promise<NetworkResponse | NetworkFault> => {
    let outcome: NetworkResponse | NetworkFault | undefined;
    world.network(
      {
        protocol: 'https',
        method: 'POST',
        host: '',
        path: '/',
        headers: new Map(),
        body: Buffer.alloc(0),
        ...request,
      },
      (came) => {
        outcome = came;
      },
    );
    await pass();
    if (outcome === undefined) throw new Error('no outcome');
    return outcome;
  };
  const statusOf = (outcome: NetworkResponse | NetworkFault) =>
    typeof outcome === 'string' ? outcome : outcome.status;
  return {
    world,
    stored,
    client: () => exampleClient(gateway),
    ask,
    reply: async (connectionId: string, body: string, method = 'POST') =>
      statusOf(
        await ask({
          method,
          host: executeApiHost(gateway.api.id, at),
          path: `/v1/@connections/${encodeURIComponent(connectionId)}`,
          headers: signed(credentials, { service: 'execute-api', region: at.region }),
          body: Buffer.from(body),
        }),
      ),
    put: async (messageId?: string, changes: Partial<NetworkRequest> = {}, service = 's3') =>
      statusOf(
        await ask({
          method: 'PUT',
          host: `${bucket}.s3.${at.region}.amazonaws.com`,
          path: '/key.json?x-id=PutObject',
          headers: new Map([
            ...signed(credentials, { service, region: at.region }),
            ...(messageId === undefined ? [] : ([['x-amz-meta-message-id', messageId]] as const)),
          ]),
          body: Buffer.from('content'),
          ...changes,
        }),
      ),
  };
}

test('a reply reaches its client, and the message that it names is delivered', async () => {
  const { world, client, reply } = cloud();
  const { connectionId, send, received } = client();
  const { requestId } = send('{}');

  expect(await reply(connectionId, JSON.stringify({ requestId }))).toBe(200);
  expect(received).toEqual([JSON.stringify({ requestId })]);
  expect(world.ledger.fateOf(requestId)).toBe('delivered');
});

test('a message whose client is gone is dropped', async () => {
  const { world, client, reply } = cloud();
  const { connectionId, send, close } = client();
  const { requestId } = send('{}');
  close();

  expect(await reply(connectionId, JSON.stringify({ requestId }))).toBe(410);
  expect(world.ledger.fateOf(requestId)).toBe('dropped');
});

test.each([
  ['names nothing', '{}'],
  ['names something else', '{"requestId":7}'],
  ['is no JSON', 'pong'],
  ['is JSON and no object', 'null'],
])('a reply that %s delivers nothing, and reaches its client', async (_what, body) => {
  const { world, client, reply } = cloud();
  const { connectionId, send, received } = client();
  const { requestId } = send('{}');

  expect(await reply(connectionId, body)).toBe(200);
  expect(received).toEqual([body]);
  expect(world.ledger.fateOf(requestId)).toBeUndefined();
});

test('only a reply that is sent delivers', async () => {
  const { world, client, reply } = cloud();
  const { connectionId, send } = client();
  const { requestId } = send('{}');
  const body = JSON.stringify({ requestId });

  expect(await reply(connectionId, body, 'GET')).toBe(200);
  expect(await reply('no id', body)).toBe(400);
  expect(world.ledger.fateOf(requestId)).toBeUndefined();
});

test('a reply whose answer is lost has been delivered', async () => {
  const { world, client, reply } = cloud({}, { faults: { connections: () => ({ kind: 'answer-lost' }) } });
  const { connectionId, send } = client();
  const { requestId } = send('{}');

  expect(await reply(connectionId, JSON.stringify({ requestId }))).toBe('ECONNRESET');
  expect(world.ledger.fateOf(requestId)).toBe('delivered');
});

test('a fault of connections is none of S3, and the other way round', async () => {
  const reset = () => ({ kind: 'reset' as const });
  const one = cloud({}, { faults: { connections: reset } });
  const other = cloud({}, { faults: { s3: reset } });

  expect([await one.reply(one.client().connectionId, '{}'), await one.put()]).toEqual(['ECONNRESET', 200]);
  expect([await other.reply(other.client().connectionId, '{}'), await other.put()]).toEqual([
    200,
    'ECONNRESET',
  ]);
});

test('an object delivers the message that it names', async () => {
  const { world, stored, put } = cloud();
  const messageId = world.putOn(queueArn('messages.fifo'), 'hello');

  expect(await put(messageId)).toBe(200);
  expect(stored).toMatchObject([{ bucket, key: 'key.json', body: Buffer.from('content') }]);
  expect(world.ledger.fateOf(messageId)).toBe('delivered');
});

test('an object that names no message delivers none', async () => {
  const { world, stored, put } = cloud();
  const messageId = world.putOn(queueArn('messages.fifo'), 'hello');

  expect(await put()).toBe(200);
  expect(stored).toHaveLength(1);
  expect(world.ledger.fateOf(messageId)).toBeUndefined();
});

test.each<[string, Resources, string]>([
  [
    'its role does not say so',
    {
      aws_iam_role_policy: { worker: { policy: policyText(allow('s3:PutObject', 'arn:aws:s3:::other/*')) } },
    },
    'dev: aws_iam_role_policy.worker',
  ],
  [
    'the bucket denies it',
    bucketPolicy(denyAll('s3:PutObject', objects, { Sid: 'Closed' })),
    'dev: aws_s3_bucket_policy.b, statement Closed',
  ],
])('who may not write to a bucket because %s writes nothing', async (_why, resources, place) => {
  const { world, stored, put } = cloud(resources);

  expect(await put()).toBe(403);
  expect(stored).toEqual([]);
  expect(world.access.denials).toMatchObject([
    { actor: roleArn('worker'), action: 's3:PutObject', resource: `arn:aws:s3:::${bucket}/key.json`, place },
  ]);
});

test('a bucket knows whether a request comes through TLS', async () => {
  const { put } = cloud(
    bucketPolicy(denyAll('s3:*', objects, { Condition: { Bool: { 'aws:SecureTransport': 'false' } } })),
  );

  expect([await put(), await put(undefined, { protocol: 'http' })]).toEqual([200, 403]);
});

test('a request to a bucket is signed for S3', async () => {
  const { stored, put } = cloud();

  expect([await put(undefined, {}, 'execute-api'), await put(undefined, { headers: new Map() })]).toEqual([
    403, 403,
  ]);
  expect(stored).toEqual([]);
});

test('servers beyond AWS are reached by their host, and no others', async () => {
  const asked: string[] = [];
  const server: Network = ({ path }, answer) => {
    asked.push(path);
    answer({ status: 204, headers: new Map(), body: Buffer.alloc(0) });
    return () => {};
  };
  const { ask } = cloud({}, { servers: new Map([['subscriber.example.com', server]]) });

  expect(await ask({ host: 'subscriber.example.com', path: '/x' })).toMatchObject({ status: 204 });
  expect(await ask({ host: 'other.example.com' })).toBe('ENOTFOUND');
  expect(asked).toEqual(['/x']);
});
