import { describe, expect, test } from 'vitest';
import { fifoQueue, HandClock, standardQueue } from './test-queue';

describe.each([
  ['standard', standardQueue],
  ['FIFO', fifoQueue],
] as const)('on a %s queue', (_, queueOf) => {
  test('a message is gone when its retention ends, and who listens hears of it', () => {
    const clock = new HandClock();
    const queue = queueOf(clock, { messageRetentionSeconds: 60 });
    const expired: unknown[] = [];
    queue.live.onExpired((message) => expired.push(message));
    queue.send('a');
    const expiresAt = clock.now() + 60_000;
    clock.pass(59.999);
    expect(queue.live.messages()).toHaveLength(1);
    clock.pass(0.001);

    expect(queue.bodies()).toEqual([]);
    expect(queue.live.counts()).toEqual({ visible: 0, notVisible: 0, delayed: 0 });
    expect(expired).toMatchObject([{ body: 'a', expiresAt, state: 'visible' }]);
  });

  test('it is gone in flight too, and its receipt deletes nothing any more', () => {
    const clock = new HandClock();
    const queue = queueOf(clock, { messageRetentionSeconds: 60 });
    queue.send('a');
    clock.pass(50);
    const { receiptHandle } = queue.receiveOne();
    clock.pass(11);
    const deleted: unknown[] = [];
    queue.live.onDeleted((message) => deleted.push(message));

    expect(queue.live.delete(receiptHandle)).toBeUndefined();
    expect(deleted).toEqual([]);
    expect(queue.live.counts().notVisible).toBe(0);
    expect(queue.live.nextAvailableAt()).toBeUndefined();
  });

  test('each message has its own time', () => {
    const clock = new HandClock();
    const queue = queueOf(clock, { messageRetentionSeconds: 60 });
    queue.send('a');
    clock.pass(1);
    queue.send('b');
    clock.pass(59);

    expect(queue.bodies()).toEqual(['b']);
  });

  test('a message that was deleted does not expire', () => {
    const clock = new HandClock();
    const queue = queueOf(clock, { messageRetentionSeconds: 60 });
    const expired: unknown[] = [];
    queue.live.onExpired((message) => expired.push(message));
    queue.send('a');
    queue.live.delete(queue.receiveOne().receiptHandle);
    clock.pass(60);

    queue.live.counts();
    expect(expired).toEqual([]);
  });
});

test('a message that expires in flight no longer holds back its group, and that is said beforehand', () => {
  const clock = new HandClock();
  const queue = fifoQueue(clock, { messageRetentionSeconds: 60 });
  queue.send('a');
  clock.pass(10);
  queue.send('b');
  queue.receive(1, 43_200);

  expect(queue.live.nextAvailableAt()).toBe(clock.now() + 50_000);
  clock.pass(50);
  let told = 0;
  queue.live.onAvailable(() => told++);
  queue.live.counts();
  expect(told).toBe(1);
  expect(queue.bodies()).toEqual(['b']);
});
