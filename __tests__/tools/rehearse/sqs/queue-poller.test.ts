import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { PacedClock } from '../../../../tools/rehearse/simulation/paced-clock';
import { VirtualClock } from '../../../../tools/rehearse/simulation/virtual-clock';
import { accessDenied, kmsAccessDenied, type SqsError } from '../../../../tools/rehearse/sqs/errors';
import { plainConsumer, type QueueConsumer } from '../../../../tools/rehearse/sqs/queue-consumer';
import { type PollOptions, pollQueue } from '../../../../tools/rehearse/sqs/queue-poller';
import type { ReceivedMessage } from '../../../../tools/rehearse/sqs/received-message';
import { fifoQueue, standardQueue, type TestQueue } from './test-queue';

const start = 1_700_000_000_000;

const after = (clock: VirtualClock, seconds: number) =>
  new Promise<void>((resolve) => clock.after(seconds * 1000, resolve));

const handles = (batch: readonly ReceivedMessage[]) => batch.map(({ receiptHandle }) => receiptHandle);

function polled(
  clock: VirtualClock,
  queue: TestQueue,
  options: Partial<Omit<PollOptions, 'consumer'>> & { readonly consumer?: Partial<QueueConsumer> } = {},
) {
  const seen: string[] = [];
  const refusals: SqsError[] = [];
  const { consumer, work = async (batch) => handles(batch), ...others } = options;
  const poller = pollQueue({
    consumer: { ...plainConsumer(queue.live), ...consumer },
    clock,
    batchSize: 10,
    concurrency: 1,
    onRefused: (error) => refusals.push(error),
    ...others,
    work: (batch) => {
      seen.push(`${(clock.now() - start) / 1000}: ${batch.map(({ body }) => body).join(' ')}`);
      return work(batch);
    },
  });
  return { ...poller, seen, refusals };
}

test('what is there and what comes is taken, worked on and deleted', async () => {
  const clock = new VirtualClock(start);
  const queue = standardQueue(clock);
  queue.send('a');
  const { seen } = polled(clock, queue);
  clock.after(5000, () => queue.send('b'));
  clock.after(9000, () => {
    queue.send('c');
    queue.send('d');
  });

  await clock.run();

  expect(seen).toEqual(['0: a', '5: b', '9: c d']);
  expect(queue.live.messages()).toEqual([]);
});

test('an empty queue sets no timer', async () => {
  const clock = new VirtualClock(start);
  const after = vi.spyOn(clock, 'after');
  const queue = standardQueue(clock);
  polled(clock, queue);

  await clock.run();
  expect(clock.now()).toBe(start);
  expect(after).toHaveBeenCalledTimes(1);
});

test('it has one timer at most, and none once it is stopped', async () => {
  const clock = new VirtualClock(start);
  const queue = standardQueue(clock);
  const { stop } = polled(clock, queue);
  await clock.run();
  let timers = 0;
  vi.spyOn(clock, 'after').mockImplementation(() => {
    timers++;
    return () => timers--;
  });

  queue.send('later', { delaySeconds: 10 });
  queue.send('now');
  queue.send('now too');
  expect(timers).toBe(1);
  stop();
  expect(timers).toBe(0);
  queue.send('unheard');
  expect(timers).toBe(0);
});

test('a sooner message takes the place of a later one that is slept for', async () => {
  const clock = new VirtualClock(start);
  const queue = standardQueue(clock);
  const received: number[] = [];
  const receive = (maxMessages: number) => {
    received.push((clock.now() - start) / 1000);
    return queue.live.receive({ maxMessages });
  };
  polled(clock, queue, { consumer: { receive } });
  queue.send('a', { delaySeconds: 100 });
  clock.after(10_000, () => queue.send('b', { delaySeconds: 0 }));

  await clock.run();

  // After each batch it looks again.
  expect(received).toEqual([0, 10, 10, 100, 100]);
});

test('a send does its own work first: nothing is taken before the clock goes on', async () => {
  const clock = new VirtualClock(start);
  const queue = standardQueue(clock);
  const { seen } = polled(clock, queue);
  await clock.run();

  queue.send('a');
  expect(queue.live.counts().visible).toBe(1);
  await clock.run();
  expect(seen).toEqual(['0: a']);
});

test('a batch is as large as it may be', async () => {
  const clock = new VirtualClock(start);
  const queue = standardQueue(clock);
  for (const body of ['a', 'b', 'c', 'd', 'e']) queue.send(body);
  const { seen } = polled(clock, queue, { batchSize: 2 });

  await clock.run();

  expect(seen).toEqual(['0: a b', '0: c d', '0: e']);
});

test.each([
  [1, ['0: a', '10: b', '20: c', '30: d']],
  [3, ['0: a', '0: b', '0: c', '10: d']],
])('with the concurrency %d no more batches are worked on at once', async (concurrency, expected) => {
  const clock = new VirtualClock(start);
  const queue = standardQueue(clock, { visibilityTimeoutSeconds: 100 });
  for (const body of ['a', 'b', 'c', 'd']) queue.send(body);
  const work = async (batch: readonly ReceivedMessage[]) => {
    await after(clock, 10);
    return handles(batch);
  };
  const { seen } = polled(clock, queue, { batchSize: 1, concurrency, work });

  await clock.run();

  expect(seen).toEqual(expected);
  expect(queue.live.messages()).toEqual([]);
});

test('what is not done with comes back after its visibility timeout, and is taken then', async () => {
  const clock = new VirtualClock(start);
  const queue = standardQueue(clock, { visibilityTimeoutSeconds: 60 });
  queue.send('a');
  queue.send('b');
  let round = 0;
  const work = async (batch: readonly ReceivedMessage[]) =>
    round++ < 2 ? handles(batch).slice(1) : handles(batch);
  const { seen } = polled(clock, queue, { work });

  await clock.run();

  expect(seen).toEqual(['0: a b', '60: a', '120: a']);
  expect(queue.live.messages()).toEqual([]);
});

test('a delayed message is taken when it is due', async () => {
  const clock = new VirtualClock(start);
  const queue = standardQueue(clock);
  const { seen } = polled(clock, queue);
  queue.send('later', { delaySeconds: 100 });
  clock.after(10_000, () => queue.send('sooner', { delaySeconds: 20 }));

  await clock.run();

  expect(seen).toEqual(['30: sooner', '100: later']);
});

test('a group is gone on with as soon as it is unlocked by someone else', async () => {
  const clock = new VirtualClock(start);
  const queue = fifoQueue(clock, { visibilityTimeoutSeconds: 3600 });
  queue.send('a');
  const { receiptHandle } = queue.receiveOne();
  queue.send('b');
  const { seen } = polled(clock, queue);
  clock.after(7000, () => queue.live.delete(receiptHandle));

  await clock.run(start + 10_000);

  expect(seen).toEqual(['7: b']);
});

test('groups are worked on at once, one group in its order', async () => {
  const clock = new VirtualClock(start);
  const queue = fifoQueue(clock);
  for (const body of ['a1', 'a2', 'b1']) queue.send(body, { messageGroupId: body[0] ?? '' });
  const work = async (batch: readonly ReceivedMessage[]) => {
    await after(clock, batch[0]?.body === 'a1' ? 10 : 1);
    return handles(batch);
  };
  const { seen } = polled(clock, queue, { batchSize: 1, concurrency: 5, work });

  await clock.run();

  expect(seen).toEqual(['0: a1', '0: b1', '10: a2']);
});

test('a receipt that has expired while its message was worked on only lets the message come again', async () => {
  const clock = new VirtualClock(start);
  const queue = fifoQueue(clock, { visibilityTimeoutSeconds: 10 });
  queue.send('a');
  let took = 15;
  const work = async (batch: readonly ReceivedMessage[]) => {
    await after(clock, took);
    took = 1;
    return handles(batch);
  };
  const { seen, refusals } = polled(clock, queue, { work });

  await clock.run();

  expect(seen).toEqual(['0: a', '15: a']);
  expect(refusals).toEqual([]);
  expect(queue.live.messages()).toEqual([]);
});

describe('a refusal stops it and is reported', () => {
  const refusal = accessDenied('not you');

  test('of its first question for the queue’s attributes: nothing is received at all', async () => {
    const clock = new VirtualClock(start);
    const queue = standardQueue(clock);
    queue.send('a');
    const { seen, refusals } = polled(clock, queue, { consumer: { attributes: () => refusal } });
    await clock.run();
    queue.send('b');
    await clock.run();

    expect(refusals).toEqual([refusal]);
    expect(seen).toEqual([]);
    expect(queue.live.counts()).toEqual({ visible: 2, notVisible: 0, delayed: 0 });
  });

  test('of a receive', async () => {
    const clock = new VirtualClock(start);
    const queue = standardQueue(clock);
    queue.send('a');
    let asked = 0;
    const receive = () => {
      asked++;
      return refusal;
    };
    const { refusals } = polled(clock, queue, { consumer: { receive } });
    await clock.run();
    queue.send('b');
    await clock.run();

    expect(refusals).toEqual([refusal]);
    expect(asked).toBe(1);
  });

  test.each([refusal, kmsAccessDenied('no key')])('of a delete: $code', async (error) => {
    const clock = new VirtualClock(start);
    const queue = standardQueue(clock);
    for (const body of ['a', 'b', 'c', 'd']) queue.send(body);
    let asked = 0;
    const refuse = () => {
      asked++;
      return error;
    };
    const { seen, refusals } = polled(clock, queue, {
      batchSize: 2,
      concurrency: 2,
      consumer: { delete: refuse },
    });

    await clock.run();

    expect(refusals).toEqual([error]);
    expect(seen).toEqual(['0: a b', '0: c d']);
    expect(asked).toBe(2);
  });
});

test('once it is stopped it takes nothing more, and lets what is worked on come to its end', async () => {
  const clock = new VirtualClock(start);
  const queue = standardQueue(clock, { visibilityTimeoutSeconds: 100 });
  queue.send('a');
  queue.send('b');
  const work = async (batch: readonly ReceivedMessage[]) => {
    await after(clock, 10);
    return handles(batch);
  };
  const { seen, stop } = polled(clock, queue, { batchSize: 1, work });
  clock.after(5000, stop);
  clock.after(20_000, () => queue.send('c'));

  await clock.run();

  expect(seen).toEqual(['0: a']);
  expect(queue.live.messages().map(({ body }) => body)).toEqual(['b', 'c']);
});

test('stopped while it sleeps it does not wake', async () => {
  const clock = new VirtualClock(start);
  const queue = standardQueue(clock);
  queue.send('a', { delaySeconds: 900 });
  const { seen, stop } = polled(clock, queue);
  clock.after(1000, stop);

  await clock.run();

  expect(seen).toEqual([]);
  expect(clock.now()).toBe(start + 1000);
});

test('the clock is told while a batch is worked on', async () => {
  const clock = new VirtualClock(start);
  let atWork = 0;
  vi.spyOn(clock, 'atWork').mockImplementation(() => {
    atWork++;
    return () => atWork--;
  });
  const queue = standardQueue(clock);
  queue.send('a');
  const during: number[] = [];
  const work = async (batch: readonly ReceivedMessage[]) => {
    during.push(atWork);
    return handles(batch);
  };
  polled(clock, queue, { work });

  await clock.run();
  await vi.waitFor(() => expect(atWork).toBe(0));
  expect(during).toEqual([1]);
});

test('what the work throws stops it and comes out of the clock', async () => {
  const clock = new VirtualClock(start);
  const queue = standardQueue(clock);
  queue.send('a');
  const { seen } = polled(clock, queue, { work: () => Promise.reject(new Error('broken')) });

  await expect(clock.run()).rejects.toThrow('broken');
  await clock.run();
  expect(seen).toEqual(['0: a']);
});

test('it works on the time of the machine', async () => {
  const clock = new PacedClock({});
  onTestFinished(() => clock.stop());
  const queue = standardQueue(clock);
  const taken = new Promise<string>((resolve) => {
    const { stop } = pollQueue({
      consumer: plainConsumer(queue.live),
      clock,
      batchSize: 1,
      concurrency: 1,
      onRefused: () => undefined,
      work: async (batch) => {
        stop();
        resolve(batch[0]?.body ?? '');
        return handles(batch);
      },
    });
  });
  queue.send('a');

  expect(await taken).toBe('a');
  await vi.waitFor(() => expect(queue.live.messages()).toEqual([]));
});
