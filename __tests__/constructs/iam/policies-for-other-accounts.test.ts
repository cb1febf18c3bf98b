import { describe, expect, test } from 'vitest';
import { ServiceRole } from '../../../constructs/iam/service-role';
import { EncryptionKey } from '../../../constructs/queue/encryption-key';
import { ExistingQueue } from '../../../constructs/queue/existing-queue';
import { MessageQueue } from '../../../constructs/queue/message-queue';
import { exampleStack, statements, synthesized } from '../../support/synthesized';

const theirs = 'arn:aws:sqs:ap-northeast-2:444455556666:theirs.fifo';
const key = (accountId: string) =>
  `arn:aws:kms:ap-northeast-2:${accountId}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const throughSqs = {
  test: 'StringEquals',
  variable: 'kms:ViaService',
  values: ['sqs.ap-northeast-2.amazonaws.com'],
};

const sender = (stack: ReturnType<typeof exampleStack>, name: string) =>
  new ServiceRole(stack, name, {
    name: `dev-${name}`,
    description: 'Sends',
    trust: { service: 'apigateway' },
  });

function sending(queueArn: string, keyArn?: string) {
  const stack = exampleStack();
  for (const name of ['one', 'two']) {
    const queue = new ExistingQueue(stack, `${name}-queue`, {
      arn: queueArn,
      ...(keyArn !== undefined && { key: { arn: keyArn } }),
    });
    queue.grantSend(sender(stack, name));
  }
  return synthesized(stack);
}

const outputOf = ({ output }: { readonly output?: Readonly<Record<string, { readonly value?: unknown }>> }) =>
  output?.policies_for_other_accounts?.value;

const role = (name: string) => ({
  type: 'AWS',
  identifiers: [`arn:aws:iam::111122223333:role/dev-${name}`],
});

describe('the owner of a queue in another account', () => {
  const stack = sending(theirs, key('444455556666'));

  test('gets a policy of the queue and one of the key, by their ARNs', () => {
    expect(outputOf(stack)).toEqual({
      [theirs]:
        '${data.aws_iam_policy_document.policies_for_other_accounts_sqs_ap_northeast_2_444455556666_theirs_fifo.json}',
      [key('444455556666')]:
        '${data.aws_iam_policy_document.policies_for_other_accounts_kms_ap_northeast_2_444455556666_key_1234abcd_12ab_34cd_56ef_1234567890ab.json}',
    });
  });

  test('lets each of our roles send, and use the key through SQS', () => {
    expect(
      statements(stack, 'policies_for_other_accounts_sqs_ap_northeast_2_444455556666_theirs_fifo'),
    ).toEqual([
      {
        sid: 'DevOneSends',
        effect: 'Allow',
        actions: ['sqs:SendMessage'],
        resources: [theirs],
        principals: [role('one')],
      },
      {
        sid: 'DevTwoSends',
        effect: 'Allow',
        actions: ['sqs:SendMessage'],
        resources: [theirs],
        principals: [role('two')],
      },
    ]);
    expect(
      statements(
        stack,
        'policies_for_other_accounts_kms_ap_northeast_2_444455556666_key_1234abcd_12ab_34cd_56ef_1234567890ab',
      ),
    ).toContainEqual({
      sid: 'DevTwoEncryptsThroughQueues',
      effect: 'Allow',
      actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
      resources: ['*'],
      principals: [role('two')],
      condition: [throughSqs],
    });
  });
});

test('nothing is printed for what is in the same account', () => {
  const here = 'arn:aws:sqs:ap-northeast-2:111122223333:theirs';

  expect(outputOf(sending(here))).toBeUndefined();
  expect(outputOf(sending(here, key('111122223333')))).toBeUndefined();
});

test('a key is asked for by its own account, not by the queue’s', () => {
  const here = 'arn:aws:sqs:ap-northeast-2:111122223333:theirs';

  expect(Object.keys(outputOf(sending(here, key('444455556666'))) as object)).toEqual([key('444455556666')]);
  expect(Object.keys(outputOf(sending(theirs, key('111122223333'))) as object)).toEqual([theirs]);
});

test('a consumer of a queue needs the key of another account too', () => {
  const stack = exampleStack();
  new ExistingQueue(stack, 'queue', {
    arn: 'arn:aws:sqs:ap-northeast-2:111122223333:theirs',
    key: { arn: key('444455556666') },
  }).grantConsume(sender(stack, 'pipe'));

  expect(
    statements(
      synthesized(stack),
      'policies_for_other_accounts_kms_ap_northeast_2_444455556666_key_1234abcd_12ab_34cd_56ef_1234567890ab',
    ),
  ).toMatchObject([{ sid: 'DevPipeDecryptsThroughQueues', actions: ['kms:Decrypt'] }]);
});

describe('a consumer in another account', () => {
  const consumer = 'arn:aws:iam::444455556666:role/teams/consumer';
  function consumed(withKey: boolean) {
    const stack = exampleStack();
    const own = withKey
      ? new EncryptionKey(stack, 'key', { name: 'dev', description: 'Encrypts' })
      : undefined;
    for (const name of ['orders', 'events']) {
      new MessageQueue(stack, name, {
        name: `dev-${name}`,
        consumerTimeoutSeconds: 30,
        consumerRoleArns: [consumer],
        key: own,
      });
    }
    return synthesized(stack);
  }
  const document = 'policies_for_other_accounts_iam_444455556666_role_teams_consumer';
  const consume = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];
  const queueArn = (name: string) => `arn:aws:sqs:ap-northeast-2:111122223333:dev-${name}`;

  test('is named by the policy of the queue, with what Lambda needs and no more', () => {
    expect(statements(consumed(false), 'orders_policy_document')).toContainEqual({
      sid: 'RolesOfOtherAccountsConsume',
      effect: 'Allow',
      actions: consume,
      resources: [queueArn('orders')],
      principals: [{ type: 'AWS', identifiers: [consumer] }],
    });
  });

  test('is told what its own policies must say, of all queues', () => {
    const stack = consumed(false);

    expect(outputOf(stack)).toEqual({ [consumer]: `\${data.aws_iam_policy_document.${document}.json}` });
    expect(statements(stack, document)).toEqual([
      { sid: 'ConsumeFromDevOrders', effect: 'Allow', actions: consume, resources: [queueArn('orders')] },
      { sid: 'ConsumeFromDevEvents', effect: 'Allow', actions: consume, resources: [queueArn('events')] },
    ]);
  });

  test('decrypts with a customer key, by both sides, through SQS', () => {
    const stack = consumed(true);
    const decrypt = { effect: 'Allow', actions: ['kms:Decrypt'], condition: [throughSqs] };

    expect((statements(stack, 'key_policy') as readonly unknown[]).slice(1)).toEqual([
      {
        ...decrypt,
        sid: '444455556666RoleTeamsConsumerDecryptsThroughQueues',
        resources: ['*'],
        principals: [{ type: 'AWS', identifiers: [consumer] }],
      },
    ]);
    expect(statements(stack, document)).toContainEqual({
      ...decrypt,
      sid: 'DecryptThroughTheQueueKey',
      resources: ['${aws_kms_key.key.arn}'],
    });
  });

  test('is nowhere unless it is given', () => {
    const stack = exampleStack();
    new MessageQueue(stack, 'queue', {
      name: 'dev-orders',
      consumerTimeoutSeconds: 30,
      consumerRoleArns: [],
    });

    expect(outputOf(synthesized(stack))).toBeUndefined();
    expect(JSON.stringify(synthesized(stack))).not.toContain('OtherAccounts');
  });
});
