import { expect, test } from 'vitest';
import { exampleGateway } from './example-gateway';
import { hour, minute, second, start } from './example-world';

const quiet = { receive: () => {}, closed: () => {} };

test('a client has a connection id of its own, which looks like AWS’s', () => {
  const { client } = exampleGateway();
  const [one, two] = [client(), client()];

  expect(one.connectionId).toMatch(/^[\w-]{15}=$/);
  expect(one.connectionId).not.toBe(two.connectionId);
});

test('a client’s message goes to the queue, and the client hears nothing of it', () => {
  const { client, queue } = exampleGateway();
  const { connectionId, send, received, closed } = client();

  const { requestId, toClient, sqs } = send('{"text":"hello"}');

  expect({ toClient, status: sqs?.status, received, closed }).toEqual({
    toClient: undefined,
    status: 200,
    received: [],
    closed: [],
  });
  expect(queue.messages()).toMatchObject([
    {
      body: '{"text":"hello"}',
      messageGroupId: connectionId,
      attributes: [{ name: 'requestId', value: requestId }],
    },
  ]);
});

test('what the gateway itself answers goes to the client that sent the message', () => {
  const { api, gateway } = exampleGateway();
  const received: string[] = [];
  const [route] = api.routes;
  Object.assign(route ?? {}, { routeKey: 'other' });
  const connection = gateway.connect({ ...quiet, receive: (data) => received.push(data) });
  if ('status' in connection) throw new Error(connection.body);

  const { toClient, requestId } = connection.send('{}');

  expect(JSON.parse(toClient ?? '')).toEqual({
    message: 'Forbidden',
    connectionId: connection.connectionId,
    requestId,
  });
  expect(received).toEqual([toClient]);
});

test('where signatures are asked for only signed clients are let in', () => {
  const { gateway } = exampleGateway({ authorization_type: 'AWS_IAM' });

  expect(gateway.connect(quiet)).toEqual({
    status: 403,
    body: '{"message":"Missing Authentication Token"}',
  });
  expect(gateway.connect(quiet, { signed: true })).toHaveProperty('connectionId');
});

test('an authorizer is not simulated', () => {
  const { gateway } = exampleGateway({ authorization_type: 'CUSTOM' });

  expect(() => gateway.connect(quiet, { signed: true })).toThrow(
    'dev: aws_apigatewayv2_api.api: the authorization CUSTOM of $connect is not simulated',
  );
});

const largest = 128 * 1024;

test('a message above 128 KB ends its connection with 1009, and goes nowhere', () => {
  const { client, gateway, queue } = exampleGateway();
  const { connectionId, send, closed, received, endsAt } = client();

  const outcome = send('é'.repeat(largest / 2 + 1));

  expect(outcome).toEqual({ requestId: expect.any(String), toClient: undefined, sqs: undefined });
  expect({ closed, received, endsAt: endsAt(), queued: queue.messages() }).toEqual({
    closed: [1009],
    received: [],
    endsAt: undefined,
    queued: [],
  });
  expect(gateway.manage({ method: 'POST', body: Buffer.from('x') }, connectionId).status).toBe(410);
});

test('a message of 128 KB passes', () => {
  const { client, queue } = exampleGateway();
  const { send, closed } = client();
  send('é'.repeat(largest / 2));

  expect(closed).toEqual([]);
  expect(queue.messages()).toHaveLength(1);
});

test('a connection ends after ten minutes without a message either way', async () => {
  const { client, gateway, clock } = exampleGateway();
  const { connectionId, send, endsAt, closed } = client();
  const post = () => gateway.manage({ method: 'POST', body: Buffer.from('reply') }, connectionId).status;

  expect(endsAt()).toBe(start + 10 * minute);
  await clock.run(start + 10 * minute - 1);
  send('{}');
  expect(endsAt()).toBe(clock.now() + 10 * minute);
  await clock.run(clock.now() + 10 * minute - 1);
  expect(post()).toBe(200);
  await clock.run(clock.now() + 10 * minute);
  expect(post()).toBe(410);
  expect(closed).toEqual([1001]);
});

test('to look at a connection does not keep it', async () => {
  const { client, gateway, clock } = exampleGateway();
  const { connectionId, closed } = client();
  const get = () => gateway.manage({ method: 'GET', body: Buffer.alloc(0) }, connectionId).status;

  await clock.run(start + 9 * minute);
  expect(get()).toBe(200);
  await clock.run(start + 10 * minute);
  expect(get()).toBe(410);
  expect(closed).toEqual([1001]);
});

test('a connection ends after two hours, however much is said', async () => {
  const { client, clock } = exampleGateway();
  const { send, endsAt, closed } = client();

  while (clock.now() < start + 2 * hour - 5 * minute) {
    await clock.run(clock.now() + 5 * minute);
    send('{}');
  }
  expect(endsAt()).toBe(start + 2 * hour);
  await clock.run(start + 2 * hour);
  expect(endsAt()).toBeUndefined();
  expect(closed).toEqual([1001]);
});

test('what is sent on a connection that has ended goes nowhere', async () => {
  const { client, clock, queue } = exampleGateway();
  const [idle, gone] = [client(), client()];
  gone.close();
  await clock.run(start + 10 * minute);

  for (const { send, received } of [idle, gone]) {
    expect(send('{}')).toMatchObject({ toClient: undefined, sqs: undefined });
    expect(received).toEqual([]);
  }
  expect(queue.messages()).toEqual([]);
  expect([idle.closed, gone.closed]).toEqual([[1001], []]);
});

test('of a client that leaves nothing is left, and it is not told that it left', () => {
  const { client, gateway } = exampleGateway();
  const { connectionId, close, closed, endsAt } = client();
  close();

  expect(gateway.manage({ method: 'GET', body: Buffer.alloc(0) }, connectionId).status).toBe(410);
  expect({ closed, endsAt: endsAt() }).toEqual({ closed: [], endsAt: undefined });
});

test('a reply reaches the client of its connection alone', () => {
  const { client, gateway } = exampleGateway();
  const [one, two] = [client(), client()];
  const answer = gateway.manage({ method: 'POST', body: Buffer.from('한글') }, two.connectionId);

  expect({ status: answer.status, body: answer.body.toString() }).toEqual({ status: 200, body: '' });
  expect([one.received, two.received]).toEqual([[], ['한글']]);
});

test('a reply above 128 KB is refused, and the connection stays', () => {
  const { client, gateway } = exampleGateway();
  const { connectionId, received, closed } = client();
  const post = (bytes: number) =>
    gateway.manage({ method: 'POST', body: Buffer.alloc(bytes, 'x') }, connectionId);

  expect(post(largest).status).toBe(200);
  const refused = post(largest + 1);
  expect(refused.status).toBe(413);
  expect(refused.headers.get('x-amzn-errortype')).toBe('PayloadTooLargeException');
  expect({ frames: received.length, closed }).toEqual({ frames: 1, closed: [] });
});

test('a connection says since when it is there and when something last came or went', async () => {
  const { client, gateway, clock } = exampleGateway();
  const { connectionId, send } = client();
  await clock.run(start + 90 * second);
  send('{}');
  await clock.run(start + 120 * second);

  const answer = gateway.manage({ method: 'GET', body: Buffer.alloc(0) }, connectionId);

  expect(answer.headers.get('content-type')).toBe('application/json');
  expect(JSON.parse(answer.body.toString())).toEqual({
    connectedAt: '2026-01-01T00:00:00.000Z',
    lastActiveAt: '2026-01-01T00:01:30.000Z',
  });
});

test('a connection can be ended from outside', () => {
  const { client, gateway } = exampleGateway();
  const [one, two] = [client(), client()];
  const end = () => gateway.manage({ method: 'DELETE', body: Buffer.alloc(0) }, one.connectionId).status;

  expect([end(), end()]).toEqual([204, 410]);
  expect([one.closed, two.closed]).toEqual([[1000], []]);
});

test('another method on a connection is not simulated', () => {
  const { client, gateway } = exampleGateway();

  expect(() => gateway.manage({ method: 'PUT', body: Buffer.alloc(0) }, client().connectionId)).toThrow(
    'dev: aws_apigatewayv2_api.api: the method PUT of @connections is not simulated',
  );
});

test('a client that never was is gone, and what can be no id is refused', () => {
  const { gateway } = exampleGateway();
  const get = (id: string) => gateway.manage({ method: 'GET', body: Buffer.alloc(0) }, id);

  expect(get('L0SM9cOFvHcCIhw=').headers.get('x-amzn-errortype')).toBe('GoneException');
  expect(get('no id')).toMatchObject({
    status: 400,
    body: Buffer.from('{"message":"Invalid connectionId: no id"}'),
  });
});
