import { expect, test } from 'vitest';
import { expectError, fifoQueue, HandClock, type TestQueue } from './test-queue';

/** Bodies are `<group><number>`. */
function queueWith(clock: HandClock, ...bodies: readonly string[]): TestQueue {
  const queue = fifoQueue(clock);
  for (const body of bodies) queue.send(body, { messageGroupId: body.slice(0, -1) });
  return queue;
}

test('a receive takes as many of one group as it can, in order, before it goes on to the next', () => {
  const queue = queueWith(new HandClock(), 'a1', 'b1', 'a2', 'a3', 'c1');

  expect(queue.bodies(4)).toEqual(['a1', 'a2', 'a3', 'b1']);
  expect(queue.bodies()).toEqual(['c1']);
});

test('a group is locked while a message of it is in flight, for messages that come later too; others are not', () => {
  const queue = queueWith(new HandClock(), 'a1', 'a2', 'b1');

  expect(queue.bodies(1)).toEqual(['a1']);
  queue.send('a3', { messageGroupId: 'a' });
  expect(queue.bodies()).toEqual(['b1']);
});

test('a group goes on when all of its messages in flight are deleted', () => {
  const queue = queueWith(new HandClock(), 'a1', 'a2', 'a3');
  const [first, second] = queue.receive(2);

  queue.live.delete(second?.receiptHandle ?? '');
  expect(queue.bodies()).toEqual([]);
  queue.live.delete(first?.receiptHandle ?? '');
  expect(queue.bodies()).toEqual(['a3']);
});

test('after the visibility timeout a group comes again from its first message, in order', () => {
  const clock = new HandClock();
  const queue = queueWith(clock, 'a1', 'a2', 'a3');

  expect(queue.bodies(2)).toEqual(['a1', 'a2']);
  clock.pass(30);
  expect(queue.bodies()).toEqual(['a1', 'a2', 'a3']);
});

// As recorded from AWS: localstack/localstack, tests/aws/services/sqs/test_sqs.py.
test.each([
  [0, []],
  [1, ['a1']],
  [2, ['a1', 'a2']],
])('prolonging message %d of three holds back that one and those behind it', (index, bodies) => {
  const clock = new HandClock();
  const queue = queueWith(clock, 'a1', 'a2', 'a3');
  const received = queue.receive(10, 1);

  queue.live.changeVisibility(received[index]?.receiptHandle ?? '', 4);
  clock.pass(2.5);

  expect(queue.bodies()).toEqual(bodies);
});

test('a message whose visibility timeout was ended can be received, behind the groups that wait already', () => {
  const queue = queueWith(new HandClock(), 'a1', 'a2', 'b1');
  const [first] = queue.receive(2);

  queue.live.changeVisibility(first?.receiptHandle ?? '', 0);

  expect(queue.bodies(3)).toEqual(['b1', 'a1']);
});

test('groups take turns', () => {
  const queue = queueWith(new HandClock(), 'a1', 'b1', 'b2', 'c1', 'a2');

  expect(queue.bodies(3, 0)).toEqual(['a1', 'a2', 'b1']);
  expect(queue.bodies(10, 0)).toEqual(['c1', 'a1', 'a2', 'b1', 'b2']);
});

test('the queue’s delay holds for each message, and a message’s own is passed over', () => {
  const clock = new HandClock();
  const queue = fifoQueue(clock, { delaySeconds: 2 });
  queue.send('a', { delaySeconds: 0 });
  clock.pass(1);
  queue.send('b', { delaySeconds: 900 });

  expect(queue.bodies()).toEqual([]);
  expect(queue.live.nextAvailableAt()).toBe(clock.now() + 1000);
  clock.pass(1);
  expect(queue.bodies(10, 1)).toEqual(['a']);
  clock.pass(1);
  expect(queue.bodies()).toEqual(['a', 'b']);
});

test('the next moment is that of a group’s first message, since it holds back the others', () => {
  const clock = new HandClock();
  const queue = queueWith(clock, 'a1', 'a2', 'b1');
  const [a1, a2, b1] = queue.receive();
  queue.live.changeVisibility(a2?.receiptHandle ?? '', 1);
  queue.live.changeVisibility(b1?.receiptHandle ?? '', 50);

  expect(queue.live.nextAvailableAt()).toBe(clock.now() + 30_000);
  queue.live.delete(a1?.receiptHandle ?? '');
  expect(queue.live.nextAvailableAt()).toBe(clock.now() + 1000);
});

test('sequence numbers have twenty digits and grow', () => {
  const queue = queueWith(new HandClock());
  const numbers = ['a', 'b', 'c'].map((body) => queue.send(body).sequenceNumber ?? '');

  for (const number of numbers) expect(number).toMatch(/^\d{20}$/);
  expect([...numbers].sort()).toEqual(numbers);
  expect(new Set(numbers).size).toBe(3);
  expect(queue.receive().map(({ attributes }) => attributes.SequenceNumber)).toEqual(numbers);
});

test('a receipt does not delete once its visibility timeout has ended', () => {
  const clock = new HandClock();
  const queue = queueWith(clock, 'a1');
  const { receiptHandle } = queue.receiveOne();
  const expired = {
    status: 400,
    code: 'InvalidParameterValue',
    message: `Value ${receiptHandle} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.`,
  };
  clock.pass(30);

  expectError(queue.live.delete(receiptHandle), expired);
  queue.receiveOne();
  expectError(queue.live.delete(receiptHandle), expired);
  expect(queue.live.counts().notVisible).toBe(1);
});

test('a message without a group or a deduplication id never comes here', () => {
  const queue = fifoQueue(new HandClock(), { contentBasedDeduplication: false });

  expect(() => queue.live.send({ body: 'a', attributes: [] }, 's')).toThrow('the message needs a group');
  expect(() => queue.send('a')).toThrow('the message needs a deduplication id');
});
