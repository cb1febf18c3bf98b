import { expect, test } from 'vitest';
import { accessPoliciesOf } from '../../../../tools/rehearse/world/access-policies';
import {
  allow,
  at,
  denyAll,
  key,
  planOf,
  policyText,
  queue,
  queueArn,
  queuePolicy,
  type Resources,
  role,
  roleArn,
  together,
} from './example-stacks';

const policiesOf = (...resources: readonly Resources[]) => accessPoliciesOf([planOf(together(...resources))]);

const everyone = (action: string) => allow(action, '*', { Principal: '*' });

test('a role has its trust and all its inline policies, and nobody else’s', () => {
  const { roles } = policiesOf(
    role('sender', 'apigateway.amazonaws.com', [allow('sqs:SendMessage', '*')]),
    role('reader', 'lambda.amazonaws.com', [allow('sqs:ReceiveMessage', '*')]),
    {
      aws_iam_role_policy: {
        more: { role: 'sender', name: 'more', policy: policyText(allow('kms:Decrypt', '*')) },
      },
    },
  );

  expect([...roles.keys()]).toEqual([roleArn('sender'), roleArn('reader')]);
  expect(roles.get(roleArn('sender'))).toMatchObject({
    address: 'dev: aws_iam_role.sender',
    arn: roleArn('sender'),
    trust: { address: 'dev: aws_iam_role.sender', statements: [{ actions: ['sts:AssumeRole'] }] },
    identity: [
      { address: 'dev: aws_iam_role_policy.sender', statements: [{ actions: ['sqs:SendMessage'] }] },
      { address: 'dev: aws_iam_role_policy.more', statements: [{ actions: ['kms:Decrypt'] }] },
    ],
  });
  expect(roles.get(roleArn('reader'))?.identity.map(({ address }) => address)).toEqual([
    'dev: aws_iam_role_policy.reader',
  ]);
});

test('a stack may add to the role of another', () => {
  const more = { aws_iam_role_policy: { more: { role: 'sender', policy: policyText(allow('s3:*', '*')) } } };
  const { roles } = accessPoliciesOf([
    planOf(role('sender', 'apigateway.amazonaws.com'), 'one'),
    planOf(more, 'two'),
  ]);

  expect(roles.get(roleArn('sender'))?.identity.map(({ address }) => address)).toEqual([
    'two: aws_iam_role_policy.more',
  ]);
});

test('a policy of a role that no stack has is not passed over', () => {
  const adrift = { aws_iam_role_policy: { p: { role: 'sendr', policy: policyText(allow('s3:*', '*')) } } };

  expect(() => policiesOf(role('sender', 'apigateway.amazonaws.com'), adrift)).toThrow(
    'dev: aws_iam_role_policy.p: a policy of the role sendr, which the stacks do not have, is not simulated',
  );
});

test('a queue’s policy is found by the queue’s ARN', () => {
  const { queues } = policiesOf(
    queue('orders'),
    queue('other'),
    queuePolicy('orders', everyone('sqs:SendMessage')),
  );

  expect([...queues]).toMatchObject([
    [queueArn('orders'), { address: 'dev: aws_sqs_queue_policy.orders', statements: [{ effect: 'Allow' }] }],
  ]);
});

test('the URL of a queue that another stack makes, or another account, may be written down', () => {
  const elsewhere = {
    aws_sqs_queue_policy: {
      p: {
        queue_url: 'https://sqs.eu-central-1.amazonaws.com/444455556666/orders.fifo',
        policy: policyText(everyone('sqs:SendMessage')),
      },
    },
  };

  expect([...policiesOf(elsewhere).queues.keys()]).toEqual([queueArn('orders.fifo', '444455556666')]);
});

test.each([
  ['https://sqs.eu-west-1.amazonaws.com/111122223333/orders'],
  [queueArn('orders')],
  ['https://sqs.eu-central-1.amazonaws.com/1111/orders'],
])('the queue URL %s is refused', (url) => {
  const policy = {
    aws_sqs_queue_policy: { p: { queue_url: url, policy: policyText(everyone('sqs:SendMessage')) } },
  };

  expect(() => policiesOf(policy)).toThrow(
    `dev: aws_sqs_queue_policy.p: "queue_url" is ${url}, which is no queue's URL in eu-central-1`,
  );
});

const first = queuePolicy('orders', everyone('sqs:SendMessage'));
const second = {
  aws_sqs_queue_policy: {
    again: {
      queue_url: 'https://sqs.eu-central-1.amazonaws.com/111122223333/orders',
      policy: policyText(everyone('sqs:*')),
    },
  },
};

test('two policies of one queue are refused', () => {
  expect(() => policiesOf(queue('orders'), first, second)).toThrow(
    'dev: aws_sqs_queue_policy.again and dev: aws_sqs_queue_policy.orders are policies of one queue, which keeps',
  );
});

test('two policies of one queue are refused when they are of two stacks', () => {
  const plans = [planOf(together(queue('orders'), first), 'one'), planOf(second, 'two')];

  expect(() => accessPoliciesOf(plans)).toThrow(
    'two: aws_sqs_queue_policy.again and one: aws_sqs_queue_policy.orders are policies of one queue',
  );
});

test('a bucket’s policy is found by the bucket’s ARN, and there is one', () => {
  const policy = (bucket: string) => ({
    bucket,
    policy: policyText(denyAll('s3:*', 'arn:aws:s3:::archive')),
  });
  const bucket = { aws_s3_bucket: { b: { bucket: 'archive' } } };

  const { buckets } = policiesOf(bucket, { aws_s3_bucket_policy: { p: policy('${aws_s3_bucket.b.id}') } });

  expect([...buckets.keys()]).toEqual(['arn:aws:s3:::archive']);
  expect(buckets.get('arn:aws:s3:::archive')?.address).toBe('dev: aws_s3_bucket_policy.p');
  expect(() =>
    policiesOf(bucket, { aws_s3_bucket_policy: { p: policy('archive'), q: policy('archive') } }),
  ).toThrow('aws_s3_bucket_policy.q and dev: aws_s3_bucket_policy.p are policies of one bucket');
});

test('a key has the aliases that name it by id or by ARN, and no others', () => {
  const { keys } = policiesOf(key('orders'), key('other'), {
    aws_kms_alias: { byArn: { name: 'alias/by-arn', target_key_id: '${aws_kms_key.orders.arn}' } },
  });

  expect(keys).toMatchObject([
    { address: 'dev: aws_kms_key.orders', aliases: ['alias/orders', 'alias/by-arn'] },
    { address: 'dev: aws_kms_key.other', aliases: ['alias/other'] },
  ]);
  expect(keys[0]?.arn).toMatch(/^arn:aws:kms:eu-central-1:111122223333:key\/[0-9a-f-]{36}$/);
  expect(keys[0]?.policy.statements).toMatchObject([{ effect: 'Allow', actions: ['kms:*'] }]);
});

const keyWith = (attributes: object) => together(key('orders'), { aws_kms_key: { orders: attributes } });

test.each([
  [{ is_enabled: false }, 'a disabled key'],
  [{ key_usage: 'SIGN_VERIFY' }, 'the key usage SIGN_VERIFY'],
  [{ policy: null }, 'a key with the default policy'],
  [{ multi_region: true }, 'its attribute "multi_region"'],
])('a key with %j is not simulated', (attributes, what) => {
  expect(() => policiesOf(keyWith(attributes))).toThrow(`dev: aws_kms_key.orders: ${what} is not simulated`);
});

test('a key may say that it is enabled and encrypts', () => {
  expect(policiesOf(keyWith({ is_enabled: true, key_usage: 'ENCRYPT_DECRYPT' })).keys).toHaveLength(1);
});

test('what is no policy is refused where it stands', () => {
  expect(() => policiesOf({ aws_iam_role: { r: { name: 'r', assume_role_policy: 'none' } } })).toThrow(
    'dev: aws_iam_role.r is no JSON',
  );
});

test('the policies of all plans are there', () => {
  const { roles, queues, keys } = accessPoliciesOf([
    planOf(together(role('sender', 'apigateway.amazonaws.com'), key('a')), 'one'),
    planOf(together(role('reader', 'lambda.amazonaws.com'), key('a'), queue('orders'), first), 'two'),
  ]);

  expect([...roles.keys()]).toEqual([roleArn('sender'), roleArn('reader')]);
  expect([...queues.keys()]).toEqual([`arn:aws:sqs:${at.region}:${at.accountId}:orders`]);
  expect(keys.map(({ address }) => address)).toEqual(['one: aws_kms_key.a', 'two: aws_kms_key.a']);
});
