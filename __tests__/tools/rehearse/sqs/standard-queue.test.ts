import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { HandClock, standardQueue } from './test-queue';

const md5 = (text: string) => createHash('md5').update(text).digest('hex');

test('a received message has all that was sent, and digests of it', () => {
  const queue = standardQueue(new HandClock());
  const attributes = [{ name: 'to', dataType: 'String', value: 'x' }];
  const { messageId } = queue.send('한🙂', { attributes, messageGroupId: 'tenant' });

  const received = queue.receiveOne();

  expect(received).toEqual({
    messageId,
    receiptHandle: expect.any(String),
    body: '한🙂',
    md5OfBody: md5('한🙂'),
    attributes: {
      ApproximateReceiveCount: '1',
      ApproximateFirstReceiveTimestamp: '1700000000000',
      SentTimestamp: '1700000000000',
      SenderId: 'AROASENDER:session',
      MessageGroupId: 'tenant',
    },
    messageAttributes: attributes,
    md5OfMessageAttributes: md5('\0\0\0\u0002to\0\0\0\u0006String\u0001\0\0\0\u0001x'),
  });
  expect(Object.keys(received.attributes)).not.toContain('SequenceNumber');
});

test('messages come in the order in which they became available, as many as are asked for', () => {
  const clock = new HandClock();
  const queue = standardQueue(clock);
  for (const body of ['a', 'b', 'c', 'd']) queue.send(body);

  expect(queue.bodies(2, 5)).toEqual(['a', 'b']);
  expect(queue.bodies(1)).toEqual(['c']);
  clock.pass(5);
  expect(queue.bodies()).toEqual(['d', 'a', 'b']);
});

test('two sends of one text are two messages', () => {
  const queue = standardQueue(new HandClock());

  expect(queue.send('a').messageId).not.toBe(queue.send('a').messageId);
  expect(queue.bodies()).toEqual(['a', 'a']);
});

test('a group does not hold back messages', () => {
  const queue = standardQueue(new HandClock());
  queue.send('a', { messageGroupId: 'g' });
  queue.send('b', { messageGroupId: 'g' });

  expect(queue.bodies(1)).toEqual(['a']);
  expect(queue.bodies(1)).toEqual(['b']);
});

test('a message waits for its own delay, or else for the queue’s', () => {
  const clock = new HandClock();
  const queue = standardQueue(clock, { delaySeconds: 60 });
  queue.send('queue’s');
  queue.send('own', { delaySeconds: 5 });
  queue.send('none', { delaySeconds: 0 });

  expect(queue.bodies()).toEqual(['none']);
  expect(queue.live.nextAvailableAt()).toBe(clock.now() + 5000);
  clock.pass(5);
  expect(queue.bodies()).toEqual(['own']);
  clock.pass(54.999);
  expect(queue.bodies()).not.toContain('queue’s');
  clock.pass(0.001);
  expect(queue.bodies()).toContain('queue’s');
});

test('the latest receipt deletes a message even after its visibility timeout has ended', () => {
  const clock = new HandClock();
  const queue = standardQueue(clock);
  queue.send('a');
  const { receiptHandle } = queue.receiveOne();
  clock.pass(31);

  expect(queue.live.delete(receiptHandle)).toBeUndefined();
  expect(queue.live.counts()).toEqual({ visible: 0, notVisible: 0, delayed: 0 });
  expect(queue.bodies()).toEqual([]);
});

test('an earlier receipt deletes nothing, and SQS does not say so', () => {
  const clock = new HandClock();
  const queue = standardQueue(clock);
  queue.send('a');
  const first = queue.receiveOne();
  clock.pass(30);
  const second = queue.receiveOne();

  expect(queue.live.delete(first.receiptHandle)).toBeUndefined();
  expect(queue.live.messages()).toHaveLength(1);
  queue.live.delete(second.receiptHandle);
  expect(queue.live.messages()).toEqual([]);
});
