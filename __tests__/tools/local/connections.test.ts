import http from 'node:http';
import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GetConnectionCommand,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { parsePolicy } from '../../../tools/iam/policy';
import { replyCredentials } from '../../../tools/local/connections';
import type { Role } from '../../../tools/rehearse/world/access-policies';
import type { TemporaryCredentials } from '../../../tools/rehearse/world/credentials';
import { type Running, run, until } from './running';

let dev: Running;
let own: TemporaryCredentials;
let client: ApiGatewayManagementApiClient;
beforeAll(async () => {
  dev = await run();
  const [api] = dev.world.system.webSocketApis;
  own = (api && replyCredentials(dev.world, api)) as TemporaryCredentials;
  client = clientWith(own);
});

const clients: ApiGatewayManagementApiClient[] = [];
afterAll(() => {
  for (const each of clients) each.destroy();
});

function clientWith(credentials: TemporaryCredentials, region = 'ap-northeast-2') {
  const made = new ApiGatewayManagementApiClient({
    endpoint: `${dev.url}/v1`,
    region,
    credentials,
    maxAttempts: 1,
  });
  clients.push(made);
  return made;
}

async function connected(): Promise<{
  readonly id: string;
  readonly received: string[];
  readonly socket: WebSocket;
}> {
  const socket = new WebSocket(`ws://127.0.0.1:${dev.port}/v1`);
  const received: string[] = [];
  socket.on('message', (data) => received.push(String(data)));
  await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject));
  // What it is told when it says nothing useful has its id.
  socket.send('{}');
  await until(() => received.length > 0);
  const { connectionId } = JSON.parse(received.shift() ?? '') as { readonly connectionId: string };
  return { id: connectionId, received, socket };
}

const failure = (sent: Promise<unknown>) =>
  sent.then(
    () => undefined,
    (error: Error & { readonly $metadata: { readonly httpStatusCode?: number } }) => [
      error.name,
      error.$metadata.httpStatusCode,
    ],
  );

const post = (id: string, text = 'hello') => new PostToConnectionCommand({ ConnectionId: id, Data: text });

it('the SDK posts to a client', async () => {
  const { id, received, socket } = await connected();
  await client.send(post(id, 'hello, 안녕'));
  await until(() => received.length > 0);
  expect(received).toEqual(['hello, 안녕']);
  socket.terminate();
});

it('the role of the function that replies may post, and no more', async () => {
  const { id, socket } = await connected();
  for (const command of [
    new GetConnectionCommand({ ConnectionId: id }),
    new DeleteConnectionCommand({ ConnectionId: id }),
  ]) {
    expect(await failure(client.send(command as GetConnectionCommand))).toEqual([
      'AccessDeniedException',
      403,
    ]);
  }
  expect(dev.lines.join('\n')).toContain('not authorized to perform: execute-api:ManageConnections');
  expect(socket.readyState).toBe(WebSocket.OPEN);
  socket.terminate();
});

it('a role that may asks for a connection and ends it; then it is gone', async () => {
  const [role] = dev.world.access.policies.roles.values();
  const able = clientWith(
    dev.world.credentials.issue({
      role: {
        ...(role as Role),
        identity: [
          parsePolicy({
            address: 'a test',
            json: JSON.stringify({
              Version: '2012-10-17',
              Statement: { Effect: 'Allow', Action: 'execute-api:ManageConnections', Resource: '*' },
            }),
          }),
        ],
      },
      principal: { kind: 'role', roleArn: (role as Role).arn, sessionName: 'test' },
    }),
  );
  const { id, socket } = await connected();
  const closed = new Promise((resolve) => socket.on('close', resolve));
  const found = await able.send(new GetConnectionCommand({ ConnectionId: id }));
  expect([found.ConnectedAt, found.LastActiveAt]).toEqual([expect.any(Date), expect.any(Date)]);
  await able.send(new DeleteConnectionCommand({ ConnectionId: id }));
  expect(await closed).toBe(1000);
  expect(await failure(able.send(new GetConnectionCommand({ ConnectionId: id })))).toEqual([
    'GoneException',
    410,
  ]);
});

it('a client that has left is gone', async () => {
  const { id, socket } = await connected();
  socket.terminate();
  await until(() => dev.lines.some((line) => line === `${id} closed with 1006`));
  expect(await failure(client.send(post(id)))).toEqual(['GoneException', 410]);
});

it('other credentials, another region, or none are refused', async () => {
  const { id, received, socket } = await connected();
  const wrong = [
    clientWith({ ...own, accessKeyId: 'AKIAIOSFODNN7EXAMPLE' }),
    clientWith({ ...own, sessionToken: 'another' }),
    clientWith(own, 'eu-west-1'),
  ];
  for (const each of wrong) expect((await failure(each.send(post(id))))?.[1]).toBe(403);
  const unsigned = await fetch(`${dev.url}/v1/@connections/${encodeURIComponent(id)}`, {
    method: 'POST',
    body: 'hello',
  });
  expect([unsigned.status, await unsigned.json()]).toEqual([
    403,
    { message: 'Missing Authentication Token' },
  ]);
  expect(received).toEqual([]);
  socket.terminate();
});

it('headers may be written in any case', async () => {
  const { id, received, socket } = await connected();
  const scope = `${own.accessKeyId}/20260101/ap-northeast-2/execute-api/aws4_request`;
  const status = await new Promise((resolve) =>
    http
      .request(`${dev.url}/v1/@connections/${encodeURIComponent(id)}`, {
        method: 'POST',
        headers: {
          Authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=${'0'.repeat(64)}`,
          'X-Amz-Security-Token': own.sessionToken,
        },
      })
      .on('response', (response) => resolve(response.resume().statusCode))
      .end('from elsewhere'),
  );
  expect(status).toBe(200);
  await until(() => received.length > 0);
  expect(received).toEqual(['from elsewhere']);
  socket.terminate();
});

it('what is no connection id is refused', async () => {
  expect(await failure(client.send(post('no id')))).toEqual(['BadRequestException', 400]);
  const response = await fetch(`${dev.url}/v1/@connections/%E0%A4%A`, { method: 'POST' });
  expect(response.status).toBe(400);
});

it('a message above 128 KB is too large', async () => {
  const { id, socket } = await connected();
  expect(await failure(client.send(post(id, 'x'.repeat(128 * 1024 + 1))))).toEqual([
    'PayloadTooLargeException',
    413,
  ]);
  socket.terminate();
});
