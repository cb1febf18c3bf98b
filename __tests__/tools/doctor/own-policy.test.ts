import { expect, test } from 'vitest';
import { ownPolicy } from '../../../tools/doctor/own-policy';

const queue = (name: string) => `arn:aws:sqs:eu-central-1:111122223333:${name}`;

test('resources that the same actions go with share a statement', () => {
  const permissions = ['a', 'b'].flatMap((name) => [
    { action: 'sqs:GetQueueUrl', resource: queue(name) },
    { action: 'sqs:GetQueueAttributes', resource: queue(name) },
  ]);
  const receive = { action: 'sqs:ReceiveMessage', resource: queue('c') };

  expect(ownPolicy([...permissions, receive, ...permissions])).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Sqs1',
        Effect: 'Allow',
        Action: ['sqs:GetQueueAttributes', 'sqs:GetQueueUrl'],
        Resource: [queue('a'), queue('b')],
      },
      { Sid: 'Sqs2', Effect: 'Allow', Action: ['sqs:ReceiveMessage'], Resource: [queue('c')] },
    ],
  });
});

test('what a wider resource covers is not said again', () => {
  const get = (path: string) => ({
    action: 'apigateway:GET',
    resource: `arn:aws:apigateway:eu-central-1::${path}`,
  });

  expect(ownPolicy([get('/apis/*/stages/v1'), get('/apis'), get('/apis/*')]).Statement[0]?.Resource).toEqual([
    'arn:aws:apigateway:eu-central-1::/apis',
    'arn:aws:apigateway:eu-central-1::/apis/*',
  ]);
});

test('a service’s actions never stand with the resources of another', () => {
  const policy = ownPolicy([
    { action: 'lambda:ListEventSourceMappings', resource: '*' },
    { action: 'execute-api:Invoke', resource: '*' },
  ]);
  expect(policy.Statement.map(({ Sid, Action }) => [Sid, Action])).toEqual([
    ['Lambda1', ['lambda:ListEventSourceMappings']],
    ['Executeapi1', ['execute-api:Invoke']],
  ]);
});
