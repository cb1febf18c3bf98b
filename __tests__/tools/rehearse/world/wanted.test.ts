import { expect, test } from 'vitest';
import type { Environment } from '../../../../environments/environment';
import { wantedOf } from '../../../../tools/rehearse/world/wanted';
import { queueArn } from './example-stacks';
import { nothingWanted } from './example-world';

const base: Environment = {
  name: 'dev',
  accountId: '111122223333',
  region: 'eu-central-1',
  state: { kind: 'local' },
};

const callback = { allowList: ['192.0.2.0/24'], schema: { type: 'object' } } as const;
const https = {
  kind: 'https',
  endpoint: 'https://subscriber.example.com/',
  authorization: { kind: 'api-key', header: 'X-Api-Key' },
};

const environment = (callbacks: readonly object[], subscriptions: readonly object[]) =>
  ({
    ...base,
    callbackReceiver: { callbacks },
    subscriberPipe: { subscriptions },
  }) as unknown as Environment;

test('an environment that does nothing wants nothing', () => {
  expect(wantedOf(base)).toEqual(nothingWanted);
});

test('callbacks are wanted with all that a plan could lose', () => {
  const wanted = wantedOf(environment([{ ...callback, name: 'orders', path: '/orders' }], []));

  expect(wanted.callbacks).toEqual([
    {
      name: 'orders',
      path: '/orders',
      allowList: ['192.0.2.0/24'],
      consumerRoleArns: [],
      schema: { type: 'object' },
      fifo: false,
      queueArn: undefined,
      ids: { MessageGroupId: undefined, MessageDeduplicationId: undefined },
    },
  ]);
  expect(wanted.existingQueues).toEqual([]);
});

test('replies are wanted where the environment has them', () => {
  expect(wantedOf({ ...base, websocketReply: {} as never }).webSocketReplies).toBe(true);
});

test('a subscription is wanted with its source, and its pipe under the environment’s name', () => {
  const wanted = wantedOf(
    environment(
      [],
      [
        { name: 'archive', source: { callback: 'orders' }, subscriber: https },
        { name: 'mirror', source: { queueArn: queueArn('theirs'), keyArn: 'k' }, subscriber: https },
      ],
    ),
  );

  expect(wanted.subscriptions).toEqual([
    { name: 'archive', pipeName: 'dev-archive', queueArn: undefined, callback: 'orders' },
    { name: 'mirror', pipeName: 'dev-mirror', queueArn: queueArn('theirs'), callback: undefined },
  ]);
  expect(wanted.existingQueues).toEqual([{ arn: queueArn('theirs'), keyArn: 'k' }]);
});

test('queues that someone else owns are those of callbacks and subscriptions, each once', () => {
  const existing = (arn: string, keyArn?: string) => ({
    ...callback,
    name: 'orders',
    path: '/orders',
    queue: { kind: 'existing', arn, ...(keyArn && { keyArn }) },
  });
  const wanted = wantedOf(
    environment(
      [
        existing(queueArn('theirs'), 'k'),
        existing(queueArn('plain')),
        { ...existing(''), queue: { kind: 'standard' } },
      ],
      [{ name: 'mirror', source: { queueArn: queueArn('theirs'), keyArn: 'k' }, subscriber: https }],
    ),
  );

  expect(wanted.existingQueues).toEqual([
    { arn: queueArn('theirs'), keyArn: 'k' },
    { arn: queueArn('plain'), keyArn: undefined },
  ]);
});

test('what is wanted can go to another thread', () => {
  const wanted = wantedOf(environment([{ ...callback, name: 'orders', path: '/orders' }], []));

  expect(structuredClone(wanted)).toEqual(wanted);
});
