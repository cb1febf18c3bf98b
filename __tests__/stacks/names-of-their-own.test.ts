import { Testing } from 'cdktf';
import { expect, test } from 'vitest';
import type { Environment } from '../../environments/environment';
import { CallbackReceiverStack } from '../../stacks/callback-receiver';
import { SubscriberPipeStack } from '../../stacks/subscriber-pipe';
import { synthesized } from '../support/synthesized';

const environment: Environment = {
  name: 'test',
  accountId: '111122223333',
  region: 'ap-northeast-2',
  state: { kind: 'local' },
};

const callback = (name: string) => ({
  name,
  path: `/${name}`,
  allowList: ['203.0.113.0/24'],
  schema: { type: 'object' },
});

test('callbacks may be named like parts of the API and of each other', () => {
  const names = [
    'policy',
    'policy-document',
    'paths',
    'validator',
    'gateway-responses',
    'a',
    'a-queue',
    'a-route',
  ];
  const stack = new CallbackReceiverStack(Testing.app(), environment, { callbacks: names.map(callback) });

  expect(Object.keys(synthesized(stack).resource.aws_api_gateway_method ?? {}).sort()).toEqual(
    names.map((name) => `api_${name.replaceAll('-', '_')}_route_method`).sort(),
  );
});

test('subscriptions may be named like parts of the stack and of each other', () => {
  const names = ['aws', 'backend', 'x', 'x-source', 'x-subscriber', 'x-bucket', 'x-writer', 'x-pipe'];
  const stack = new SubscriberPipeStack(Testing.app(), environment, {
    subscriptions: names.map((name) => ({
      name,
      source: { queueArn: `arn:aws:sqs:ap-northeast-2:111122223333:${name}` },
      subscriber: { kind: 's3-archive' },
    })),
  });

  expect(Object.keys(synthesized(stack).resource.aws_pipes_pipe ?? {}).sort()).toEqual(
    names.map((name) => `${name.replaceAll('-', '_')}_pipe`).sort(),
  );
});
