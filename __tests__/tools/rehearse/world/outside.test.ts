import { expect, test } from 'vitest';
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

/** Why a role with these statements may not receive from a queue outside. */
function refusalFor(arn: string, statements: readonly WrittenStatement[], key?: string) {
  const queues = outsideQueues([{ arn, keyArn: key }], []);
  const policies = accessPoliciesOf([planOf(role('reader', 'lambda.amazonaws.com', statements))]);
  const access = new Access(withOutsidePolicies(policies, queues, at), () => 0);
  const session = access.assumeRole('lambda.amazonaws.com', {
    roleArn: roleArn('reader'),
    sessionName: 's',
    context: {},
  }) as Session;
  const refusal = queues[0] && new QueueAccess(access, at).refusal(session, 'sqs:ReceiveMessage', queues[0]);
  return refusal && [refusal.code, access.denials[0]?.place];
}

test.each([
  ['of the account', orders],
  ['of another account', foreign],
])('a queue %s takes whoever its account has given permission', (_whose, arn) => {
  expect(refusalFor(arn, [allow('sqs:ReceiveMessage', arn)])).toBeUndefined();
  expect(refusalFor(arn, [allow('sqs:SendMessage', arn)])?.[0]).toBe('AccessDenied');
});

test('who is refused by a queue outside is told that its policy is outside', () => {
  expect(refusalFor(foreign, [allow('sqs:SendMessage', foreign)])).toEqual([
    'AccessDenied',
    'dev: aws_iam_role_policy.reader, outside the plan',
  ]);
});

test.each([[at.accountId], [otherAccount]])(
  'a key in %s leaves it to the account of the role',
  (accountId) => {
    const key = keyArn(accountId);
    const receives = allow('sqs:ReceiveMessage', orders);

    expect(refusalFor(orders, [receives, allow('kms:Decrypt', key)], key)).toBeUndefined();
    expect(refusalFor(orders, [receives], key)).toEqual([
      'KMS.AccessDeniedException',
      'dev: aws_iam_role_policy.reader, outside the plan',
    ]);
  },
);

test('a queue of the account itself gets no policy that nobody wrote', () => {
  const policies = accessPoliciesOf([planOf({})]);
  const { queues } = withOutsidePolicies(policies, [existingQueue(orders), existingQueue(foreign)], at);

  expect([...queues.keys()]).toEqual([foreign]);
});

test('one key of several queues is one key', () => {
  const queues = outsideQueues(
    ['a', 'b'].map((name) => ({ arn: queueArn(name), keyArn: keyArn(at.accountId) })),
    [],
  );
  const { keys } = withOutsidePolicies(accessPoliciesOf([planOf({})]), queues, at);

  expect(keys).toMatchObject([{ address: 'outside the plan', arn: keyArn(at.accountId), aliases: [] }]);
});

test('what the plans say of policies stays', () => {
  const tlsOnly = queuePolicy('orders', denyAll('sqs:*', orders));
  const policies = accessPoliciesOf([
    planOf(together(queue('orders'), tlsOnly, key('k'), role('reader', 'lambda.amazonaws.com'))),
  ]);
  const outside = outsideQueues([{ arn: foreign, keyArn: keyArn(otherAccount) }], []);
  const all = withOutsidePolicies(policies, outside, at);

  expect(withOutsidePolicies(policies, [], at)).toEqual(policies);
  expect([...all.queues.keys()]).toEqual([orders, foreign]);
  expect(all.keys.map(({ address }) => address)).toEqual(['dev: aws_kms_key.k', 'outside the plan']);
});
