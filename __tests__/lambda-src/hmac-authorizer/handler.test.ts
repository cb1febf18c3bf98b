import crypto, { timingSafeEqual } from 'node:crypto';
import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { context, LAMBDA_ENVIRONMENT, withLogs } from '../lambda-event';
import { SecretsServer } from '../secrets-server';
import { current, type EventParts, methodArn, now, previous, signedEvent } from './signed-event';

vi.mock('node:crypto', async (importOriginal) => {
  const actual = await importOriginal<typeof crypto>();
  return { ...actual, timingSafeEqual: vi.fn(actual.timingSafeEqual) };
});

const secretArn = 'arn:aws:secretsmanager:ap-northeast-2:111122223333:secret:gateway/bizppurio-a1B2c3';
const secretsManager = new SecretsServer();
const minute = 60_000;

beforeAll(async () => {
  await secretsManager.start();
  for (const [name, value] of Object.entries(LAMBDA_ENVIRONMENT)) vi.stubEnv(name, value);
  vi.stubEnv('AWS_ENDPOINT_URL_SECRETS_MANAGER', secretsManager.origin);
  vi.stubEnv('SECRET_ARN', secretArn);
});

afterAll(async () => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  await secretsManager.stop();
});

/** A process of the function's own, at a moment of its own. */
let handler: (event: APIGatewayRequestAuthorizerEvent, ...others: never[]) => Promise<unknown>;
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: now * 1000 });
  secretsManager.reads.length = 0;
  secretsManager.stages = { AWSCURRENT: current, AWSPREVIOUS: previous };
  vi.resetModules();
  ({ handler } = (await import('../../../lambda-src/hmac-authorizer/index')) as never);
});

const ask = (event: APIGatewayRequestAuthorizerEvent) =>
  withLogs(() => handler(event, context() as never) as Promise<Record<string, unknown>>);

const policy = (Effect: 'Allow' | 'Deny') => ({
  principalId: 'hmac',
  policyDocument: {
    Version: '2012-10-17',
    Statement: [{ Action: 'execute-api:Invoke', Effect, Resource: methodArn }],
  },
});

test('a signed request may call its method and nothing else, and its digest goes on', async () => {
  const { result, text } = await ask(signedEvent());

  expect(result).toEqual({
    ...policy('Allow'),
    context: { bodySha256: crypto.createHash('sha256').update('{"MSGID":"m1"}').digest('hex') },
  });
  expect(text).toBe('');
  expect(secretsManager.secretIds).toEqual(new Set([secretArn]));
});

test.each<[string, EventParts]>([
  ['the previous secret', { secret: previous }],
  ['a time as old as may be', { timestamp: now - 300 }],
  ['a time as far ahead as may be', { timestamp: now + 300 }],
  ['an empty body', { body: '' }],
  [
    'an upper-case signature',
    { headers: { 'X-Signature': signedEvent().headers?.['X-Signature']?.toUpperCase() } },
  ],
])('%s is let in', async (_, parts) => {
  expect((await ask(signedEvent(parts))).result).toMatchObject(policy('Allow'));
});

test('names of headers have no case', async () => {
  const { headers, ...event } = signedEvent();
  const lower = Object.fromEntries(
    Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  );

  const { result } = await ask({ ...event, headers: lower, multiValueHeaders: null });

  expect(result).toMatchObject(policy('Allow'));
});

const wrong = 'the signature is of another secret, method, path, time or digest';
const late = 'x-timestamp is more than 300 s from the time here';
test.each<[string, EventParts, string]>([
  ['another secret', { secret: 'x'.repeat(40) }, wrong],
  ['another method', { method: 'PUT' }, wrong],
  ['another path', { path: '/bizppurio/other' }, wrong],
  ['a path with the stage', { path: '/v1/bizppurio/delivery-results' }, wrong],
  ['another digest than was signed', { headers: { 'X-Body-Sha256': '0'.repeat(64) } }, wrong],
  ['another time than was signed', { headers: { 'X-Timestamp': String(now + 1) } }, wrong],
  ['a time that is too old', { timestamp: now - 301 }, late],
  ['a time that is too far ahead', { timestamp: now + 301 }, late],
  ['no time', { headers: { 'X-Timestamp': undefined } }, 'x-timestamp is missing'],
  ['no digest', { headers: { 'X-Body-Sha256': undefined } }, 'x-body-sha256 is missing'],
  ['no signature', { headers: { 'X-Signature': undefined } }, 'x-signature is missing'],
  ['two signatures', { headers: { 'x-signature': '0'.repeat(64) } }, 'x-signature is there 2 times'],
  ['a short signature', { headers: { 'X-Signature': 'ab' } }, 'x-signature is not 64 hexadecimal digits'],
  [
    'an upper-case digest',
    { headers: { 'X-Body-Sha256': 'A'.repeat(64) } },
    'x-body-sha256 is not 64 lower-case hexadecimal digits',
  ],
  ...['1e9', '-1', '1.5', ' 1', '0x10', '', 'NaN', `${now}000000`].map(
    (timestamp): [string, EventParts, string] => [
      `the time ${JSON.stringify(timestamp)}`,
      { timestamp },
      'x-timestamp is not whole seconds since 1970',
    ],
  ),
])('%s is denied, and only the log says why', async (_, parts, reason) => {
  const { result, logs, text } = await ask(signedEvent(parts));

  expect(result).toEqual(policy('Deny'));
  expect(logs).toEqual([
    { level: 'warn', message: 'denied', awsRequestId: 'invocation-1', requestId: 'request-1', reason },
  ]);
  for (const secret of [current, previous, signedEvent(parts).headers?.['X-Signature']]) {
    if (secret) expect(text).not.toContain(secret);
  }
});

test('signatures are compared in constant time, with each secret, whatever they are', async () => {
  const compared = vi.mocked(timingSafeEqual);
  for (const secret of [current, previous, 'x'.repeat(40)]) {
    compared.mockClear();
    await ask(signedEvent({ secret }));
    expect(compared).toHaveBeenCalledTimes(2);
  }
});

test('the secret is read once for the requests of five minutes', async () => {
  for (let request = 0; request < 3; request++) await ask(signedEvent());
  vi.setSystemTime(now * 1000 + 5 * minute - 1);
  await ask(signedEvent());
  expect(secretsManager.reads.sort()).toEqual(['AWSCURRENT', 'AWSPREVIOUS']);

  vi.setSystemTime(now * 1000 + 5 * minute);
  await ask(signedEvent());
  expect(secretsManager.reads).toHaveLength(4);
});

test('wrong signatures have it read again at most every ten seconds', async () => {
  for (let request = 0; request < 5; request++) await ask(signedEvent({ secret: 'x'.repeat(40) }));
  expect(secretsManager.reads).toHaveLength(2);

  vi.setSystemTime(now * 1000 + 10_000);
  for (let request = 0; request < 5; request++) await ask(signedEvent({ secret: 'x'.repeat(40) }));
  expect(secretsManager.reads).toHaveLength(4);
});

test('a new secret counts ten seconds after the last reading, and the one before still does', async () => {
  await ask(signedEvent());
  const rotated = 'rotated-secret-of-more-than-32-characters';
  secretsManager.stages = { AWSCURRENT: rotated, AWSPREVIOUS: current };
  vi.setSystemTime(now * 1000 + 10_000);

  for (const [secret, effect] of [
    [rotated, 'Allow'],
    [current, 'Allow'],
    [previous, 'Deny'],
  ] as const) {
    expect((await ask(signedEvent({ secret }))).result).toMatchObject(policy(effect));
  }
});

test('a secret without a previous version is enough', async () => {
  secretsManager.stages = { AWSCURRENT: current };

  expect((await ask(signedEvent())).result).toMatchObject(policy('Allow'));
  expect((await ask(signedEvent({ secret: previous }))).result).toEqual(policy('Deny'));
});

test('a previous secret that is too short does not count', async () => {
  secretsManager.stages = { AWSCURRENT: current, AWSPREVIOUS: 'short' };

  expect((await ask(signedEvent({ secret: 'short' }))).result).toEqual(policy('Deny'));
});

const failing = async (event = signedEvent()) =>
  withLogs(() => handler(event, context() as never).catch((error: Error) => error.message));

test.each<[string, (typeof secretsManager)['stages'], Record<string, unknown>]>([
  [
    'may not be read',
    { AWSCURRENT: { status: 400, type: 'AccessDeniedException' } },
    {
      error: 'AccessDeniedException',
      likelyCause: expect.stringContaining('secretsmanager:GetSecretValue'),
    },
  ],
  [
    'does not exist',
    {},
    { error: 'ResourceNotFoundException', likelyCause: expect.stringContaining('whole ARN') },
  ],
  [
    'is too short',
    { AWSCURRENT: 'x'.repeat(31) },
    { reason: expect.stringContaining('at least 32 characters') },
  ],
  ['cannot be read now', { AWSCURRENT: { status: 500, type: 'InternalServiceError' } }, { status: 500 }],
])('where the secret %s nobody is let in, and the function fails', async (_, stages, logged) => {
  secretsManager.stages = stages;

  const { result, logs, text } = await failing();

  expect(result).toBe('the secret cannot be used');
  expect(logs).toMatchObject([{ level: 'error', message: 'the secret cannot be used', ...logged }]);
  expect(text).not.toContain('xxxxxxxx');
});

test('it is asked for again after a failure, and tried three times where that may help', async () => {
  secretsManager.stages = { AWSCURRENT: { status: 500, type: 'InternalServiceError' } };
  await failing();
  expect(secretsManager.reads.filter((stage) => stage === 'AWSCURRENT')).toHaveLength(3);

  secretsManager.stages = { AWSCURRENT: current };
  expect((await ask(signedEvent())).result).toMatchObject(policy('Allow'));
});
