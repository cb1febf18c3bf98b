import { expect, test } from 'vitest';
import { parsePolicy } from '../../../../tools/iam/policy';
import { Access, accountOf, type Session } from '../../../../tools/rehearse/world/access';
import { accessPoliciesOf } from '../../../../tools/rehearse/world/access-policies';
import {
  allow,
  denyAll,
  planOf,
  policyText,
  queueArn,
  type Resources,
  role,
  roleArn,
  together,
} from './example-stacks';

const now = 1_767_225_600_000;

const accessTo = (...resources: readonly Resources[]) =>
  new Access(accessPoliciesOf([planOf(together(...resources))]), () => now);

const asApiGateway = (access: Access, name: string, context = {}) =>
  access.assumeRole('apigateway.amazonaws.com', { roleArn: roleArn(name), sessionName: 's', context });

const sender = role('sender', 'apigateway.amazonaws.com', [allow('sqs:SendMessage', queueArn('orders'))]);

const sending = {
  action: 'sqs:SendMessage',
  resource: queueArn('orders'),
  resourceAccountId: '111122223333',
  context: { 'aws:SecureTransport': 'true' },
};

test('a service takes on a role that trusts it', () => {
  const access = accessTo(sender);
  const session = asApiGateway(access, 'sender');

  expect(session?.principal).toEqual({ kind: 'role', roleArn: roleArn('sender'), sessionName: 's' });
  expect(session?.role).toBe(access.policies.roles.get(roleArn('sender')));
  expect(access.denials).toEqual([]);
});

test('a service that a role does not trust cannot take it on, and it is said where to look', () => {
  const access = accessTo(role('reader', 'lambda.amazonaws.com'));

  expect(asApiGateway(access, 'reader')).toBeUndefined();
  expect(access.denials).toEqual([
    {
      at: now,
      actor: 'apigateway.amazonaws.com',
      action: 'sts:AssumeRole',
      resource: roleArn('reader'),
      message: [
        'User: apigateway.amazonaws.com is not authorized to perform: sts:AssumeRole on resource:',
        `${roleArn('reader')} because no role trust policy allows the sts:AssumeRole action`,
      ].join(' '),
      place: 'dev: aws_iam_role.reader',
    },
  ]);
});

test('what a service says of itself meets the conditions of the trust', () => {
  const pipe = role('pipe', 'apigateway.amazonaws.com', [], {
    StringEquals: { 'aws:SourceAccount': '111122223333' },
  });

  expect(asApiGateway(accessTo(pipe), 'pipe', { 'aws:SourceAccount': '111122223333' })).toBeDefined();
  expect(asApiGateway(accessTo(pipe), 'pipe', { 'aws:SourceAccount': '444455556666' })).toBeUndefined();
  expect(asApiGateway(accessTo(pipe), 'pipe')).toBeUndefined();
});

test('a role that is not there cannot be taken on', () => {
  const access = accessTo(sender);

  expect(asApiGateway(access, 'sendr')).toBeUndefined();
  expect(access.denials).toEqual([
    {
      at: now,
      actor: 'apigateway.amazonaws.com',
      action: 'sts:AssumeRole',
      resource: roleArn('sendr'),
      message: `The role ${roleArn('sendr')} does not exist`,
      place: 'no resource of the plan',
    },
  ]);
});

test('an allowed request leaves no trace', () => {
  const access = accessTo(sender);

  expect(access.refusal(asApiGateway(access, 'sender') as Session, sending)).toBeUndefined();
  expect(access.denials).toEqual([]);
});

const queuePolicy = (...statements: readonly object[]) =>
  parsePolicy({ address: 'the queue’s policy', json: policyText(...(statements as never[])) });

test('a refusal names every policy that could have allowed it', () => {
  const access = accessTo(sender);
  const session = asApiGateway(access, 'sender') as Session;
  const others = queuePolicy(allow('sqs:SendMessage', '*', { Principal: { AWS: roleArn('other') } }));
  const receiving = { ...sending, action: 'sqs:ReceiveMessage' };

  const message = access.refusal(session, receiving, others);

  expect(message).toBe(
    [
      'User: arn:aws:sts::111122223333:assumed-role/sender/s is not authorized to perform: sqs:receivemessage',
      `on resource: ${queueArn('orders')} because no identity-based policy allows the sqs:receivemessage action`,
    ].join(' '),
  );
  expect(access.denials).toEqual([
    {
      at: now,
      actor: roleArn('sender'),
      action: 'sqs:ReceiveMessage',
      resource: queueArn('orders'),
      message,
      place: 'dev: aws_iam_role_policy.sender, the queue’s policy',
    },
  ]);
});

test('a refusal of a role without policies says that there is none', () => {
  const access = accessTo(role('bare', 'apigateway.amazonaws.com'));

  access.refusal(asApiGateway(access, 'bare') as Session, sending);

  expect(access.denials.map(({ place }) => place)).toEqual(['no policy']);
});

test.each([
  ['by its id', { Sid: 'NobodyWithoutTls' }, 'the queue’s policy, statement NobodyWithoutTls'],
  ['by its number where it has no id', {}, 'the queue’s policy, statement 2'],
])('a refusal names the statement that denies %s', (_how, sid, place) => {
  const access = accessTo(sender);
  const policy = queuePolicy(
    allow('sqs:*', '*', { Principal: '*' }),
    denyAll('sqs:*', '*', { ...sid, Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
  );
  const session = asApiGateway(access, 'sender') as Session;

  expect(access.refusal(session, sending, policy)).toBeUndefined();
  expect(
    access.refusal(session, { ...sending, context: { 'aws:SecureTransport': 'false' } }, policy),
  ).toContain('with an explicit deny in a resource-based policy');
  expect(access.denials.map((denial) => denial.place)).toEqual([place]);
});

test('where the policy of the resource decides, the role’s own is not enough', () => {
  const access = accessTo(sender);
  const session = asApiGateway(access, 'sender') as Session;
  const nobodys = queuePolicy(allow('sqs:DeleteQueue', '*', { Principal: '*' }));

  expect(access.refusal(session, sending, nobodys)).toBeUndefined();
  expect(access.refusal(session, sending, nobodys, { resourcePolicyDecides: true })).toContain(
    'because no resource-based policy allows',
  );
});

test('what a service itself refuses is kept with its time', () => {
  const access = accessTo();
  const denial = {
    actor: '192.0.2.1',
    action: 'execute-api:Invoke',
    resource: 'r',
    message: 'm',
    place: 'p',
  };

  access.refused(denial);

  expect(access.denials).toEqual([{ ...denial, at: now }]);
});

test.each([
  ['arn:aws:iam::111122223333:role/x', '111122223333'],
  ['arn:aws:s3:::bucket', ''],
  ['text', ''],
])('the account in %s is "%s"', (arn, account) => {
  expect(accountOf(arn)).toBe(account);
});
