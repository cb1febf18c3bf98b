import { expect, test } from 'vitest';
import { Access } from '../../../../tools/rehearse/world/access';
import { type AccessPolicies, accessPoliciesOf } from '../../../../tools/rehearse/world/access-policies';
import { QueueAccess, type QueueAction } from '../../../../tools/rehearse/world/queue-access';
import { ordersAs } from './example-queue-access';
import {
  allow,
  at,
  key,
  otherAccount,
  planOf,
  queue,
  queueArn,
  roleArn,
  together,
  type WrittenStatement,
} from './example-stacks';

const encrypted = together(
  key('orders'),
  queue('orders', { kms_master_key_id: '${aws_kms_key.orders.arn}' }),
);

const onQueue = allow('sqs:*', queueArn('orders'));

/** What the role needs of the key: `undefined` when it lacks nothing, else the action that the error names. */
function missingOf(keyActions: readonly string[], action: QueueAction): string | undefined {
  const grants = keyActions.length > 0 ? [onQueue, allow(keyActions, '*')] : [onQueue];
  const refusal = ordersAs(grants, encrypted).refusal(action);
  if (refusal === undefined) return undefined;
  expect(refusal).toMatchObject({ status: 400, code: 'KMS.AccessDeniedException' });
  expect(refusal.message).toContain('(Service: AWSKMS; Status Code: 400; Error Code: AccessDeniedException;');
  return /perform: (\S+)/.exec(refusal.message)?.[1];
}

test.each<[QueueAction, readonly string[], string | undefined]>([
  ['sqs:SendMessage', ['kms:GenerateDataKey', 'kms:Decrypt'], undefined],
  ['sqs:SendMessage', ['kms:Decrypt'], 'kms:GenerateDataKey'],
  ['sqs:SendMessage', ['kms:GenerateDataKey'], 'kms:Decrypt'],
  ['sqs:SendMessage', [], 'kms:GenerateDataKey'],
  ['sqs:ReceiveMessage', ['kms:Decrypt'], undefined],
  ['sqs:ReceiveMessage', ['kms:GenerateDataKey'], 'kms:Decrypt'],
  ['sqs:DeleteMessage', [], undefined],
  ['sqs:GetQueueAttributes', [], undefined],
])('on an encrypted queue %s with %j lacks %s', (action, keyActions, missing) => {
  expect(missingOf(keyActions, action)).toBe(missing);
});

test('the queue is asked before its key', () => {
  expect(ordersAs([], encrypted).refusal('sqs:SendMessage')?.code).toBe('AccessDenied');
});

test('without the key’s own policy the role’s is not enough', () => {
  const toNobody = key(
    'orders',
    allow('kms:DescribeKey', '*', { Principal: { AWS: `arn:aws:iam::${at.accountId}:root` } }),
  );
  const { access, refusal } = ordersAs([onQueue, allow('kms:*', '*')], encrypted, toNobody);

  expect(refusal('sqs:ReceiveMessage')?.message).toContain('because no resource-based policy allows');
  expect(access.denials[0]?.place).toBe('dev: aws_iam_role_policy.worker, dev: aws_kms_key.orders');
});

const keyed = (kmsMasterKeyId: string) =>
  ordersAs([onQueue, allow('kms:Decrypt', '*')], key('orders'), key('other')).refusal('sqs:ReceiveMessage', {
    kmsMasterKeyId,
  });
const arnOfKey = (name: string) =>
  accessPoliciesOf([planOf(key(name))]).keys.find(({ aliases }) => aliases.includes(`alias/${name}`))?.arn ??
  '';

test('a key is found by its ARN, its id or its alias', () => {
  const arn = arnOfKey('orders');

  expect([arn, arn.split('/')[1] ?? '', 'alias/orders'].map(keyed)).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test.each([['alias/aws/sqs'], ['1234'], ['arn:aws:kms:eu-central-1:111122223333:alias/orders']])(
  'the key %s, which no stack has, is not simulated',
  (id) => {
    expect(() => keyed(id)).toThrow(
      `${queueArn('orders')}: its key ${id}, which the stacks do not have, is not simulated`,
    );
  },
);

test('of several keys it is the queue’s own that is asked', () => {
  const { access, refusal } = ordersAs(
    [onQueue, allow('kms:Decrypt', arnOfKey('other'))],
    key('orders'),
    key('other'),
  );

  expect(refusal('sqs:ReceiveMessage', { kmsMasterKeyId: 'alias/other' })).toBeUndefined();
  expect(refusal('sqs:ReceiveMessage', { kmsMasterKeyId: 'alias/orders' })?.code).toBe(
    'KMS.AccessDeniedException',
  );
  expect(access.denials).toMatchObject([{ resource: arnOfKey('orders') }]);
});

const throughTheQueue = (alias: string, service: string) =>
  allow('kms:Decrypt', 'arn:aws:kms:eu-central-1:111122223333:key/*', {
    Condition: {
      'ForAnyValue:StringEquals': { 'kms:ResourceAliases': alias },
      StringEquals: { 'kms:ViaService': service },
    },
  });

test.each([
  ['alias/orders', 'sqs.eu-central-1.amazonaws.com', undefined],
  ['alias/other', 'sqs.eu-central-1.amazonaws.com', 'KMS.AccessDeniedException'],
  ['alias/orders', 'sqs.eu-west-1.amazonaws.com', 'KMS.AccessDeniedException'],
])('a grant for keys with %s through %s gives %s', (alias, service, code) => {
  const { refusal } = ordersAs([onQueue, throughTheQueue(alias, service)], encrypted);

  expect(refusal('sqs:ReceiveMessage')?.code).toBe(code);
});

test('in China services have a name of their own', () => {
  const { access, session, settings } = ordersAs(
    [onQueue, throughTheQueue('alias/orders', 'sqs.cn-north-1.amazonaws.com.cn')],
    encrypted,
  );
  const china = new QueueAccess(access, { partition: 'aws-cn', region: 'cn-north-1' });

  expect(china.refusal(session, 'sqs:ReceiveMessage', settings)).toBeUndefined();
});

test('SQS names the queue as the encryption context', () => {
  const bound = (arn: string) =>
    allow('kms:Decrypt', '*', {
      Condition: { StringEquals: { 'kms:EncryptionContext:aws:sqs:arn': arn } },
    });

  expect(
    ordersAs([onQueue, bound(queueArn('orders'))], encrypted).refusal('sqs:ReceiveMessage'),
  ).toBeUndefined();
  expect(
    ordersAs([onQueue, bound(queueArn('other'))], encrypted).refusal('sqs:ReceiveMessage'),
  ).toBeDefined();
});

test('a key of another account asks for the role’s permission and its own', () => {
  const arn = `arn:aws:kms:eu-central-1:${otherAccount}:key/1234`;
  const named = { Principal: { AWS: roleArn('worker') } };
  const [ours] = accessPoliciesOf([planOf(key('orders', allow('kms:Decrypt', '*', named)))]).keys;
  const foreign: AccessPolicies['keys'] = ours ? [{ ...ours, arn, aliases: [] }] : [];
  const received = (statements: readonly WrittenStatement[]) => {
    const { access, session, settings } = ordersAs(statements);
    const others = new Access({ ...access.policies, keys: foreign }, () => 0);
    return new QueueAccess(others, at).refusal(session, 'sqs:ReceiveMessage', {
      ...settings,
      kmsMasterKeyId: arn,
    })?.code;
  };

  expect(received([onQueue, allow('kms:Decrypt', arn)])).toBeUndefined();
  expect(received([onQueue])).toBe('KMS.AccessDeniedException');
});
