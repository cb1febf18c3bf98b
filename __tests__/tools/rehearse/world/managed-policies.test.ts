import { expect, test } from 'vitest';
import { accessPoliciesOf } from '../../../../tools/rehearse/world/access-policies';
import { allow, at, planOf, policyText, type Resources, role, roleArn, together } from './example-stacks';

const policyArn = `arn:aws:iam::${at.accountId}:policy/dev-limit`;

const managed: Resources = {
  aws_iam_policy: { limit: { name: 'dev-limit', policy: policyText(allow('sqs:SendMessage', '*')) } },
};
const sender = role('sender', 'apigateway.amazonaws.com');
const bounded = together(sender, {
  aws_iam_role: { sender: { permissions_boundary: policyArn } },
});
const attached: Resources = {
  aws_iam_role_policy_attachment: { limit: { role: 'sender', policy_arn: policyArn } },
};

const senderOf = (...stacks: readonly Resources[]) =>
  accessPoliciesOf(stacks.map((stack, index) => planOf(stack, `stack-${index}`))).roles.get(
    roleArn('sender'),
  );

test('a role has the boundary that a stack makes, its own or another', () => {
  const limit = {
    address: 'stack-0: aws_iam_policy.limit',
    statements: [{ actions: ['sqs:SendMessage'] }],
  };
  expect(senderOf(together(managed, bounded))).toMatchObject({ boundary: limit, identity: [] });
  expect(senderOf(managed, bounded)).toMatchObject({ boundary: limit, identity: [] });
  expect(senderOf(together(managed, sender))).not.toHaveProperty('boundary');
});

test('a role has the managed policies that are attached to it', () => {
  expect(senderOf(together(managed, sender, attached))).toMatchObject({
    identity: [{ address: 'stack-0: aws_iam_policy.limit' }],
  });
});

test.each([
  ['a boundary', bounded, 'stack-0: aws_iam_role.sender'],
  ['an attached policy', together(sender, attached), 'stack-0: aws_iam_role_policy_attachment.limit'],
])('%s that no stack has is not passed over', (_, stack, address) => {
  expect(() => senderOf(stack)).toThrow(
    `${address}: the policy ${policyArn}, which the stacks do not have, is not simulated`,
  );
});

test('a policy that is attached to a role which no stack has is not passed over', () => {
  expect(() => senderOf(together(managed, attached))).toThrow(
    'aws_iam_role_policy_attachment.limit: a policy of the role sender, which the stacks do not have,',
  );
});
