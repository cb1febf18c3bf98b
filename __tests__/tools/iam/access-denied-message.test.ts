import { expect, test } from 'vitest';
import { accessDeniedMessage, evaluate } from '../../../tools/iam/evaluate';
import {
  account,
  anonymous,
  keyArn,
  otherAccount,
  otherRole,
  otherRoleArn,
  policies,
  queueArn,
  request,
  roleArn,
  service,
  statement,
  user,
  userArn,
} from './policies';

function messageOf(changes: Parameters<typeof request>[0], written: Parameters<typeof policies>[0]): string {
  const asked = request(changes);
  const decision = evaluate(asked, policies(written));
  if (decision.allowed) throw new Error('it is allowed');
  return accessDeniedMessage(asked, decision);
}

const session = `User: arn:aws:sts::${account}:assumed-role/sender/s-1 is not authorized to perform:`;
const otherSession = session.replace(account, otherAccount);
const sending = `sqs:sendmessage on resource: ${queueArn}`;
const assumingTheRole = `is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`;
const invoking = `is not authorized to perform: execute-api:Invoke on resource: ${queueArn}`;
const because = (kind: string, action = 'sqs:sendmessage') =>
  `because no ${kind} policy allows the ${action} action`;
const decrypting = { action: 'kms:Decrypt', resource: keyArn };
const assuming = { principal: service, action: 'sts:AssumeRole', resource: roleArn };
const trusting = {
  Effect: 'Allow',
  Action: 'sts:AssumeRole',
  Principal: { Service: 'lambda.amazonaws.com' },
};

test.each([
  ['a send that nothing allows', {}, {}, `${session} ${sending} ${because('identity-based')}`],
  [
    'a send that the role’s policy denies',
    {},
    { identity: [statement({ Effect: 'Deny' })] },
    `${session} ${sending} with an explicit deny in an identity-based policy`,
  ],
  [
    'a send that the queue’s policy denies',
    {},
    { identity: [statement()], resource: [statement({ Effect: 'Deny', Principal: '*' })] },
    `${session} ${sending} with an explicit deny in a resource-based policy`,
  ],
  [
    'a send that both deny',
    {},
    { identity: [statement({ Effect: 'Deny' })], resource: [statement({ Effect: 'Deny', Principal: '*' })] },
    `${session} ${sending} with an explicit deny in an identity-based policy`,
  ],
  [
    'a send to another account’s queue that only the sender’s side allows',
    { principal: otherRole },
    { identity: [statement()] },
    `${otherSession} ${sending} ${because('resource-based')}`,
  ],
  [
    'a send to another account’s queue that only the queue allows',
    { principal: otherRole },
    { resource: [statement({ Principal: { AWS: otherRoleArn } })] },
    `${otherSession} ${sending} ${because('identity-based')}`,
  ],
  [
    'a send to another account’s queue that neither allows',
    { principal: otherRole },
    {},
    `${otherSession} ${sending} ${because('identity-based')}`,
  ],
  [
    'the use of a key that leaves it to the account',
    decrypting,
    {
      resource: [{ Effect: 'Allow', Action: 'kms:*', Resource: '*', Principal: { AWS: account } }],
      resourcePolicyDecides: true,
    },
    `${session} kms:Decrypt on resource: ${keyArn} ${because('identity-based', 'kms:Decrypt')}`,
  ],
  [
    'the use of a key that does not leave it to the account',
    decrypting,
    {
      identity: [{ Effect: 'Allow', Action: 'kms:*', Resource: '*' }],
      resource: [{ Effect: 'Allow', Action: 'kms:*', Resource: '*', Principal: { AWS: userArn } }],
      resourcePolicyDecides: true,
    },
    `${session} kms:Decrypt on resource: ${keyArn} ${because('resource-based', 'kms:Decrypt')}`,
  ],
  [
    'the use of a key that neither side allows',
    decrypting,
    { resourcePolicyDecides: true },
    `${session} kms:Decrypt on resource: ${keyArn} ${because('resource-based', 'kms:Decrypt')}`,
  ],
  [
    'a role that does not trust a service',
    assuming,
    { resource: [trusting], resourcePolicyDecides: true },
    `User: pipes.amazonaws.com ${assumingTheRole} ${because('role trust', 'sts:AssumeRole')}`,
  ],
  [
    'a role that distrusts a service',
    assuming,
    { resource: [{ ...trusting, Effect: 'Deny', Principal: '*' }], resourcePolicyDecides: true },
    `User: pipes.amazonaws.com ${assumingTheRole} with an explicit deny in the role trust policy`,
  ],
  [
    'a user without a grant to take on a role',
    { ...assuming, principal: user },
    { resource: [{ ...trusting, Principal: { AWS: account } }], resourcePolicyDecides: true },
    `User: ${userArn} ${assumingTheRole} ${because('identity-based', 'sts:AssumeRole')}`,
  ],
  [
    'an unsigned request',
    { principal: anonymous, action: 'execute-api:Invoke' },
    {},
    `User: anonymous ${invoking} ${because('resource-based', 'execute-api:Invoke')}`,
  ],
])('%s', (_, changes, written, message) => {
  expect(messageOf(changes, written)).toBe(message);
});
