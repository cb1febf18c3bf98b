import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { FunctionHost } from '../../../../tools/rehearse/lambda/function-host';
import { machineNetwork } from '../../../../tools/rehearse/lambda/machine-network';
import { wallClock } from '../../../../tools/rehearse/simulation/clock';
import type { NetworkFault, NetworkResponse } from '../../../../tools/rehearse/simulation/network';
import { random } from '../../../../tools/rehearse/simulation/random';
import { record } from '../../../lambda-src/lambda-event';
import { shippedFunction } from './example-function';

const servers: http.Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.closeAllConnections();
});

async function served(listener: http.RequestListener): Promise<string> {
  const server = http.createServer(listener).listen(0, '127.0.0.1');
  servers.push(server);
  server.unref();
  await new Promise((resolve) => server.once('listening', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const asked = (locate: (host: string) => string | undefined) =>
  new Promise<NetworkResponse | NetworkFault>((resolve) => {
    machineNetwork(locate)(
      {
        protocol: 'https',
        method: 'POST',
        host: 'h',
        path: '/a?b',
        headers: new Map([['x-a', '1']]),
        body: Buffer.from('고객'),
      },
      resolve,
    );
  });

test('a request goes to where its host is, and its answer comes back', async () => {
  const origin = await served(async (request, response) => {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    response.writeHead(201, { 'x-b': ['1', '2'] });
    response.end(`${request.method} ${request.url} ${request.headers['x-a']} ${body}`);
  });

  const answer = await asked((host) => (host === 'h' ? origin : undefined));

  expect(answer).toMatchObject({ status: 201, body: Buffer.from('POST /a?b 1 고객') });
  expect((answer as NetworkResponse).headers.get('x-b')).toBe('1, 2');
});

test('a connection that breaks, and one that cannot be made, are faults', async () => {
  const breaking = await served((request) => request.socket.destroy());

  expect(await asked(() => breaking)).toBe('ECONNRESET');
  expect(await asked(() => 'http://127.0.0.1:9')).toBe('ECONNREFUSED');
});

test('a request that is given up is answered no more, and its connection closes', async () => {
  let closed = () => {};
  const closing = new Promise<void>((resolve) => {
    closed = resolve;
  });
  const arrived: (() => void)[] = [];
  const origin = await served((request) => {
    request.socket.once('close', closed);
    for (const tell of arrived) tell();
  });
  let answered = false;
  const giveUp = machineNetwork(() => origin)(
    { protocol: 'http', method: 'GET', host: 'h', path: '/', headers: new Map(), body: Buffer.alloc(0) },
    () => {
      answered = true;
    },
  );
  await new Promise<void>((resolve) => {
    arrived.push(resolve);
  });
  giveUp();
  await closing;

  expect(answered).toBe(false);
});

test('a function works on the wall clock and real sockets as it does in a rehearsal', async () => {
  const paths: (string | undefined)[] = [];
  const origin = await served((request, response) => {
    paths.push(request.url);
    response.writeHead(paths.length === 1 ? 500 : 200).end();
  });
  const fn = shippedFunction('websocket-reply', { CONNECTIONS_ENDPOINT: 'https://api.example/v1' });
  const host = new FunctionHost(fn, {
    clock: wallClock,
    random: random('seed'),
    network: machineNetwork(() => origin),
    credentials: () => ({ accessKeyId: 'ASIAEXAMPLE', secretAccessKey: 'secret', sessionToken: 'token' }),
    asyncWork: () => () => {},
  });
  const message = record({ id: 'a', group: 'g', attributes: { connectionId: 'c=', requestId: 'r' } });

  expect(await host.invoke({ Records: [message] })).toEqual({
    kind: 'returned',
    payload: { batchItemFailures: [] },
  });
  expect(paths).toEqual(['/v1/@connections/c%3D', '/v1/@connections/c%3D']);
});
