import { createHash, createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import type { FunctionHostOptions } from '../../../../tools/rehearse/lambda/function-host';
import type { NetworkRequest } from '../../../../tools/rehearse/simulation/network';
import { failures, parsedLines, record } from '../../../lambda-src/lambda-event';
import { hosted, type Respond, type SeenRequest, shippedFunction } from './example-function';

const reply = shippedFunction('websocket-reply', {
  CONNECTIONS_ENDPOINT: 'https://api.execute-api.eu-central-1.amazonaws.com/v1',
});

const message = (id: string, group = id) =>
  record({
    id,
    group,
    body: `{"text":"고객 🙂 ${id}"}`,
    attributes: { connectionId: `${group}=`, requestId: `r-${id}` },
  });

const event = (...ids: readonly (string | readonly [string, string])[]) => ({
  Records: ids.map((id) => (typeof id === 'string' ? message(id) : message(...id))),
});

const replying = (
  respond: Respond,
  options: Partial<FunctionHostOptions> & { readonly seed?: string } = {},
) => hosted(reply, { respond, ...options });

function firstOf([first]: readonly SeenRequest[]): NetworkRequest {
  if (!first) throw new Error('no request was made');
  return first.request;
}

const done = { kind: 'returned', payload: { batchItemFailures: [] } };
const sentTo = ({ path }: NetworkRequest) => decodeURIComponent(path.slice('/v1/@connections/'.length));

test('the reply function’s archive answers on the connections, signed as its role', async () => {
  const { invoke, requests, passed } = replying(() => ({}));

  expect(await invoke(event('a', 'b'))).toEqual(done);

  expect(requests.map(({ at, request }) => [at, request.method, request.host, sentTo(request)])).toEqual([
    [0, 'POST', 'api.execute-api.eu-central-1.amazonaws.com', 'a='],
    [0, 'POST', 'api.execute-api.eu-central-1.amazonaws.com', 'b='],
  ]);
  expect(passed()).toBe(5);
  const { headers, body } = firstOf(requests);
  expect(JSON.parse(body.toString())).toEqual({
    connectionId: 'a=',
    requestId: 'r-a',
    message: '{"text":"고객 🙂 a"}',
  });
  expect(Object.fromEntries(headers)).toMatchObject({
    'x-amz-date': '20260101T000000Z',
    'x-amz-security-token': 'token',
    'x-amzn-trace-id': expect.stringMatching(/^Root=1-6955b900-/),
    'content-length': String(body.length),
  });
});

test('the signature is the one of the request', async () => {
  const { invoke, requests } = replying(() => ({}));
  await invoke(event('a'));
  const { method, path, headers, body } = firstOf(requests);

  const [, signedHeaders = '', signature] =
    /SignedHeaders=(.*), Signature=(.*)$/.exec(headers.get('authorization') ?? '') ?? [];
  const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex');
  const hmac = (key: string | Buffer, data: string) => createHmac('sha256', key).update(data).digest();
  const canonical = [
    method,
    path.split('/').map(encodeURIComponent).join('/'),
    '',
    ...signedHeaders.split(';').map((name) => `${name}:${headers.get(name)}`),
    '',
    signedHeaders,
    sha256(body),
  ].join('\n');
  const scope = '20260101/eu-central-1/execute-api/aws4_request';
  const key = ['20260101', 'eu-central-1', 'execute-api', 'aws4_request'].reduce<string | Buffer>(
    hmac,
    'AWS4secret',
  );
  expect(signature).toBe(
    hmac(key, ['AWS4-HMAC-SHA256', '20260101T000000Z', scope, sha256(canonical)].join('\n')).toString('hex'),
  );
});

test('a client that is gone needs no reply', async () => {
  const gone = { status: 410, headers: { 'x-amzn-errortype': 'GoneException' } };
  const { invoke, requests, logs } = replying(() => gone);

  expect(await invoke(event('a'))).toEqual(done);
  expect(requests).toHaveLength(1);
  expect(parsedLines(logs.join('\n')).at(-1)).toMatchObject({ sent: 0, gone: 1, failed: 0 });
});

test.each([
  ['throttled', { status: 429, headers: { 'x-amzn-errortype': 'LimitExceededException' } }, 429],
  ['failing', { status: 500, headers: { 'x-amzn-errortype': 'InternalServerError' } }, 500],
  ['resetting', 'ECONNRESET', undefined],
] as const)(
  'a %s service is asked again, after growing waits, until it answers',
  async (_way, fault, status) => {
    const { invoke, requests, logs } = replying((_request, count) => (count < 4 ? fault : {}));

    expect(await invoke(event('a'))).toEqual(done);

    const waits = requests.map(({ at }, index) => at - (requests[index - 1]?.at ?? 0) - 5).slice(1);
    for (const [index, wait] of waits.entries()) {
      expect(wait).toBeGreaterThanOrEqual(100 * 2 ** index - 1);
      expect(wait).toBeLessThanOrEqual(200 * 2 ** index);
    }
    expect(waits).toHaveLength(3);
    expect(parsedLines(logs.join('\n'))[0]).toMatchObject({
      message: 'will try again',
      tries: 1,
      ...(status && { status }),
    });
  },
);

test('a host that is not there, and a service that always fails, fail the record after all tries', async () => {
  for (const fault of ['ENOTFOUND', 'ECONNREFUSED', { status: 500 }] as const) {
    const { invoke, requests } = replying(() => fault);

    expect(await invoke(event('a'))).toEqual({ kind: 'returned', payload: failures('a') });
    expect(requests).toHaveLength(4);
  }
});

test('a service that never answers is given up after three seconds a try', async () => {
  const { invoke, requests, passed, logs } = replying(() => 'silence');

  expect(await invoke(event('a'))).toEqual({ kind: 'returned', payload: failures('a') });

  expect(requests[0]?.at).toBe(0);
  expect(requests[1]?.at).toBeGreaterThanOrEqual(3100);
  expect(requests[1]?.at).toBeLessThanOrEqual(3200);
  expect(passed()).toBe(5000);
  expect(parsedLines(logs.join('\n'))[0]).toMatchObject({
    error: 'TimeoutError',
    reason: 'no answer within 3000 ms',
  });
});

test('a failure holds back the rest of its group and no other', async () => {
  const { invoke, requests } = replying((request) =>
    sentTo(request) === 'g=' ? { status: 403, headers: { 'x-amzn-errortype': 'ForbiddenException' } } : {},
  );

  expect(await invoke(event(['g1', 'g'], ['h1', 'h'], ['g2', 'g'], ['h2', 'h']))).toEqual({
    kind: 'returned',
    payload: failures('g1', 'g2'),
  });
  expect(requests.map(({ request }) => JSON.parse(request.body.toString()).requestId).sort()).toEqual([
    'r-g1',
    'r-h1',
    'r-h2',
  ]);
});

test('no more sockets than its client allows are used at once', async () => {
  const { invoke, requests } = replying(() => ({}));

  expect(await invoke(event(...Array.from({ length: 60 }, (_, index) => `m${index}`)))).toEqual(done);
  expect(requests.filter(({ at }) => at === 0)).toHaveLength(50);
  expect(requests.filter(({ at }) => at === 5)).toHaveLength(10);
});

test('a process that is killed in the middle of a batch has sent what it has sent', async () => {
  const { invoke, requests } = replying(() => ({}), {
    faults: (invocation) => (invocation === 1 ? { killAfterMilliseconds: 7 } : undefined),
  });
  const batch = event(['a', 'g'], ['b', 'g'], ['c', 'g']);

  expect(await invoke(batch)).toMatchObject({ kind: 'failed', errorType: 'Runtime.ExitError' });
  expect(requests.map(({ at }) => at)).toEqual([0, 5]);
  expect(await invoke(batch)).toEqual(done);
});

test('a function that Lambda ends before its own limits sends no more', async () => {
  const { invoke, requests, passed } = hosted({ ...reply, timeoutSeconds: 1 }, { respond: () => 'silence' });

  expect(await invoke(event('a'))).toMatchObject({ kind: 'returned', payload: failures('a') });
  expect([requests.length, passed()]).toEqual([0, 0]);
});

test('without the address of its API the function fails at each start, and says so', async () => {
  const { invoke } = hosted({ ...reply, variables: new Map() });

  expect(await invoke(event('a'))).toMatchObject({
    kind: 'failed',
    errorMessage: expect.stringContaining('CONNECTIONS_ENDPOINT is not set'),
  });
});

test('the same seed gives the same requests at the same times', async () => {
  const run = async (seed: string) => {
    const { invoke, requests, logs } = replying(
      (_request, count) => (count % 3 === 0 ? { status: 429 } : {}),
      { seed },
    );
    await invoke(event(...Array.from({ length: 10 }, (_, index) => `m${index}`)));
    await invoke(event('again'));
    return {
      requests: requests.map(({ at, request }) => [at, ...request.headers, request.body.toString()]),
      logs,
    };
  };

  expect(await run('one')).toEqual(await run('one'));
  expect((await run('one')).requests).not.toEqual((await run('two')).requests);
});

test('the archive function’s archive writes to its bucket', async () => {
  const archive = shippedFunction('archive-to-s3', { BUCKET_NAME: 'bucket', MESSAGE_KEY_FIELD: 'CMSGID' });
  const { invoke, requests } = hosted(archive);

  const result = await invoke([
    record({ id: 'm1', body: '{"CMSGID":"a#1"}' }),
    record({ id: 'm2', body: '{}' }),
  ]);

  expect(result).toEqual({ kind: 'returned', payload: failures('m2') });
  expect(
    requests.map(({ request: { method, host, path, body } }) => [method, host, path, body.toString()]),
  ).toEqual([['PUT', 'bucket.s3.eu-central-1.amazonaws.com', '/a%21231?x-id=PutObject', '{"CMSGID":"a#1"}']]);
});
