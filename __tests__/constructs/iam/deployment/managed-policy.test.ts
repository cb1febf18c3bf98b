import { expect, test } from 'vitest';
import {
  longestManagedPolicy,
  ManagedPolicy,
  policyLength,
} from '../../../../constructs/iam/deployment/managed-policy';
import type { IdentityStatement } from '../../../../constructs/iam/statement';
import { exampleStack, statements, synthesized } from '../../../support/synthesized';

const send = (resource: string): IdentityStatement => ({
  sid: 'Send',
  actions: ['sqs:SendMessage'],
  resources: [resource],
});

const policy = (statement: IdentityStatement) => {
  const stack = exampleStack();
  const made = new ManagedPolicy(stack, 'send', {
    name: 'dev-send',
    description: 'Sends',
    statements: [statement],
  });
  return { made, configuration: synthesized(stack) };
};

test('a managed policy is its statements, and its ARN is written out', () => {
  const { made, configuration } = policy(send('*'));

  expect(made.arn).toBe('arn:aws:iam::111122223333:policy/dev-send');
  expect(configuration.resource).toEqual({
    aws_iam_policy: {
      send: {
        name: 'dev-send',
        description: 'Sends',
        policy: '${data.aws_iam_policy_document.send_document.json}',
      },
    },
  });
  expect(statements(configuration, 'send_document')).toEqual([
    { sid: 'Send', effect: 'Allow', actions: ['sqs:SendMessage'], resources: ['*'] },
  ]);
});

test('a policy may be as long as AWS takes, and not by a character longer', () => {
  const room = longestManagedPolicy - policyLength([send('')]);
  expect(() => policy(send('a'.repeat(room)))).not.toThrow();
  expect(() => policy(send('a'.repeat(room + 1)))).toThrow(
    'example/send: the policy dev-send has 6145 characters, and AWS takes 6144: move statements into a policy of their own',
  );
});

test('its length is that of its JSON without white space', () => {
  const written = {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Send',
        Effect: 'Deny',
        Action: ['sqs:SendMessage'],
        Resource: ['a b'],
        Condition: [{ StringEquals: { 'aws:SourceAccount': ['111122223333'] } }],
      },
    ],
  };
  expect(
    policyLength([
      {
        ...send('a b'),
        effect: 'Deny',
        conditions: [{ test: 'StringEquals', variable: 'aws:SourceAccount', values: ['111122223333'] }],
      },
    ]),
  ).toBe(JSON.stringify(written).length - 1);
});
