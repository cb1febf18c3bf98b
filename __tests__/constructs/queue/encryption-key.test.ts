import { expect, test } from 'vitest';
import { EncryptionKey } from '../../../constructs/queue/encryption-key';
import { exampleStack, statements, synthesized } from '../../support/synthesized';

const exampleKey = (region?: string) => {
  const stack = exampleStack(region);
  const key = new EncryptionKey(stack, 'key', { name: 'dev-queues', description: 'Encrypts queues' });
  return { stack, key };
};

test('a key is rotated, is deleted 30 days after its removal, and goes by its alias', () => {
  const { stack } = exampleKey();

  expect(synthesized(stack).resource).toEqual({
    aws_kms_key: {
      key: {
        description: 'Encrypts queues',
        enable_key_rotation: true,
        deletion_window_in_days: 30,
        policy: '${data.aws_iam_policy_document.key_policy.json}',
      },
    },
    aws_kms_alias: {
      key_alias: { name: 'alias/dev-queues', target_key_id: '${aws_kms_key.key.key_id}' },
    },
  });
});

test('its policy leaves the decision to the identity policies of its own account', () => {
  const { stack } = exampleKey();

  expect(statements(synthesized(stack), 'key_policy')).toEqual([
    {
      sid: 'IdentityPoliciesOfThisAccountDecide',
      effect: 'Allow',
      principals: [{ type: 'AWS', identifiers: ['arn:aws:iam::111122223333:root'] }],
      actions: ['kms:*'],
      resources: ['*'],
      condition: [{ test: 'StringEquals', variable: 'aws:PrincipalAccount', values: ['111122223333'] }],
    },
  ]);
});

test('roles are let near it by its alias and through SQS, without a reference to it', () => {
  expect(exampleKey('cn-north-1').key.access).toEqual({
    resources: ['arn:aws-cn:kms:cn-north-1:111122223333:key/*'],
    conditions: [
      { test: 'ForAnyValue:StringEquals', variable: 'kms:ResourceAliases', values: ['alias/dev-queues'] },
      { test: 'StringEquals', variable: 'kms:ViaService', values: ['sqs.cn-north-1.amazonaws.com.cn'] },
    ],
  });
});
