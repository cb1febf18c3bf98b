import { expect, test } from 'vitest';
import { idSource } from '../../../../tools/rehearse/simulation/ids';
import { VirtualClock } from '../../../../tools/rehearse/simulation/virtual-clock';
import { LiveQueue } from '../../../../tools/rehearse/sqs/live-queue';
import { existingQueue } from '../../../../tools/rehearse/sqs/queue';
import { type QueueAction, queueAction } from '../../../../tools/rehearse/world/queue-access';
import { ordersAs } from './example-queue-access';
import { allow, at, denyAll, otherAccount, queueArn, queuePolicy, roleArn } from './example-stacks';

const actions: readonly QueueAction[] = [
  'sqs:SendMessage',
  'sqs:ReceiveMessage',
  'sqs:DeleteMessage',
  'sqs:GetQueueAttributes',
];

test('only what the flows ask of queues is known', () => {
  const queue = existingQueue(queueArn('orders'));

  expect(actions.map((action) => queueAction(action, queue))).toEqual(actions);
  for (const action of ['sqs:PurgeQueue', 'sqs:sendmessage', 'toString']) {
    expect(() => queueAction(action, queue)).toThrow(
      `${queueArn('orders')}: the permission ${action} is not simulated`,
    );
  }
});

test.each(actions)('%s is allowed by the role alone, or by the queue alone, and not by neither', (action) => {
  const byTheQueue = queuePolicy(
    'orders',
    allow(action, queueArn('orders'), { Principal: { AWS: roleArn('worker') } }),
  );
  const others = actions.filter((other) => other !== action);

  expect(ordersAs([allow(action, queueArn('orders'))]).refusal(action)).toBeUndefined();
  expect(ordersAs([], byTheQueue).refusal(action)).toBeUndefined();
  const { access, refusal } = ordersAs([allow(others, queueArn('orders'))]);
  expect(refusal(action)).toEqual({
    status: 403,
    code: 'AccessDenied',
    message: expect.stringContaining(`is not authorized to perform: ${action.toLowerCase()} on resource`),
  });
  expect(access.denials).toMatchObject([{ actor: roleArn('worker'), action, resource: queueArn('orders') }]);
});

test('permission for another queue is none for this one', () => {
  expect(ordersAs([allow('sqs:*', queueArn('order'))]).refusal('sqs:SendMessage')?.code).toBe('AccessDenied');
});

test('the queue’s policy may deny what the role allows', () => {
  const { access, refusal } = ordersAs(
    [allow('sqs:*', '*')],
    queuePolicy('orders', denyAll('sqs:SendMessage', queueArn('orders'), { Sid: 'Closed' })),
  );

  expect(refusal('sqs:SendMessage')?.message).toContain('with an explicit deny in a resource-based policy');
  expect(access.denials[0]?.place).toBe('dev: aws_sqs_queue_policy.orders, statement Closed');
  expect(refusal('sqs:ReceiveMessage')).toBeUndefined();
});

test('requests are made through TLS', () => {
  const tlsOnly = { Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
  const { refusal } = ordersAs(
    [allow('sqs:*', '*')],
    queuePolicy('orders', denyAll('sqs:*', queueArn('orders'), tlsOnly)),
  );

  expect(refusal('sqs:SendMessage')).toBeUndefined();
});

test('a queue of another account needs both sides', () => {
  const arn = queueArn('orders', otherAccount);
  const foreign = existingQueue(arn);
  const lettingIn = {
    aws_sqs_queue_policy: {
      p: {
        queue_url: `https://sqs.eu-central-1.amazonaws.com/${otherAccount}/orders`,
        policy: JSON.stringify({
          Version: '2012-10-17',
          Statement: [allow('sqs:*', arn, { Principal: { AWS: `arn:aws:iam::${at.accountId}:root` } })],
        }),
      },
    },
  };
  const mine = [allow('sqs:SendMessage', arn)];

  expect(ordersAs(mine, lettingIn).refusal('sqs:SendMessage', foreign)).toBeUndefined();
  expect(ordersAs(mine).refusal('sqs:SendMessage', foreign)?.code).toBe('AccessDenied');
  expect(ordersAs([], lettingIn).refusal('sqs:SendMessage', foreign)?.code).toBe('AccessDenied');
});

/** A queue with one message, through a consumer that may do this. */
function consumerWith(...granted: readonly QueueAction[]) {
  const { queueAccess, session, settings } = ordersAs(
    granted.length > 0 ? [allow(granted, queueArn('orders'))] : [],
  );
  const live = new LiveQueue(settings, new VirtualClock(0), idSource('test'));
  live.send({ body: 'hello', attributes: [] }, 'sender');
  return { live, consumer: queueAccess.consumer(session, live) };
}

test('a consumer asks for permission with each request', () => {
  const { live, consumer } = consumerWith(
    'sqs:ReceiveMessage',
    'sqs:DeleteMessage',
    'sqs:GetQueueAttributes',
  );

  expect(consumer.queue).toBe(live);
  expect(consumer.attributes()).toBeUndefined();
  const received = consumer.receive(10);
  expect(received).toMatchObject([{ body: 'hello' }]);
  expect(
    consumer.delete((received as readonly { receiptHandle: string }[])[0]?.receiptHandle ?? ''),
  ).toBeUndefined();
  expect(live.messages()).toEqual([]);
});

test('a consumer takes no more messages than it asks for', () => {
  const { live, consumer } = consumerWith('sqs:ReceiveMessage');
  live.send({ body: 'again', attributes: [] }, 'sender');

  expect(consumer.receive(1)).toHaveLength(1);
});

test('what a consumer may not do does not happen', () => {
  const { live, consumer } = consumerWith();

  expect(consumer.attributes()).toMatchObject({ code: 'AccessDenied' });
  expect(consumer.receive(10)).toMatchObject({ code: 'AccessDenied' });
  expect(live.counts()).toEqual({ visible: 1, notVisible: 0, delayed: 0 });
  const [received] = live.receive({ maxMessages: 1 });
  expect(consumer.delete(received?.receiptHandle ?? '')).toMatchObject({ code: 'AccessDenied' });
  expect(live.messages()).toHaveLength(1);
});

test('whoever may receive may not delete for that, nor look at attributes', () => {
  const { consumer } = consumerWith('sqs:ReceiveMessage');

  expect(consumer.attributes()?.message).toContain('sqs:getqueueattributes');
  expect(consumer.delete('handle')?.message).toContain('sqs:deletemessage');
});
