import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { expect, test } from 'vitest';
import { placement } from '../../../constructs/iam/placement';
import { ServiceRole } from '../../../constructs/iam/service-role';
import { ExistingQueue, type ExistingQueueProps } from '../../../constructs/queue/existing-queue';
import { keyByAlias } from '../../../constructs/queue/key-access';
import { exampleStack, statements, synthesized } from '../../support/synthesized';

const arn = 'arn:aws:sqs:ap-northeast-2:444455556666:orders.fifo';
const keyArn = 'arn:aws:kms:ap-northeast-2:444455556666:key/1111-2222';

const throughSqs = {
  test: 'StringEquals',
  variable: 'kms:ViaService',
  values: ['sqs.ap-northeast-2.amazonaws.com'],
};

function existingQueue(props: Partial<ExistingQueueProps> = {}) {
  const stack = exampleStack();
  const queue = new ExistingQueue(stack, 'orders', { arn, ...props });
  const role = new ServiceRole(stack, 'actor', {
    name: 'dev-actor',
    description: 'Uses the queue',
    trust: { service: 'lambda' },
  });
  return { stack, queue, role };
}

const send = { sid: 'SendToTheQueue', effect: 'Allow', actions: ['sqs:SendMessage'], resources: [arn] };
const consume = {
  sid: 'ConsumeFromTheQueue',
  effect: 'Allow',
  actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
  resources: [arn],
};

test('nothing is made for a queue that someone else owns', () => {
  const stack = exampleStack();

  new ExistingQueue(stack, 'orders', { arn });

  const { resource, data } = synthesized(stack);
  expect({ resource, data }).toEqual({ resource: {}, data: {} });
});

test('its ARN says its name, its account, its URL and that it is FIFO', () => {
  const { queue } = existingQueue();

  expect({ ...queue, name: queue.name }).toMatchObject({
    name: 'orders.fifo',
    accountId: '444455556666',
    arn,
    url: 'https://sqs.ap-northeast-2.amazonaws.com/444455556666/orders.fifo',
    fifo: true,
  });
  expect(existingQueue({ arn: arn.replace('.fifo', '') }).queue.fifo).toBe(false);
});

test('a grant writes the role’s side, and prints the other account’s', () => {
  const { stack, queue, role } = existingQueue();

  queue.grantSend(role);
  queue.grantConsume(role);

  const { resource, data } = synthesized(stack);
  expect(Object.keys(resource)).toEqual(['aws_iam_role', 'aws_iam_role_policy']);
  expect(Object.keys(data.aws_iam_policy_document ?? {})).toEqual([
    'actor_grants_document',
    'actor_trust',
    // The other side, for its owner to add.
    'policies_for_other_accounts_sqs_ap_northeast_2_444455556666_orders_fifo',
  ]);
  expect(data.aws_iam_policy_document?.actor_grants_document?.statement).toEqual([send, consume]);
});

test.each(['grantSend', 'grantConsume'] as const)('%s is in place once the role’s policies are', (grant) => {
  const { stack, queue, role } = existingQueue();

  new CloudwatchLogGroup(stack, 'late', { dependsOn: [...queue[grant](role)] });

  expect(synthesized(stack).resource.aws_cloudwatch_log_group).toEqual({
    late: { depends_on: ['aws_iam_role_policy.actor_grants'] },
  });
});

test('with a key’s ARN, a sender may use that key, through SQS', () => {
  const { stack, queue, role } = existingQueue({ key: { arn: keyArn } });

  queue.grantSend(role);

  expect(statements(synthesized(stack), 'actor_grants_document')).toEqual([
    send,
    {
      sid: 'EncryptThroughTheQueueKey',
      effect: 'Allow',
      actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
      resources: [keyArn],
      condition: [throughSqs],
    },
  ]);
});

test('with a key’s ARN, a consumer may decrypt with that key, through SQS', () => {
  const { stack, queue, role } = existingQueue({ key: { arn: keyArn } });

  queue.grantConsume(role);

  expect(statements(synthesized(stack), 'actor_grants_document')).toEqual([
    consume,
    {
      sid: 'DecryptThroughTheQueueKey',
      effect: 'Allow',
      actions: ['kms:Decrypt'],
      resources: [keyArn],
      condition: [throughSqs],
    },
  ]);
});

test('a key of another stack is found by its alias', () => {
  const key = keyByAlias(placement('ap-northeast-2', '111122223333'), 'dev-callback-receiver');
  const { stack, queue, role } = existingQueue({ key });

  queue.grantConsume(role);

  expect(statements(synthesized(stack), 'actor_grants_document')).toEqual([
    consume,
    {
      sid: 'DecryptThroughTheQueueKey',
      effect: 'Allow',
      actions: ['kms:Decrypt'],
      resources: ['arn:aws:kms:ap-northeast-2:111122223333:key/*'],
      condition: [
        {
          test: 'ForAnyValue:StringEquals',
          variable: 'kms:ResourceAliases',
          values: ['alias/dev-callback-receiver'],
        },
        throughSqs,
      ],
    },
  ]);
});

test('what is not the ARN of a queue is refused, with what one looks like', () => {
  expect(() => existingQueue({ arn: 'arn:aws:sns:ap-northeast-2:444455556666:orders' })).toThrow(
    'example/orders: "arn:aws:sns:ap-northeast-2:444455556666:orders" is not the ARN of an SQS queue; it reads arn:<partition>:sqs:<region>:<account>:<name>',
  );
});
