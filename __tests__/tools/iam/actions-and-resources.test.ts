import { describe, expect, test } from 'vitest';
import { account, anonymous, decide, queueArn, statement } from './policies';

describe('what a statement is about', () => {
  test.each([
    [{ Action: 'SQS:sendmessage' }, 'allowed'],
    [{ Action: 'sqs:*' }, 'allowed'],
    [{ Action: '*' }, 'allowed'],
    [{ Action: 'sqs:Send*' }, 'allowed'],
    [{ Action: 'sqs:?endMessage' }, 'allowed'],
    [{ Action: 'sqs:Send' }, 'not allowed'],
    [{ Action: 'sqs:SendMessage?' }, 'not allowed'],
    [{ Action: ['sqs:ReceiveMessage', 'sqs:SendMessage'] }, 'allowed'],
    [{ Action: 'sns:*' }, 'not allowed'],
    [{ Action: undefined, NotAction: 'sqs:ReceiveMessage' }, 'allowed'],
    [{ Action: undefined, NotAction: ['sqs:Receive*', 'sqs:Send*'] }, 'not allowed'],
    [{ Action: undefined, NotAction: 'SQS:SENDMESSAGE' }, 'not allowed'],
    [{ Resource: '*' }, 'allowed'],
    [{ Resource: `${queueArn}s` }, 'not allowed'],
    [{ Resource: [`${queueArn}s`, queueArn] }, 'allowed'],
    [{ Resource: queueArn.replace('orders', 'Orders') }, 'not allowed'],
    [{ Resource: queueArn.replace('orders', 'ord?rs') }, 'allowed'],
    [{ Resource: queueArn.replace('orders', 'o*s') }, 'allowed'],
    [{ Resource: queueArn.replace('orders', '*') }, 'allowed'],
    [{ Resource: queueArn.replace('eu-central-1', '*') }, 'allowed'],
    [{ Resource: queueArn.replace('eu-central-1', 'eu-*-?') }, 'allowed'],
    [{ Resource: queueArn.replace('eu-central-1', 'us-*-?') }, 'not allowed'],
    [{ Resource: 'arn:aws:sqs:*' }, 'allowed'],
    [{ Resource: 'arn:aws:sqs:*:orders' }, 'allowed'],
    [{ Resource: 'arn:aws:sqs:e*u-central-1:orders' }, 'not simulated'],
    [{ Resource: undefined, NotResource: queueArn }, 'not allowed'],
    [{ Resource: undefined, NotResource: `${queueArn}s` }, 'allowed'],
    [{ Resource: undefined, NotResource: 'arn:aws:sqs:*' }, 'not allowed'],
  ])('%j: %s', (changes, expected) => {
    const written = JSON.parse(JSON.stringify(statement(changes)));
    if (expected === 'not simulated') {
      expect(() => decide({}, { identity: [written] })).toThrow(/incomplete ARN .* is not simulated/);
    } else {
      expect(decide({}, { identity: [written] })).toBe(expected);
    }
  });

  test('a ? never stands for a colon before the resource, be it the end of a segment', () => {
    const ask = (Resource: string) =>
      decide({ resource: 'arn:aws:s3::eu:a/b:c' }, { identity: [statement({ Resource })] });

    expect(ask('arn:aws:s3?:eu:a/b:c')).toBe('not allowed');
    expect(ask('arn:aws:s?::eu:a/b:c')).toBe('allowed');
  });

  test('a wildcard inside a segment stays there, one that ends it may go on', () => {
    const resource = `arn:aws:execute-api:eu-central-1:${account}:abc/v1/POST/a:b/c`;
    const ask = (Resource: string) =>
      decide(
        { principal: anonymous, action: 'execute-api:Invoke', resource },
        { resource: [{ Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource }] },
      );

    expect(ask('arn:aws:execute-api:e*1:111122223333:abc/v1/*')).toBe('allowed');
    expect(ask('arn:aws:execute-api:e*3:abc/v1/POST/a:b/c:x')).toBe('not allowed');
    expect(ask('arn:aws:execute-api:e*3:*:abc/*')).toBe('not allowed');
    expect(ask('arn:aws:execute-api:*:abc/v?/POST/a:b/c')).toBe('allowed');
    expect(ask('arn:aws:execute-api:eu-central-1?111122223333:abc/v1/POST/a:b/c')).toBe('not allowed');
    expect(ask(`arn:aws:execute-api:eu-central-1:${account}:abc/*/c`)).toBe('allowed');
    expect(ask(`arn:aws:execute-api:eu-central-1:${account}:abc/v1/POST/a?b/c`)).toBe('allowed');
  });
});
