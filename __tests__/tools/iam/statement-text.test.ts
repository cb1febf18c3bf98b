import { expect, it } from 'vitest';
import { statementsOf } from '../../../tools/iam/policy-difference';
import { deletedKind, statementText } from '../../../tools/iam/statement-text';

const text = (statement: object) =>
  statementText(statementsOf(JSON.stringify({ Statement: statement }))[0] ?? {});

it.each([
  [
    'a statement of a role',
    { Effect: 'Allow', Action: ['sqs:SendMessage', 'sqs:GetQueueUrl'], Resource: 'arn:aws:sqs:r:a:q' },
    'Allow sqs:GetQueueUrl, sqs:SendMessage on arn:aws:sqs:r:a:q',
  ],
  [
    'everyone and a condition',
    {
      Effect: 'Deny',
      Principal: '*',
      Action: 'sqs:*',
      Resource: 'arn:aws:sqs:r:a:q',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
    'Deny sqs:* on arn:aws:sqs:r:a:q to everyone where Bool aws:SecureTransport = false',
  ],
  [
    'a trust policy with several conditions and values',
    {
      Effect: 'Allow',
      Principal: { Service: 'pipes.amazonaws.com' },
      Action: 'sts:AssumeRole',
      Condition: {
        StringEquals: { 'aws:SourceAccount': ['1', '2'] },
        ArnEquals: { 'aws:SourceArn': 'arn:p' },
      },
    },
    'Allow sts:AssumeRole to pipes.amazonaws.com where ArnEquals aws:SourceArn = arn:p and StringEquals aws:SourceAccount = 1 or 2',
  ],
  [
    'accounts and services together',
    {
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com', AWS: 'arn:aws:iam::111122223333:root' },
      Action: '*',
      Resource: '*',
    },
    'Allow * on * to account 111122223333 and events.amazonaws.com',
  ],
  [
    'exceptions',
    { Effect: 'Deny', NotPrincipal: { AWS: '111122223333' }, NotAction: 's3:Get*', NotResource: 'arn:b' },
    'Deny every action but s3:Get* on everything but arn:b to everyone but account 111122223333',
  ],
  [
    'a role that was deleted',
    {
      Effect: 'Allow',
      Principal: { AWS: 'AROARTX3GSDS5MEPFUOBP' },
      Action: 'sqs:SendMessage',
      Resource: '*',
    },
    'Allow sqs:SendMessage on * to AROARTX3GSDS5MEPFUOBP, a role that was deleted',
  ],
])('%s is one line', (_what, statement, line) => {
  expect(text(statement)).toBe(line);
});

it.each([
  ['AROARTX3GSDS5MEPFUOBP', 'role'],
  ['AIDARTX3GSDS5MEPFUOBP', 'user'],
  ['arn:aws:iam::111122223333:role/AROARTX3GSDS5MEPFUOBP', undefined],
  ['ASIARTX3GSDS5MEPFUOBP', undefined],
])('the unique id %s is that of a %s', (identifier, kind) => {
  expect(deletedKind(identifier)).toBe(kind);
});
