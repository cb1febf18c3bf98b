import { describe, expect, it } from 'vitest';
import { refuses, takes } from './cases';
import { faultsWith } from './settings';

const field = 'callbackReceiver.callbacks[0].queue.consumerRoleArns';
/** Without subscribers, which would compete with the roles. */
const faultsOf = (value: unknown) => faultsWith({ [field]: value, subscriberPipe: undefined });

const role = (name: string, accountId = '444455556666') => `arn:aws:iam::${accountId}:role/${name}`;
const form =
  'must be the ARN of one IAM role, such as arn:aws:iam::<account>:role/<name>: no user, no account, no session, no wildcard';

describe('a consumer', () => {
  it.each([
    '*',
    '444455556666',
    'arn:aws:iam::444455556666:root',
    'arn:aws:iam::444455556666:user/consumer',
    'arn:aws:iam::444455556666:role/*',
    'arn:aws:iam::444455556666:role/team?/x',
    'arn:aws:iam::*:role/consumer',
    'arn:aws:sts::444455556666:assumed-role/consumer/session',
    'arn:aws:iam::444455556666:role/',
    'arn:aws:iam:eu-west-1:444455556666:role/consumer',
    7,
  ])('may not be %s', (value) => {
    expect(faultsOf([role('consumer'), value])).toEqual([
      { environment: 'test', field: `${field}[1]`, value, rule: form },
    ]);
  });

  it('may not be of the same account, where its own policies are enough', () => {
    expect(faultsOf([role('consumer', '111122223333')]).map(({ rule }) => rule)).toEqual([
      "is a role of the environment's own account, where the role's own policies are enough: leave it out",
    ]);
  });

  it('may not be of another partition', () => {
    expect(faultsOf(['arn:aws-cn:iam::444455556666:role/consumer']).map(({ rule }) => rule)).toEqual([
      'is in the partition aws-cn, the environment in aws: AWS does not reach across partitions',
    ]);
  });

  it('may not stand there twice', () => {
    expect(faultsOf([role('consumer'), role('consumer')])).toMatchObject([
      { field: `${field}[1]`, rule: `is ${field}[0] too: leave one out` },
    ]);
  });

  it.each([
    ['one with a path', [role('teams/orders/consumer')]],
    ['47 of them', Array.from({ length: 47 }, (_, index) => role(`consumer-${index}`))],
  ])('may be %s', (_what, value) => {
    expect(faultsOf(value)).toEqual([]);
  });

  it.each([[[]], ['x'], [Array.from({ length: 48 }, (_, index) => role(`consumer-${index}`))]])(
    'there must be one to 47 of them',
    (value) => {
      expect(faultsOf(value)).toMatchObject([{ field, rule: 'must be a list of one to 47 ARNs of roles' }]);
    },
  );

  it('does not share its queue with a pipe', () => {
    const faults = faultsWith({ [field]: [role('consumer')] });

    expect(faults).toMatchObject([
      {
        field: 'subscriberPipe.subscriptions[0].source.callback',
        rule: `is a queue that ${field} already takes from, and each message would reach only one of the two: give each its own queue`,
      },
    ]);
  });
});

describe('a pipe', () => {
  const source = 'subscriberPipe.subscriptions[2].source.queueArn';
  const there =
    'is in the account 444455556666, and a pipe of 111122223333 takes from queues of its own account alone: let an environment of 444455556666 subscribe to it, or let a queue of 111122223333 be consumed from there by its consumerRoleArns';
  refuses([[source, 'arn:aws:sqs:ap-northeast-2:444455556666:other', there]]);
  takes([[source, 'arn:aws:sqs:ap-northeast-2:111122223333:another']]);

  it('takes from no callback whose queue is in another account', () => {
    expect(
      faultsWith({ 'subscriberPipe.subscriptions[1].source.callback': 'texts' }).filter(
        ({ field: at }) => at === 'subscriberPipe.subscriptions[1].source.callback',
      ),
    ).toMatchObject([{ value: 'texts', rule: `has a queue that ${there}` }]);
  });

  refuses([
    [
      'subscriberPipe.subscriptions[2].subscriber.functionArn',
      'arn:aws:lambda:ap-northeast-2:444455556666:function:theirs',
      'is in the account 444455556666, the environment in 111122223333: use a Lambda function of 111122223333',
    ],
  ]);
});
