import { expect, test } from 'vitest';
import type { Network, NetworkRequest } from '../../../../tools/rehearse/simulation/network';
import { pipeOf } from './pipe-plan';
import { minute, rig, second, start } from './pipe-rig';

const oauth = {
  authorization_type: 'OAUTH_CLIENT_CREDENTIALS',
  auth_parameters: {
    oauth: {
      authorization_endpoint: 'https://login.example/token',
      http_method: 'POST',
      client_parameters: { client_id: 'me', client_secret: '${var.secret}' },
      oauth_http_parameters: { body: [{ key: 'grant_type', value: 'client_credentials' }] },
    },
  },
};

interface Setting {
  readonly answer?: (count: number) => { readonly status?: number; readonly body: string };
  /** Of the subscriber, by the token it gets. */
  readonly status?: (token: string) => number;
}

function setting({
  answer = (count) => ({ body: `{"access_token":"t${count}"}` }),
  status = () => 200,
}: Setting) {
  const tokenRequests: NetworkRequest[] = [];
  const tokens: string[] = [];
  const network: Network = (request, reply) => {
    if (request.host === 'login.example') {
      tokenRequests.push(request);
      const { status: code = 200, body } = answer(tokenRequests.length);
      reply({ status: code, headers: new Map(), body: Buffer.from(body) });
    } else {
      const token = request.headers.get('authorization') ?? '';
      tokens.push(token);
      reply({ status: status(token), headers: new Map(), body: Buffer.alloc(0) });
    }
    return () => {};
  };
  return { ...rig({ pipe: pipeOf({ connection: oauth }), runner: { network } }), tokenRequests, tokens };
}

test('a token is asked for once and carried by every delivery', async () => {
  const { clock, send, tokenRequests, tokens } = setting({});
  for (let count = 0; count < 3; count++) send('{}');
  await clock.run();

  expect(tokens).toEqual(['Bearer t1', 'Bearer t1', 'Bearer t1']);
  expect(tokenRequests).toHaveLength(1);
  expect(tokenRequests[0]).toMatchObject({ method: 'POST', host: 'login.example', path: '/token' });
  expect(tokenRequests[0]?.headers.get('content-type')).toBe('application/x-www-form-urlencoded');
  expect(tokenRequests[0]?.body.toString()).toBe(
    'grant_type=client_credentials&client_id=me&client_secret=value-of-secret',
  );
});

test.each([401, 407])('after %i the next delivery has a new token', async (refused) => {
  const { clock, send, tokens, delivered } = setting({
    status: (token) => (token === 'Bearer t1' ? refused : 200),
  });
  const id = send('{}');
  await clock.run();

  expect(tokens).toEqual(['Bearer t1', 'Bearer t2']);
  expect(delivered).toEqual([id]);
});

test('a token that is about to expire is replaced', async () => {
  const { clock, send, tokens } = setting({
    answer: (count) => ({ body: `{"access_token":"t${count}","expires_in":600}` }),
  });
  for (const at of [0, 540 * second, 541 * second]) {
    await clock.run(start + at);
    send('{}');
    await clock.run(start + at);
  }
  await clock.run(start + 10 * minute);

  expect(tokens).toEqual(['Bearer t1', 'Bearer t1', 'Bearer t2']);
});

test.each([
  [{ status: 500, body: '' }, 'an authorization endpoint that gives no token (500)'],
  [{ body: '{}' }, 'without access_token'],
  [{ body: 'token' }, 'without access_token'],
])('what becomes of messages without a token is not known (%j)', async (answer, message) => {
  const { clock, send } = setting({ answer: () => answer });
  send('{}');
  await expect(clock.run()).rejects.toThrow(message);
});

test('basic authorization is a header', () => {
  const connection = {
    authorization_type: 'BASIC',
    auth_parameters: { basic: { username: 'me', password: 'p' } },
  };
  expect(pipeOf({ connection }).target).toMatchObject({
    destination: {
      connection: { authorization: { kind: 'header', name: 'authorization', value: 'Basic bWU6cA==' } },
    },
  });
});
