import { describe, expect, test } from 'vitest';
import { fifoQueue, HandClock, standardQueue } from './test-queue';

describe.each([
  ['standard', standardQueue],
  ['FIFO', fifoQueue],
] as const)('on a %s queue', (_, queueOf) => {
  test('who waits is told of each message that comes, delayed or not', () => {
    const queue = queueOf(new HandClock(), { delaySeconds: 5 });
    let told = 0;
    queue.live.onAvailable(() => told++);

    queue.send('a');
    queue.send('b');

    expect(told).toBe(2);
  });

  test('a message that comes back sooner is told of, one that stays longer is not', () => {
    const queue = queueOf(new HandClock());
    queue.send('a');
    const { receiptHandle } = queue.receiveOne();
    let told = 0;
    queue.live.onAvailable(() => told++);

    queue.live.changeVisibility(receiptHandle, 30);
    queue.live.changeVisibility(receiptHandle, 60);
    expect(told).toBe(0);
    queue.live.changeVisibility(receiptHandle, 59);
    expect(told).toBe(1);
    queue.live.changeVisibility(receiptHandle, 0);
    expect(told).toBe(2);
  });

  test('who has ended its listening is not told', () => {
    const queue = queueOf(new HandClock());
    let told = 0;
    const listener = () => told++;
    const end = queue.live.onAvailable(listener);
    queue.live.onAvailable(listener);
    end();

    queue.send('a');

    expect(told).toBe(1);
  });

  test('a listener finds the queue as the call leaves it, and may use it', () => {
    const queue = queueOf(new HandClock());
    const found: unknown[] = [];
    queue.live.onAvailable(() => {
      for (const message of queue.receive()) queue.live.delete(message.receiptHandle);
    });
    queue.live.onDeleted(({ body, receiveCount }) => found.push([body, receiveCount, queue.live.counts()]));

    queue.send('a');
    queue.send('b');

    const empty = { visible: 0, notVisible: 0, delayed: 0 };
    expect(found).toEqual([
      ['a', 1, empty],
      ['b', 1, empty],
    ]);
  });
});

test('deleting unlocks a FIFO group, and that is told', () => {
  const queue = fifoQueue(new HandClock());
  queue.send('a');
  queue.send('b');
  const [a] = queue.receive(1);
  const found: (readonly string[])[] = [];
  queue.live.onAvailable(() => found.push(queue.bodies()));

  queue.live.delete(a?.receiptHandle ?? '');

  expect(found).toEqual([['b']]);
});

test('deleting on a standard queue makes nothing available', () => {
  const queue = standardQueue(new HandClock());
  queue.send('a');
  let told = 0;
  queue.live.onAvailable(() => told++);

  queue.live.delete(queue.receiveOne().receiptHandle);

  expect(told).toBe(0);
});
