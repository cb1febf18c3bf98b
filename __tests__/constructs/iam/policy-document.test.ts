import { TerraformOutput } from 'cdktf';
import { expect, test } from 'vitest';
import { PolicyDocument } from '../../../constructs/iam/policy-document';
import { anyone } from '../../../constructs/iam/statement';
import { exampleStack, synthesized } from '../../support/synthesized';

const send = { sid: 'Send', actions: ['sqs:SendMessage'], resources: ['arn:aws:sqs:*'] } as const;
const put = { sid: 'Put', actions: ['s3:PutObject'], resources: ['arn:aws:s3:::archive/*'] } as const;

test('a statement is an Allow of what it names, and nothing is added to it', () => {
  const stack = exampleStack();

  new PolicyDocument(stack, 'policy').add(send);

  expect(synthesized(stack).data).toEqual({
    aws_iam_policy_document: {
      policy: {
        statement: [
          { sid: 'Send', effect: 'Allow', actions: ['sqs:SendMessage'], resources: ['arn:aws:sqs:*'] },
        ],
      },
    },
  });
});

test('effect, principals and conditions are written as they are given', () => {
  const stack = exampleStack();

  new PolicyDocument(stack, 'policy').add({
    ...send,
    effect: 'Deny',
    principals: [anyone, { type: 'AWS', identifiers: ['arn:aws:iam::111122223333:root'] }],
    conditions: [
      { test: 'Bool', variable: 'aws:SecureTransport', values: ['false'] },
      { test: 'NotIpAddress', variable: 'aws:SourceIp', values: ['203.0.113.0/24', '2001:db8::/32'] },
    ],
  });

  expect(synthesized(stack).data.aws_iam_policy_document).toEqual({
    policy: {
      statement: [
        {
          sid: 'Send',
          effect: 'Deny',
          actions: ['sqs:SendMessage'],
          resources: ['arn:aws:sqs:*'],
          principals: [
            { type: '*', identifiers: ['*'] },
            { type: 'AWS', identifiers: ['arn:aws:iam::111122223333:root'] },
          ],
          condition: [
            { test: 'Bool', variable: 'aws:SecureTransport', values: ['false'] },
            { test: 'NotIpAddress', variable: 'aws:SourceIp', values: ['203.0.113.0/24', '2001:db8::/32'] },
          ],
        },
      ],
    },
  });
});

test('statements stand in the order in which they are added', () => {
  const stack = exampleStack();

  new PolicyDocument(stack, 'policy').add(put).add(send);

  expect(synthesized(stack).data.aws_iam_policy_document?.policy?.statement).toMatchObject([
    { sid: 'Put' },
    { sid: 'Send' },
  ]);
});

test('a second statement with the same id is refused, naming the policy and the id', () => {
  const stack = exampleStack();
  const document = new PolicyDocument(stack, 'policy').add(send);

  expect(() => document.add(put, { ...put, sid: 'Send' })).toThrow(
    'example/policy: the policy already has a statement "Send"; statement ids are unique within a policy, name this one after what it is for',
  );
});

test('two documents may have statements of the same id', () => {
  const stack = exampleStack();

  new PolicyDocument(stack, 'one').add(send);
  new PolicyDocument(stack, 'other').add(send);

  expect(Object.keys(synthesized(stack).data.aws_iam_policy_document ?? {})).toEqual(['one', 'other']);
});

test('its JSON is a reference to the document', () => {
  const stack = exampleStack();

  new TerraformOutput(stack, 'json', { value: new PolicyDocument(stack, 'policy').add(send).json });

  expect(synthesized(stack).output).toEqual({
    json: { value: '${data.aws_iam_policy_document.policy.json}' },
  });
});
