import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { QueueEvent } from '../../../lambda-src/archive-to-s3/event';
import { BucketServer } from '../bucket-server';
import { context, failures, LAMBDA_ENVIRONMENT, record, withLogs } from '../lambda-event';
import { loadHandler } from './load-handler';

const s3 = new BucketServer();

beforeAll(async () => {
  await s3.start();
  for (const [name, value] of Object.entries(LAMBDA_ENVIRONMENT)) vi.stubEnv(name, value);
  vi.stubEnv('AWS_ENDPOINT_URL_S3', s3.origin);
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await s3.stop();
});

const keys = () => [...s3.objects.keys()].sort();
const callback = (cmsgId: unknown) => JSON.stringify({ CMSGID: cmsgId, RESULT: '4100' });

describe('what is stored', () => {
  test.each([
    ['a pipe’s array', (event: QueueEvent) => event],
    ['an event source mapping’s Records', (event: QueueEvent) => ({ Records: [...(event as [])] })],
  ])('from %s: the body, under the message id', async (_, shaped) => {
    s3.expect(() => 'store');
    const handler = await loadHandler();

    const { result, logs } = await withLogs(() =>
      handler(
        shaped([record({ id: 'm-1', body: '{"a": 1}' }), record({ id: 'm-2', body: 'DEVICE=SMS' })]),
        context(),
      ),
    );

    expect(result).toEqual(failures());
    expect(Object.fromEntries(s3.objects)).toEqual({
      '/archive/m-1': { body: '{"a": 1}', contentType: 'application/json', messageId: 'm-1' },
      '/archive/m-2': { body: 'DEVICE=SMS', contentType: 'text/plain; charset=utf-8', messageId: 'm-2' },
    });
    expect(logs).toEqual([
      {
        level: 'info',
        message: 'batch finished',
        awsRequestId: 'invocation-1',
        records: 2,
        stored: 2,
        failed: 0,
        retried: 0,
        skipped: 0,
      },
    ]);
  });

  test('stands under the value of the chosen field, behind the prefix, with every character in it safe', async () => {
    s3.expect(() => 'store');
    const handler = await loadHandler({ keyPrefix: 'callbacks/', messageKeyField: 'CMSGID' });
    const messageKeys = ['201027134355944sms', '240919#at/1', '../x', '고객', 20240919, 0];

    const { result } = await withLogs(() =>
      handler(
        messageKeys.map((key, index) => record({ id: `m${index}`, body: callback(key) })),
        context(),
      ),
    );

    expect(result).toEqual(failures());
    expect(keys()).toEqual(
      [
        '/archive/callbacks/201027134355944sms',
        '/archive/callbacks/240919!23at!2F1',
        '/archive/callbacks/!2E!2E!2Fx',
        '/archive/callbacks/!EA!B3!A0!EA!B0!9D',
        '/archive/callbacks/20240919',
        '/archive/callbacks/0',
      ].sort(),
    );
  });

  test.each([
    ['Unicode and escapes', '{"TO_NAME": "고객 \\"VIP\\" 🙂", "REFKEY": "order=1&line=1+2%"}\r\n'],
    ['100 KB', JSON.stringify({ text: '가나다🙂'.repeat(7_700) })],
  ])('is the body byte for byte: %s', async (_, body) => {
    s3.expect(() => 'store');
    const handler = await loadHandler();

    await withLogs(() => handler([record({ id: 'm1', body })], context()));

    expect(s3.objects.get('/archive/m1')?.body).toBe(body);
  });

  test('is the same after the same message came twice', async () => {
    s3.expect(() => 'store');
    const handler = await loadHandler({ messageKeyField: 'CMSGID' });
    const message = record({ id: 'm1', body: callback('key') });
    await withLogs(() => handler([message], context()));
    const first = new Map(s3.objects);

    await withLogs(() => handler([message], context()));

    expect(s3.puts).toEqual(['/archive/key', '/archive/key']);
    expect(s3.objects).toEqual(first);
  });
});

describe('a message key that cannot be used', () => {
  test.each([
    ['missing', '{"OTHER":"x"}', 'the body\'s field "CMSGID" (MESSAGE_KEY_FIELD) is missing'],
    ['inherited by every object only', '{}', 'is missing', 'toString'],
    ['null', callback(null), 'is null'],
    ['empty', callback(''), 'is empty'],
    ['an object', callback({}), 'is an object: it must be a well-formed string'],
    ['a list', callback([]), 'is an array'],
    ['true', callback(true), 'is true'],
    ['a number that lost digits', '{"CMSGID":12345678901234567890}', 'is 12345678901234567000'],
    ['a fraction', '{"CMSGID":0.1}', 'is 0.1'],
    ['half a surrogate pair', '{"CMSGID":"\\ud83d"}', 'is not well-formed Unicode'],
    ['in a body that is not JSON', 'CMSGID=1', 'the body is not a JSON object'],
    ['in a body that is not an object', '["CMSGID"]', 'is missing'],
    ['in a null body', 'null', 'the body is not a JSON object'],
  ])('%s: fails that record, with the reason in the log', async (_, body, reason, field = 'CMSGID') => {
    s3.expect(() => 'store');
    const handler = await loadHandler({ messageKeyField: field });
    const good = record({ id: 'good', body: JSON.stringify({ [field]: 'ok' }) });

    const { result, logs } = await withLogs(() => handler([record({ id: 'bad', body }), good], context()));

    expect(result).toEqual(failures('bad'));
    expect(keys()).toEqual(['/archive/ok']);
    expect(logs[0]).toMatchObject({
      level: 'error',
      message: 'record failed',
      messageId: 'bad',
      reason: expect.stringContaining(reason),
    });
    expect(logs.at(-1)).toMatchObject({ stored: 1, failed: 1, retried: 0 });
  });
});

describe('failures of S3', () => {
  test.each([
    ['503 SlowDown', { status: 503, code: 'SlowDown' }],
    ['500', { status: 500, code: 'InternalError' }],
    ['400 RequestTimeout', { status: 400, code: 'RequestTimeout' }],
    ['a cut connection', 'reset' as const],
  ])('%s: tried again, then stored', async (_, answer) => {
    s3.expect((__, nth) => (nth === 1 ? answer : 'store'));
    const handler = await loadHandler();

    const { result, logs } = await withLogs(() => handler([record({ id: 'm1' })], context()));

    expect(result).toEqual(failures());
    expect(s3.puts).toEqual(['/archive/m1', '/archive/m1']);
    expect(logs.at(-1)).toMatchObject({ stored: 1, failed: 0, retried: 1 });
  });

  test.each([
    ['403', { status: 403, code: 'AccessDenied' }, /lacks s3:PutObject/],
    ['404', { status: 404, code: 'NoSuchBucket' }, /bucket that does not exist/],
  ])('%s: failed at once, with its likely cause in the log', async (_, answer, cause) => {
    s3.expect(() => answer);
    const handler = await loadHandler();

    const { result, logs } = await withLogs(() => handler([record({ id: 'm1' })], context()));

    expect(result).toEqual(failures('m1'));
    expect(s3.puts).toHaveLength(1);
    expect(logs[0]).toMatchObject({
      messageId: 'm1',
      error: answer.code,
      status: answer.status,
      likelyCause: expect.stringMatching(cause),
    });
  });

  test('keep the order of a FIFO group: what stands behind a failure is not stored before it', async () => {
    s3.expect((path) => (path.endsWith('/a2') ? { status: 403, code: 'AccessDenied' } : 'store'));
    const handler = await loadHandler();

    const { result } = await withLogs(() =>
      handler(
        [
          record({ id: 'a1', group: 'a' }),
          record({ id: 'a2', group: 'a' }),
          record({ id: 'b1', group: 'b' }),
          record({ id: 'a3', group: 'a' }),
        ],
        context(),
      ),
    );

    expect(result).toEqual(failures('a2', 'a3'));
    expect(keys()).toEqual(['/archive/a1', '/archive/b1']);
  });
});

describe('what is refused', () => {
  test.each([
    ['a rewritten record', [{ data: { CMSGID: '1' } }]],
    ['a body that a template has parsed', [{ ...record({ id: 'm1' }), body: { CMSGID: '1' } }]],
    ['another event', { detail: {} }],
    ['text', 'text'],
    ['nothing', null],
  ])('%s in place of SQS records', async (_, event) => {
    const handler = await loadHandler();

    await expect(handler(event as unknown as QueueEvent, context())).rejects.toThrow(
      'The event is neither an array of SQS records',
    );
  });

  test('an environment without a bucket, at initialization', async () => {
    await expect(loadHandler({ bucket: '' })).rejects.toThrow(
      'The environment variable BUCKET_NAME is not set',
    );
  });

  test('a prefix that is unsafe, at initialization', async () => {
    await expect(loadHandler({ keyPrefix: '../' })).rejects.toThrow(
      'The environment variable KEY_PREFIX is "../"',
    );
  });
});
