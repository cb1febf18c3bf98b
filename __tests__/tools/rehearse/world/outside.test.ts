import { expect, test } from 'vitest';
import { type Policy, parsePolicy } from '../../../../tools/iam/policy';
import { existingQueue } from '../../../../tools/rehearse/sqs/queue';
import { Access, type Session } from '../../../../tools/rehearse/world/access';
import { accessPoliciesOf } from '../../../../tools/rehearse/world/access-policies';
import { outsideQueues, withOutsidePolicies } from '../../../../tools/rehearse/world/outside';
import { QueueAccess } from '../../../../tools/rehearse/world/queue-access';
import {
  allow,
  at,
  denyAll,
  key,
  otherAccount,
  planOf,
  queue,
  queueArn,
  queuePolicy,
  role,
  roleArn,
  together,
  type WrittenStatement,
} from './example-stacks';

const orders = queueArn('orders');
const foreign = queueArn('orders', otherAccount);
const keyArn = (accountId: string) => `arn:aws:kms:eu-central-1:${accountId}:key/1234`;

test('a queue of someone else’s has SQS’s settings, and the key that it is said to have', () => {
  expect(
    outsideQueues(
      [
        { arn: orders, keyArn: undefined },
        { arn: foreign, keyArn: keyArn(otherAccount) },
      ],
      [],
    ),
  ).toEqual([existingQueue(orders), { ...existingQueue(foreign), kmsMasterKeyId: keyArn(otherAccount) }]);
});

test('a queue that a stack makes after all is not outside', () => {
  expect(outsideQueues([{ arn: orders, keyArn: undefined }], [existingQueue(orders)])).toEqual([]);
});

/** What is printed for the owner of something that `roleArn('reader')` uses. */
const printedFor = (arn: string, action: string, principal = roleArn('reader')) =>
  new Map([
    [
      arn,
      parsePolicy({
        address: 'dev: output',
        json: JSON.stringify({
          Version: '2012-10-17',
          Statement: { Effect: 'Allow', Principal: { AWS: principal }, Action: action, Resource: arn },
        }),
      }),
    ],
  ]);

/** Why a role with these statements may not receive from a queue outside. */
function refusalFor(
  arn: string,
  statements: readonly WrittenStatement[],
  {
    key,
    printed = new Map(),
  }: { readonly key?: string; readonly printed?: ReadonlyMap<string, Policy> } = {},
) {
  const queues = outsideQueues([{ arn, keyArn: key }], []);
  const policies = accessPoliciesOf([planOf(role('reader', 'lambda.amazonaws.com', statements))]);
  const access = new Access(withOutsidePolicies(policies, queues, at, printed), () => 0);
  const session = access.assumeRole('lambda.amazonaws.com', {
    roleArn: roleArn('reader'),
    sessionName: 's',
    context: {},
  }) as Session;
  const refusal = queues[0] && new QueueAccess(access, at).refusal(session, 'sqs:ReceiveMessage', queues[0]);
  return refusal && [refusal.code, access.denials[0]?.place];
}

test('a queue of the account takes whoever the account has given permission', () => {
  expect(refusalFor(orders, [allow('sqs:ReceiveMessage', orders)])).toBeUndefined();
  expect(refusalFor(orders, [allow('sqs:SendMessage', orders)])?.[0]).toBe('AccessDenied');
});

test('a queue of another account takes whom the printed policy names, and nobody else', () => {
  const may = [allow('sqs:ReceiveMessage', foreign)];
  const printed = printedFor(foreign, 'sqs:ReceiveMessage');

  expect(refusalFor(foreign, may, { printed })).toBeUndefined();
  expect(refusalFor(foreign, [allow('sqs:SendMessage', foreign)], { printed })).toEqual([
    'AccessDenied',
    'dev: aws_iam_role_policy.reader, dev: output',
  ]);
  expect(refusalFor(foreign, may)?.[0]).toBe('AccessDenied');
  for (const wrong of [
    printedFor(foreign, 'sqs:SendMessage'),
    printedFor(foreign, 'sqs:ReceiveMessage', roleArn('writer')),
    printedFor(orders, 'sqs:ReceiveMessage'),
  ]) {
    expect(refusalFor(foreign, may, { printed: wrong })?.[0]).toBe('AccessDenied');
  }
});

test('a key of the account leaves it to the account', () => {
  const key = keyArn(at.accountId);
  const receives = allow('sqs:ReceiveMessage', orders);

  expect(refusalFor(orders, [receives, allow('kms:Decrypt', key)], { key })).toBeUndefined();
  expect(refusalFor(orders, [receives], { key })).toEqual([
    'KMS.AccessDeniedException',
    'dev: aws_iam_role_policy.reader, outside the plan',
  ]);
});

test('a key of another account lets in whom the printed policy names', () => {
  const key = keyArn(otherAccount);
  const may = [allow('sqs:ReceiveMessage', orders), allow('kms:Decrypt', key)];

  expect(refusalFor(orders, may, { key, printed: printedFor(key, 'kms:Decrypt') })).toBeUndefined();
  expect(refusalFor(orders, may, { key })?.[0]).toBe('KMS.AccessDeniedException');
});

test('a role of another account has what is printed for it', () => {
  const theirs = `arn:aws:iam::${otherAccount}:role/consumer`;
  const printed = new Map([
    [
      theirs,
      parsePolicy({
        address: 'dev: output',
        json: JSON.stringify({
          Version: '2012-10-17',
          Statement: { Effect: 'Allow', Action: 'sqs:ReceiveMessage', Resource: orders },
        }),
      }),
    ],
  ]);
  const { roles, queues } = withOutsidePolicies(accessPoliciesOf([planOf({})]), [], at, printed);

  expect(roles.get(theirs)?.identity.map(({ address }) => address)).toEqual(['dev: output']);
  expect([...queues]).toEqual([]);
});

test('a queue outside gets no policy that nobody wrote', () => {
  const policies = accessPoliciesOf([planOf({})]);
  const queues = [existingQueue(orders), existingQueue(foreign)];

  expect([...withOutsidePolicies(policies, queues, at, new Map()).queues]).toEqual([]);
});

test('one key of several queues is one key', () => {
  const queues = outsideQueues(
    ['a', 'b'].map((name) => ({ arn: queueArn(name), keyArn: keyArn(at.accountId) })),
    [],
  );
  const { keys } = withOutsidePolicies(accessPoliciesOf([planOf({})]), queues, at, new Map());

  expect(keys).toMatchObject([{ address: 'outside the plan', arn: keyArn(at.accountId), aliases: [] }]);
});

test('what the plans say of policies stays', () => {
  const tlsOnly = queuePolicy('orders', denyAll('sqs:*', orders));
  const policies = accessPoliciesOf([
    planOf(together(queue('orders'), tlsOnly, key('k'), role('reader', 'lambda.amazonaws.com'))),
  ]);
  const outside = outsideQueues([{ arn: foreign, keyArn: keyArn(otherAccount) }], []);
  const all = withOutsidePolicies(policies, outside, at, printedFor(foreign, 'sqs:*'));

  expect(withOutsidePolicies(policies, [], at, new Map())).toEqual(policies);
  expect([...all.queues.keys()]).toEqual([orders, foreign]);
  expect(all.keys.map(({ address }) => address)).toEqual(['dev: aws_kms_key.k', 'outside the plan']);
});
