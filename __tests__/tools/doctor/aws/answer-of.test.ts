import { expect, test } from 'vitest';
import { answerOf, MissingPermission, NotReachable } from '../../../../tools/doctor/aws/answer-of';

const permission = { action: 'sqs:GetQueueAttributes', resource: 'arn:aws:sqs:eu-central-1:111122223333:q' };
const failing = (name: string, message = 'because') =>
  answerOf(permission, () => Promise.reject(Object.assign(new Error(message), { name })));

test('an answer is handed on', async () => {
  await expect(answerOf(permission, async () => 'yes')).resolves.toBe('yes');
});

test.each([
  'NotFoundException',
  'NoSuchEntityException',
  'ResourceNotFoundException',
  'QueueDoesNotExist',
  'NoSuchBucketPolicy',
  'NotFound',
])('%s: there is no such thing', async (name) => {
  await expect(failing(name)).resolves.toBeUndefined();
});

test.each(['AccessDenied', 'AccessDeniedException', 'AuthorizationError', 'Forbidden'])(
  '%s: the permission that is missing is named',
  async (name) => {
    const error = await failing(name, 'User x is not authorized').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(MissingPermission);
    expect(error).toMatchObject({
      permission,
      said: 'User x is not authorized',
      message:
        'sqs:GetQueueAttributes on arn:aws:sqs:eu-central-1:111122223333:q is not allowed: User x is not authorized',
    });
  },
);

test.each([
  [
    'CredentialsProviderError',
    'Could not load credentials from any providers',
    'There are no credentials: set AWS_PROFILE',
  ],
  [
    'ExpiredTokenException',
    'The security token included in the request is expired',
    'The session has expired: sign in',
  ],
  [
    'UnrecognizedClientException',
    'The security token included in the request is invalid.',
    'AWS does not know these credentials',
  ],
  [
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match',
    'AWS does not know these credentials',
  ],
  ['Error', 'connect ECONNREFUSED 127.0.0.1:1', 'No connection came about'],
  ['ThrottlingException', 'Rate exceeded', 'AWS asks to go slower'],
])('%s says nothing about the resource, and what to do is told', async (name, message, hint) => {
  const error = await failing(name, message).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(NotReachable);
  expect((error as Error).message).toBe(
    `sqs:GetQueueAttributes on arn:aws:sqs:eu-central-1:111122223333:q got no answer: ${name}: ${message}\n${(error as Error).message.split('\n')[1]}`,
  );
  expect((error as Error).message.split('\n')[1]).toContain(hint);
});

test('an error that nobody knows is told as it is', async () => {
  await expect(failing('InternalFailure', 'sorry')).rejects.toThrow(
    /^sqs:GetQueueAttributes on \S+ got no answer: InternalFailure: sorry$/,
  );
});
