import { expect, test } from 'vitest';
import { systemOf } from '../../../../tools/rehearse/world/system';
import type { Wanted } from '../../../../tools/rehearse/world/wanted';
import { restApi, webSocketApi } from './example-apis';
import {
  allow,
  at,
  consuming,
  otherAccount,
  queue,
  queueArn,
  type Resources,
  redriven,
  role,
  roleArn,
  stackOf,
  together,
} from './example-stacks';
import { nothingWanted, systemWith } from './example-world';

const functionArn = `arn:aws:lambda:eu-central-1:${at.accountId}:function:worker`;

const sender = role('sender', 'apigateway.amazonaws.com', [allow('sqs:SendMessage', '*')]);
const pipe = (name: string, sourceName = 'orders') =>
  together(role('pipe', 'pipes.amazonaws.com', [consuming(sourceName)]), {
    aws_pipes_pipe: {
      [name]: {
        name,
        role_arn: '${aws_iam_role.pipe.arn}',
        source: queueArn(sourceName),
        target: functionArn,
        target_parameters: { lambda_function_parameters: { invocation_type: 'REQUEST_RESPONSE' } },
      },
    },
  });

const receiver = together(queue('orders'), sender, restApi('orders'));

test('stacks make one system, in one place', () => {
  const system = systemOf([stackOf(receiver, 'one'), stackOf(pipe('dev-archive'), 'two')], nothingWanted);

  expect(system).toMatchObject({ ...at, outside: [], webSocketApis: [], functions: [], missing: [] });
  expect(system.queues.map(({ arn }) => arn)).toEqual([queueArn('orders')]);
  expect([system.restApis.length, system.pipes.length]).toEqual([1, 1]);
  expect([...system.policies.roles.keys()]).toEqual([roleArn('sender'), roleArn('pipe')]);
});

test('without a stack there is no system', () => {
  expect(() => systemOf([], nothingWanted)).toThrow('a system has at least one stack');
});

test.each([
  [{ ...at, region: 'eu-west-1' }, '111122223333, eu-central-1 and 111122223333, eu-west-1'],
  [{ ...at, accountId: otherAccount }, '111122223333, eu-central-1 and 444455556666, eu-central-1'],
])('stacks in several places are not simulated', (where, places) => {
  expect(() => systemOf([stackOf({}, 'one'), stackOf({}, 'two', where)], nothingWanted)).toThrow(
    `two: an environment in both ${places} is not simulated`,
  );
});

test('each way of a message is a flow, with its stack and its queue', () => {
  const { flows, restApis, webSocketApis } = systemOf(
    [
      stackOf(receiver, 'callbacks'),
      stackOf(
        together(
          queue('messages', { fifo_queue: true }),
          together(sender, { aws_iam_role: { sender: { name: 'ws-sender' } } }),
          webSocketApi('messages.fifo'),
        ),
        'ws',
      ),
      stackOf(pipe('dev-archive'), 'pipes'),
    ],
    nothingWanted,
  );

  expect(flows.map(({ kind, stackId, way, queueArn: through }) => ({ kind, stackId, way, through }))).toEqual(
    [
      {
        kind: 'callback',
        stackId: 'callbacks',
        way: 'POST /v1/orders → orders',
        through: queueArn('orders'),
      },
      {
        kind: 'websocket',
        stackId: 'ws',
        way: '$default → messages.fifo → function → @connections',
        through: queueArn('messages.fifo'),
      },
      {
        kind: 'subscription',
        stackId: 'pipes',
        way: 'orders → dev-archive → worker',
        through: queueArn('orders'),
      },
    ],
  );
  expect(flows).toMatchObject([{ api: restApis[0] }, { api: webSocketApis[0] }, { callback: flows[0] }]);
});

const wantedCallback = {
  name: 'orders',
  path: '/orders',
  allowList: ['192.0.2.0/24'],
  consumerRoleArns: [],
  schema: undefined,
  fifo: false,
  queueArn: undefined,
  ids: { MessageGroupId: undefined, MessageDeduplicationId: undefined },
};

test('a callback knows whom the environment wants to let in', () => {
  const system = systemWith(receiver, {
    callbacks: [{ ...wantedCallback, path: '/other', allowList: ['::/0'] }, wantedCallback],
  });

  expect(system.flows).toMatchObject([{ allowList: ['192.0.2.0/24'] }]);
  expect(systemWith(receiver).flows).toMatchObject([{ allowList: [] }]);
});

test('a subscription to another queue has no callback', () => {
  const { flows } = systemWith(together(receiver, queue('other'), pipe('dev-archive', 'other')));

  expect(flows.find(({ kind }) => kind === 'subscription')).toMatchObject({ callback: undefined });
});

const subscription = { name: 'archive', pipeName: 'dev-archive', queueArn: undefined, callback: 'orders' };

test.each<[Partial<Wanted>, string]>([
  [
    { callbacks: [{ ...wantedCallback, path: '/order' }] },
    'the callback orders: no stack has a REST API with a method on /order',
  ],
  [
    { callbacks: [{ ...wantedCallback, schema: { type: 'object' } }] },
    'the callback orders: dev: aws_api_gateway_method.orders checks no JSON body',
  ],
  [
    { callbacks: [{ ...wantedCallback, fifo: true }] },
    `the callback orders: its messages go to ${queueArn('orders')}, which is not FIFO`,
  ],
  [
    { callbacks: [{ ...wantedCallback, queueArn: queueArn('theirs') }] },
    `the callback orders: its messages go to ${queueArn('orders')}, not to ${queueArn('theirs')}`,
  ],
  [
    { webSocketReplies: true },
    'replies to WebSocket messages: no stack has a WebSocket API with a route for messages',
  ],
  [
    { subscriptions: [{ ...subscription, name: 'mirror', pipeName: 'dev-mirror' }] },
    'the subscription mirror: no stack has a pipe dev-mirror',
  ],
  [
    { subscriptions: [{ ...subscription, name: 'hive', pipeName: 'dev-hive' }] },
    'the subscription hive: no stack has a pipe dev-hive',
  ],
  [
    { subscriptions: [{ ...subscription, queueArn: queueArn('theirs'), callback: undefined }] },
    `the subscription archive: its pipe takes messages from ${queueArn('orders')}, not from ${queueArn('theirs')}`,
  ],
])('with %j something is missing', (wanted, what) => {
  expect(systemWith(together(receiver, pipe('dev-archive')), wanted).missing).toEqual([what]);
});

test('a pipe that takes another queue’s messages than the callback’s is missing', () => {
  const { missing } = systemWith(together(receiver, queue('other'), pipe('dev-archive', 'other')), {
    callbacks: [wantedCallback],
    subscriptions: [subscription],
  });

  expect(missing).toEqual([
    `the subscription archive: its pipe takes messages from ${queueArn('other')}, not from ${queueArn('orders')}`,
  ]);
});

test('where all that is wanted is there, nothing is missing', () => {
  const { missing } = systemWith(
    together(
      receiver,
      pipe('dev-archive'),
      queue('messages', { fifo_queue: true }),
      webSocketApi('messages.fifo'),
    ),
    { callbacks: [wantedCallback], webSocketReplies: true, subscriptions: [subscription] },
  );

  expect(missing).toEqual([]);
});

test('queues that someone else owns are part of the system, with the policies that are printed for them', () => {
  const foreign = queueArn('theirs', otherAccount);
  const { queues, outside, policies } = systemWith(queue('orders'), {
    existingQueues: [
      { arn: foreign, keyArn: undefined },
      { arn: queueArn('orders'), keyArn: undefined },
    ],
  });

  expect(queues.map(({ arn }) => arn)).toEqual([queueArn('orders'), foreign]);
  expect(outside.map(({ arn }) => arn)).toEqual([foreign]);
  expect([...policies.queues.keys()]).toEqual([]);
});

const allowing = (policy: object): Resources => ({
  aws_sqs_queue_redrive_allow_policy: {
    'orders-dead': { redrive_allow_policy: JSON.stringify(policy) },
  },
});

test('a dead-letter queue that lets its source in is taken, of another stack as well', () => {
  const whole = redriven('orders', 3);
  const { aws_sqs_queue: queues = {}, ...others } = whole;
  const dead = { aws_sqs_queue: { 'orders-dead': queues['orders-dead'] ?? {} }, ...others };
  const source = { aws_sqs_queue: { orders: queues.orders ?? {} } };

  expect(() => systemWith(whole)).not.toThrow();
  expect(() => systemOf([stackOf(dead, 'one'), stackOf(source, 'two')], nothingWanted)).not.toThrow();
});

const deadArn = queueArn('orders-dead');

test.each<[string, Resources]>([
  [
    'does not list it in its redrive allow policy',
    together(redriven('orders', 3), allowing({ redrivePermission: 'denyAll' })),
  ],
  [
    'does not list it in its redrive allow policy',
    together(
      redriven('orders', 3),
      allowing({ redrivePermission: 'byQueue', sourceQueueArns: [queueArn('other')] }),
    ),
  ],
  [
    'is in no stack',
    queue('orders', {
      redrive_policy: JSON.stringify({ deadLetterTargetArn: deadArn, maxReceiveCount: 3 }),
    }),
  ],
])('a dead-letter queue that %s is refused', (fault, resources) => {
  expect(() => systemWith(resources)).toThrow(
    `${queueArn('orders')}: its dead-letter queue ${deadArn} ${fault}`,
  );
});

test('the dead-letter queue of a FIFO queue is FIFO', () => {
  const redrive = JSON.stringify({ deadLetterTargetArn: queueArn('dead'), maxReceiveCount: 3 });
  const orders = { name: 'orders.fifo', fifo_queue: true, redrive_policy: redrive };

  expect(() => systemWith(redriven('orders', 3, { fifo_queue: true }))).not.toThrow();
  expect(() => systemWith({ aws_sqs_queue: { orders, dead: { name: 'dead' } } })).toThrow(
    'SQS takes another queue of the same account, region and kind',
  );
});

test('a queue whose name ends in .fifo is FIFO, and no other is', () => {
  const named = (name: string, fifo: boolean) =>
    systemWith({ aws_sqs_queue: { q: { name, ...(fifo && { fifo_queue: true }) } } });

  expect(() => named('orders.fifo', false)).toThrow('SQS wants the name of a FIFO queue to end in .fifo');
  expect(() => named('orders', true)).toThrow('SQS wants the name of a FIFO queue to end in .fifo');
});

test.each([
  ['a queue', queue('orders'), 'aws_sqs_queue.orders', 'orders'],
  ['a role', sender, 'aws_iam_role.sender', 'sender'],
])('two stacks do not make %s of one name', (_what, resources, address, name) => {
  expect(() => systemOf([stackOf(resources, 'one'), stackOf(resources, 'two')], nothingWanted)).toThrow(
    `two: ${address} and one: ${address} make one thing, ${name}: give each its own name`,
  );
});
