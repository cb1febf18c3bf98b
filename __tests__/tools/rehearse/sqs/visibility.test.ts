import { describe, expect, test } from 'vitest';
import { expectError, fifoQueue, HandClock, standardQueue } from './test-queue';

const kinds = [
  ['standard', standardQueue],
  ['FIFO', fifoQueue],
] as const;

describe.each(kinds)('on a %s queue', (_, queueOf) => {
  test('a message is not visible twice at once, and comes back when its visibility timeout ends', () => {
    const clock = new HandClock();
    const queue = queueOf(clock);
    queue.send('a');

    expect(queue.bodies()).toEqual(['a']);
    clock.pass(29.999);
    expect(queue.bodies()).toEqual([]);
    clock.pass(0.001);
    expect(queue.bodies()).toEqual(['a']);
  });

  test('the queue’s visibility timeout counts, unless the receive has its own', () => {
    const clock = new HandClock();
    const queue = queueOf(clock, { visibilityTimeoutSeconds: 100 });
    queue.send('a');

    queue.receive();
    expect(queue.live.nextAvailableAt()).toBe(clock.now() + 100_000);
    clock.pass(100);
    queue.receive(10, 7);
    expect(queue.live.nextAvailableAt()).toBe(clock.now() + 7000);
  });

  test('a receive with the timeout 0 counts, and leaves the message there, once in each receive', () => {
    const queue = queueOf(new HandClock());
    queue.send('a');

    expect(queue.bodies(10, 0)).toEqual(['a']);
    expect(queue.receiveOne().attributes.ApproximateReceiveCount).toBe('2');
  });

  test('each receive has its own handle, count and the time of the first one', () => {
    const clock = new HandClock();
    const queue = queueOf(clock);
    queue.send('a');
    const sentAt = String(clock.now());
    clock.pass(5);
    const firstAt = String(clock.now());

    const first = queue.receiveOne(10);
    clock.pass(10);
    const second = queue.receiveOne();

    expect(second.receiptHandle).not.toBe(first.receiptHandle);
    for (const [message, count] of [
      [first, '1'],
      [second, '2'],
    ] as const) {
      expect(message.attributes).toMatchObject({
        ApproximateReceiveCount: count,
        ApproximateFirstReceiveTimestamp: firstAt,
        SentTimestamp: sentAt,
        SenderId: 'AROASENDER:session',
      });
    }
  });

  test('a visibility timeout can be prolonged and cut short, counted from now', () => {
    const clock = new HandClock();
    const queue = queueOf(clock);
    queue.send('a');
    const { receiptHandle } = queue.receiveOne();

    clock.pass(20);
    expect(queue.live.changeVisibility(receiptHandle, 60)).toBeUndefined();
    expect(queue.live.nextAvailableAt()).toBe(clock.now() + 60_000);
    clock.pass(59);
    expect(queue.bodies()).toEqual([]);
    queue.live.changeVisibility(receiptHandle, 0);
    expect(queue.bodies()).toEqual(['a']);
  });

  test('a prolonged message can still be deleted', () => {
    const clock = new HandClock();
    const queue = queueOf(clock);
    queue.send('a');
    const { receiptHandle } = queue.receiveOne(1);
    queue.live.changeVisibility(receiptHandle, 10);
    clock.pass(5);

    expect(queue.live.delete(receiptHandle)).toBeUndefined();
    expect(queue.live.messages()).toEqual([]);
  });

  test('a message stays in flight for twelve hours after its receive, and no longer', () => {
    const clock = new HandClock();
    const queue = queueOf(clock);
    queue.send('a');
    const { receiptHandle } = queue.receiveOne();
    clock.pass(10);

    expect(queue.live.changeVisibility(receiptHandle, 43_190)).toBeUndefined();
    expectError(queue.live.changeVisibility(receiptHandle, 43_191), {
      status: 400,
      code: 'InvalidParameterValue',
      message:
        'Value 43191 for parameter VisibilityTimeout is invalid. Reason: Total VisibilityTimeout for the message is beyond the limit [43200 seconds].',
    });
    expect(queue.live.nextAvailableAt()).toBe(clock.now() + 43_190_000);
  });

  test('the twelve hours begin again with the next receive', () => {
    const clock = new HandClock();
    const queue = queueOf(clock);
    queue.send('a');
    queue.receive();
    clock.pass(30);
    const { receiptHandle } = queue.receiveOne();

    expect(queue.live.changeVisibility(receiptHandle, 43_200)).toBeUndefined();
  });

  test.each([-1, 1.5, 43_201])('the visibility timeout %d is refused', (seconds) => {
    const queue = queueOf(new HandClock());
    queue.send('a');

    expectError(queue.live.changeVisibility(queue.receiveOne().receiptHandle, seconds), {
      message: `Value ${seconds} for parameter VisibilityTimeout is invalid. Reason: Must be >= 0 and <= 43200, if provided.`,
    });
  });

  test('the visibility of a deleted message cannot be changed, and deleting it again changes nothing', () => {
    const queue = queueOf(new HandClock());
    queue.send('a');
    const { receiptHandle } = queue.receiveOne();

    expect(queue.live.delete(receiptHandle)).toBeUndefined();
    expect(queue.live.delete(receiptHandle)).toBeUndefined();
    expectError(queue.live.changeVisibility(receiptHandle, 42), {
      code: 'InvalidParameterValue',
      message: `Value ${receiptHandle} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.`,
    });
  });

  test('what changing the visibility by an expired receipt does is not known, and said so', () => {
    const clock = new HandClock();
    const queue = queueOf(clock);
    queue.send('a');
    const { receiptHandle } = queue.receiveOne();
    clock.pass(30);

    expect(() => queue.live.changeVisibility(receiptHandle, 10)).toThrow(
      'changing the visibility of a message by an expired receipt is not simulated',
    );
  });

  test('what is no receipt handle, or another queue’s, is refused', () => {
    const clock = new HandClock();
    const queue = queueOf(clock);
    const other = queueOf(clock, { arn: `${queue.live.settings.arn}-other` });
    other.send('a');
    queue.send('a');
    const { receiptHandle } = other.receiveOne();

    for (const handle of ['garbage', receiptHandle, `${queue.receiveOne().receiptHandle}.1`]) {
      const error = {
        status: 400,
        code: 'ReceiptHandleIsInvalid',
        message: `The input receipt handle "${handle}" is not a valid receipt handle.`,
      };
      expectError(queue.live.delete(handle), error);
      expectError(queue.live.changeVisibility(handle, 1), error);
    }
  });

  test('counts tell visible, in flight and delayed messages apart', () => {
    const clock = new HandClock();
    const queue = queueOf(clock, { delaySeconds: 10 });
    queue.send('a', { messageGroupId: '1' });
    queue.send('b', { messageGroupId: '2' });
    clock.pass(10);
    queue.send('c', { messageGroupId: '3' });
    const [taken] = queue.receive(1);

    expect(queue.live.counts()).toEqual({ visible: 1, notVisible: 1, delayed: 1 });
    expect(queue.live.messages().map(({ body, state }) => [body, state])).toEqual([
      ['a', 'notVisible'],
      ['b', 'visible'],
      ['c', 'delayed'],
    ]);
    queue.live.changeVisibility(taken?.receiptHandle ?? '', 20);
    expect(queue.live.counts().notVisible).toBe(1);
    clock.pass(20);
    expect(queue.live.counts()).toEqual({ visible: 3, notVisible: 0, delayed: 0 });
  });

  test('with 120,000 messages in flight nothing more is received until one is deleted', () => {
    const queue = queueOf(new HandClock());
    for (let n = 0; n < 120_000; n++) queue.send(`m${n}`, { messageGroupId: `g${n % 12_000}` });
    const handles: string[] = [];
    for (let n = 0; n < 12_000; n++)
      for (const message of queue.receive()) handles.push(message.receiptHandle);
    expect(handles).toHaveLength(120_000);
    let told = 0;
    queue.live.onAvailable(() => told++);

    if (!queue.live.settings.fifo) {
      queue.send('one more');
      expect(queue.bodies()).toEqual([]);
      expect(told).toBe(1);
      queue.live.delete(handles[0] as string);
      expect(told).toBe(2);
      expect(queue.bodies()).toEqual(['one more']);
      return;
    }
    queue.send('one more', { messageGroupId: 'other' });
    expect(() => queue.receive()).toThrow(
      'receiving while it holds more than 120000 messages is not simulated',
    );
    queue.live.delete(handles[0] as string);
    expect(queue.bodies()).toEqual(['one more']);
  });
});

test('on a standard queue an earlier receipt still changes the visibility of a message in flight', () => {
  const queue = standardQueue(new HandClock());
  queue.send('a');
  const first = queue.receiveOne(0);
  queue.receiveOne(3);

  expect(queue.live.changeVisibility(first.receiptHandle, 0)).toBeUndefined();
  expect(queue.bodies()).toEqual(['a']);
});

test('what an earlier receipt changes on a FIFO queue is not known, and said so', () => {
  const queue = fifoQueue(new HandClock());
  queue.send('a');
  const first = queue.receiveOne(0);
  queue.receiveOne(3);

  expect(() => queue.live.changeVisibility(first.receiptHandle, 0)).toThrow('by an expired receipt');
});
