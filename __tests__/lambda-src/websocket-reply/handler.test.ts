import type { SQSEvent } from 'aws-lambda';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { handler as Handler } from '../../../lambda-src/websocket-reply/index';
import { ConnectionsServer, errors, ok } from '../connections-server';
import { context, failures, LAMBDA_ENVIRONMENT, type RecordParts, record, withLogs } from '../lambda-event';

const api = new ConnectionsServer();
let handler: typeof Handler;

beforeAll(async () => {
  await api.start();
  for (const [name, value] of Object.entries(LAMBDA_ENVIRONMENT)) vi.stubEnv(name, value);
  vi.stubEnv('CONNECTIONS_ENDPOINT', `${api.origin}/dev`);
  ({ handler } = await import('../../../lambda-src/websocket-reply/index'));
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await api.stop();
});

const message = (id: string, parts: Partial<RecordParts> = {}) =>
  record({ id, attributes: { connectionId: `to-${id}`, requestId: `request-${id}` }, ...parts });
const reply = (event: SQSEvent, remainingMillis?: number) =>
  withLogs(() => handler(event, context(remainingMillis)));
const addressees = () => api.posts.map(({ connectionId }) => connectionId);
const summary = (logs: Record<string, unknown>[]) => logs.at(-1);
const toGroups = (count: number) =>
  Array.from({ length: count }, (_, index) => message(`m${index}`, { group: `g${index}` }));

describe('what is posted', () => {
  test('is the body with its connection and request id, in this order, to the stage, signed by the role', async () => {
    api.expect(() => ok);

    const { result } = await reply({ Records: [message('m1', { group: 'a', body: '{"text":"hi"}' })] });

    expect(result).toEqual(failures());
    expect(api.posts).toHaveLength(1);
    expect(api.posts[0]).toMatchObject({
      path: '/dev/@connections/to-m1',
      body: '{"connectionId":"to-m1","requestId":"request-m1","message":"{\\"text\\":\\"hi\\"}"}',
    });
    expect(api.posts[0]?.headers.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE\/\d{8}\/ap-northeast-2\/execute-api\/aws4_request, /,
    );
    expect(api.posts[0]?.headers['x-amz-security-token']).toBe('dummy');
  });

  test.each([
    ['Eg7sDdFvoE0CJ4A=', '/dev/@connections/Eg7sDdFvoE0CJ4A%3D'],
    ['a/b+c&d?e#f%2F g', '/dev/@connections/a%2Fb%2Bc%26d%3Fe%23f%252F%20g'],
    ['../@connections/other', '/dev/@connections/..%2F%40connections%2Fother'],
  ])('goes to connection id %s as one encoded path segment', async (connectionId, path) => {
    api.expect(() => ok);

    const { result } = await reply({
      Records: [message('m1', { attributes: { connectionId, requestId: 'r' } })],
    });

    expect(result).toEqual(failures());
    expect(api.posts.map((post) => [post.path, post.connectionId])).toEqual([[path, connectionId]]);
  });

  test.each([
    ['Hangul, emoji, quotes', '고객 "VIP" 🙂 \\" \' \u2028 é e\u0301'],
    ['line breaks and tabs', 'a\r\nb\nc\td'],
    ['template and form syntax', '$input.body ${x} #set($a=1) &Action=DeleteQueue %00 + %'],
    ['100 KB', '가나다🙂'.repeat(7_700)],
  ])('holds a body of %s unchanged', async (_, body) => {
    api.expect(() => ok);

    await reply({ Records: [message('m1', { body })] });

    expect(JSON.parse(api.posts[0]?.body ?? '')).toEqual({
      connectionId: 'to-m1',
      requestId: 'request-m1',
      message: body,
    });
  });

  test('holds any body unchanged', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (body) => {
        api.expect(() => ok);
        await reply({ Records: [message('m1', { body })] });
        expect(JSON.parse(api.posts[0]?.body ?? '').message).toBe(body);
      }),
      { numRuns: 50 },
    );
  });
});

describe('order and concurrency', () => {
  test('replies of one group go out in order, each after the answer to the one before', async () => {
    api.expect(() => ok);
    const ids = ['m1', 'm2', 'm3', 'm4'];

    const { result } = await reply({ Records: ids.map((id) => message(id, { group: 'a' })) });

    expect(result).toEqual(failures());
    expect(addressees()).toEqual(['to-m1', 'to-m2', 'to-m3', 'to-m4']);
    expect(api.mostInFlight).toBe(1);
  });

  test('ten groups are posted at the same time', async () => {
    api.expect(api.holdUntil(10));

    const { result, logs } = await reply({ Records: toGroups(10) });

    expect(result).toEqual(failures());
    expect(api.mostInFlight).toBe(10);
    expect(summary(logs)).toMatchObject({ sent: 10, retried: 0 });
  });

  test('records of a standard queue go out at the same time, even of one fair-queue group', async () => {
    api.expect(api.holdUntil(3));

    const { result, logs } = await reply({
      Records: ['m1', 'm2', 'm3'].map((id) => message(id, { fairGroup: 'tenant' })),
    });

    expect(result).toEqual(failures());
    expect(summary(logs)).toMatchObject({ sent: 3, retried: 0 });
  });

  test('the sockets of one batch serve the next', async () => {
    api.expect(() => ok);
    await reply({ Records: toGroups(10) });
    const before = api.sockets;

    await reply({ Records: toGroups(10) });

    expect(api.sockets).toBe(before);
  });
});

describe('failures', () => {
  test('stop their own group, unsent from there on, and no other', async () => {
    api.expect(({ connectionId }) => (connectionId === 'to-a2' ? errors.badRequest : ok));

    const { result, logs } = await reply({
      Records: [
        message('a1', { group: 'a' }),
        message('b1', { group: 'b' }),
        message('a2', { group: 'a' }),
        message('a3', { group: 'a' }),
        message('b2', { group: 'b' }),
        message('a4', { group: 'a' }),
      ],
    });

    expect(result).toEqual(failures('a2', 'a3', 'a4'));
    expect(addressees().sort()).toEqual(['to-a1', 'to-a2', 'to-b1', 'to-b2']);
    expect(summary(logs)).toEqual({
      level: 'error',
      message: 'batch finished',
      awsRequestId: 'invocation-1',
      records: 6,
      sent: 3,
      gone: 0,
      failed: 1,
      retried: 0,
      skipped: 2,
    });
  });

  test('on a standard queue concern their own record alone', async () => {
    api.expect(({ connectionId }) => (connectionId === 'to-m1' ? errors.badRequest : ok));

    const { result } = await reply({ Records: ['m1', 'm2', 'm3'].map((id) => message(id)) });

    expect(result).toEqual(failures('m1'));
    expect(addressees().sort()).toEqual(['to-m1', 'to-m2', 'to-m3']);
  });

  test('410: the client is gone, which is success, logged and counted, and the group goes on', async () => {
    api.expect(({ connectionId }) => (connectionId === 'to-m1' ? errors.gone : ok));

    const { result, logs } = await reply({
      Records: [message('m1', { group: 'a' }), message('m2', { group: 'a' })],
    });

    expect(result).toEqual(failures());
    expect(addressees()).toEqual(['to-m1', 'to-m2']);
    expect(logs[0]).toEqual({
      level: 'info',
      message: 'connection is gone',
      awsRequestId: 'invocation-1',
      messageId: 'm1',
      connectionId: 'to-m1',
      requestId: 'request-m1',
    });
    expect(summary(logs)).toMatchObject({ level: 'info', sent: 1, gone: 1, failed: 0 });
  });

  test.each([
    ['429', errors.throttled],
    ['500', errors.internal],
    ['502 with an HTML page', errors.badGateway],
    ['a cut connection', 'reset' as const],
  ])('%s twice: tried again, then sent, the next of the group after it', async (_, answer) => {
    api.expect(({ connectionId }, nth) => (connectionId === 'to-m1' && nth <= 2 ? answer : ok));

    const { result, logs } = await reply({
      Records: [message('m1', { group: 'a' }), message('m2', { group: 'a' })],
    });

    expect(result).toEqual(failures());
    expect(addressees()).toEqual(['to-m1', 'to-m1', 'to-m1', 'to-m2']);
    expect(summary(logs)).toMatchObject({ sent: 2, failed: 0, retried: 2 });
    expect(logs[0]).toMatchObject({ level: 'warn', message: 'will try again', messageId: 'm1', tries: 1 });
  });

  test.each([
    ['429', errors.throttled, { status: 429, error: 'LimitExceededException' }],
    ['500', errors.internal, { status: 500 }],
    ['a cut connection', 'reset' as const, { error: 'ECONNRESET' }],
  ])('%s for ever: failed after four tries', async (_, answer, fields) => {
    api.expect(() => answer);

    const { result, logs } = await reply({
      Records: [message('m1', { group: 'a' }), message('m2', { group: 'a' })],
    });

    expect(result).toEqual(failures('m1', 'm2'));
    expect(addressees()).toEqual(['to-m1', 'to-m1', 'to-m1', 'to-m1']);
    expect(logs.at(-2)).toMatchObject({
      level: 'error',
      message: 'record failed',
      messageId: 'm1',
      ...fields,
    });
    expect(summary(logs)).toMatchObject({ sent: 0, failed: 1, retried: 3, skipped: 1 });
  });

  test('429 with Retry-After: the wait is ours, not what the answer asks for', async () => {
    api.expect((_, nth) => (nth === 1 ? { ...errors.throttled, headers: { 'retry-after': '60' } } : ok));

    const { result } = await reply({ Records: [message('m1')] });

    expect(result).toEqual(failures());
  });

  test.each([
    ['403', errors.forbidden, /lacks execute-api:ManageConnections on this stage/],
    ['413', errors.tooLarge, /larger than the 128 KB/],
    ['400', errors.badRequest, /connection id is not one/],
  ])('%s: failed at once, with its likely cause in the log', async (status, answer, cause) => {
    api.expect(() => answer);

    const { result, logs } = await reply({ Records: [message('m1')] });

    expect(result).toEqual(failures('m1'));
    expect(api.posts).toHaveLength(1);
    expect(logs[0]).toEqual({
      level: 'error',
      message: 'record failed',
      awsRequestId: 'invocation-1',
      messageId: 'm1',
      connectionId: 'to-m1',
      requestId: 'request-m1',
      error: answer.headers?.['x-amzn-errortype'],
      status: Number(status),
      reason: JSON.parse(answer.body ?? '').message,
      likelyCause: expect.stringMatching(cause),
    });
  });

  test.each([
    ['connectionId', { requestId: 'r' }],
    ['connectionId', { connectionId: '', requestId: 'r' }],
    ['requestId', { connectionId: 'c' }],
  ])('a record without %s (%o) is never sent', async (missing, attributes) => {
    api.expect(() => ok);

    const { result, logs } = await reply({
      Records: [message('m1', { group: 'a', attributes }), message('m2', { group: 'b' })],
    });

    expect(result).toEqual(failures('m1'));
    expect(addressees()).toEqual(['to-m2']);
    expect(logs[0]).toMatchObject({
      level: 'error',
      messageId: 'm1',
      reason: expect.stringContaining(`the message attribute "${missing}" is missing`),
    });
  });

  test('an endpoint that never answers: ends a second before the invocation would, and says so', async () => {
    api.expect(() => new Promise<never>(() => {}));
    const started = performance.now();

    const { result, logs } = await reply(
      {
        Records: [
          message('m1', { group: 'a' }),
          message('m2', { group: 'a' }),
          message('m3', { group: 'b' }),
        ],
      },
      1_500,
    );

    expect(performance.now() - started).toBeLessThan(1_400);
    expect(result).toEqual(failures('m1', 'm2', 'm3'));
    expect(addressees().sort()).toEqual(['to-m1', 'to-m3']);
    expect(logs[0]).toMatchObject({
      error: 'TimeoutError',
      reason: expect.stringMatching(/^no answer within \d+ ms$/),
    });
    expect(summary(logs)).toMatchObject({ sent: 0, failed: 2, skipped: 1 });
  });

  test('with no time left: nothing is sent, all is delivered again', async () => {
    api.expect(() => ok);

    const { result, logs } = await reply({ Records: [message('m1'), message('m2')] }, 900);

    expect(result).toEqual(failures('m1', 'm2'));
    expect(api.posts).toEqual([]);
    expect(logs[0]).toMatchObject({ reason: 'not tried: the invocation has no time left' });
  });
});

describe('logs', () => {
  test('never hold a body', async () => {
    api.expect(({ connectionId }, nth) => {
      if (connectionId === 'to-m1') return errors.gone;
      if (connectionId === 'to-m2' && nth === 1) return errors.internal;
      return connectionId === 'to-m3' ? errors.forbidden : ok;
    });
    const records = ['m1', 'm2', 'm3', 'm4'].map((id) => message(id, { body: `secret of ${id}` }));

    const { text } = await reply({ Records: records });

    expect(text).toContain('record failed');
    expect(text).not.toContain('secret');
  });
});

describe('initialization', () => {
  async function load(endpoint: string) {
    vi.resetModules();
    vi.stubEnv('CONNECTIONS_ENDPOINT', endpoint);
    try {
      return await import('../../../lambda-src/websocket-reply/index');
    } finally {
      vi.stubEnv('CONNECTIONS_ENDPOINT', `${api.origin}/dev`);
    }
  }

  test('names the variable that is missing and its form', async () => {
    await expect(load('')).rejects.toThrow(
      'The environment variable CONNECTIONS_ENDPOINT is not set: give the function ' +
        'https://{apiId}.execute-api.{region}.{dns suffix}/{stage}.',
    );
  });

  test.each(['wss://a1b2.execute-api.ap-northeast-2.amazonaws.com/dev', 'a1b2', 'https://host/dev?x=1'])(
    'refuses %s',
    async (endpoint) => {
      await expect(load(endpoint)).rejects.toThrow(
        `CONNECTIONS_ENDPOINT is "${endpoint}": it must be the https://`,
      );
    },
  );

  test('takes an address with a slash at its end', async () => {
    const loaded = await load(`${api.origin}/dev/`);
    api.expect(() => ok);

    const { result } = await withLogs(() => loaded.handler({ Records: [message('m1')] }, context()));

    expect(result).toEqual(failures());
    expect(api.posts[0]?.path).toBe('/dev/@connections/to-m1');
  });
});
