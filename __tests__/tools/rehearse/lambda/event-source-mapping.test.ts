import { describe, expect, test } from 'vitest';
import { NotSimulated } from '../../../../tools/not-simulated';
import {
  EventSourcePoller,
  type EventSourcePollerOptions,
} from '../../../../tools/rehearse/lambda/event-source-mapping';
import type { EventSourceMapping } from '../../../../tools/rehearse/lambda/event-source-mappings';
import type { InvocationResult } from '../../../../tools/rehearse/lambda/invocation';
import { VirtualClock } from '../../../../tools/rehearse/simulation/virtual-clock';
import { accessDenied, kmsAccessDenied } from '../../../../tools/rehearse/sqs/errors';
import { plainConsumer } from '../../../../tools/rehearse/sqs/queue-consumer';
import { arnOf, fifoQueue, standardQueue, type TestQueue } from '../sqs/test-queue';
import { exampleFunction, hosted } from './example-function';

const start = 1_767_225_600_000;

interface Event {
  readonly Records: readonly { readonly messageId: string; readonly body: string }[];
}

/** A mapping on a queue, whose function does this with each event after so many milliseconds. */
function mapped(
  clock: VirtualClock,
  queue: TestQueue,
  {
    mapping = {},
    answer = () => ({ kind: 'returned', payload: null }),
    takes = 100,
    ...options
  }: Partial<Omit<EventSourcePollerOptions, 'clock' | 'invoke'>> & {
    readonly mapping?: Partial<EventSourceMapping>;
    readonly answer?: (event: Event, count: number) => InvocationResult;
    readonly takes?: number;
  } = {},
) {
  const seen: string[] = [];
  const events: Event[] = [];
  let running = 0;
  let most = 0;
  const poller = new EventSourcePoller(
    {
      address: 'dev-x: aws_lambda_event_source_mapping.m',
      functionName: 'dev-f',
      queueArn: queue.live.settings.arn,
      batchSize: 10,
      maximumConcurrency: undefined,
      reportBatchItemFailures: true,
      enabled: true,
      ...mapping,
    },
    {
      clock,
      consumer: plainConsumer(queue.live),
      fn: { timeoutSeconds: 30 },
      ...options,
      invoke: async (payload) => {
        const event = payload as Event;
        events.push(event);
        seen.push(`${(clock.now() - start) / 1000}: ${event.Records.map(({ body }) => body).join(' ')}`);
        most = Math.max(most, ++running);
        await new Promise<void>((resolve) => {
          clock.after(takes, resolve);
        });
        running--;
        return answer(event, events.length);
      },
    },
  );
  poller.start();
  return { poller, seen, events, most: () => most };
}

const bodies = (queue: TestQueue) => queue.live.messages().map(({ body }) => body);
const failing = (event: Event, ...failed: readonly string[]): InvocationResult => ({
  kind: 'returned',
  payload: {
    batchItemFailures: event.Records.filter(({ body }) => failed.includes(body)).map(({ messageId }) => ({
      itemIdentifier: messageId,
    })),
  },
});

test('the function gets messages as Lambda writes them', async () => {
  const clock = new VirtualClock(start);
  const queue = fifoQueue(clock);
  const { messageId, sequenceNumber } = queue.send('{"a":1}', {
    messageGroupId: 'g',
    messageDeduplicationId: 'd',
    attributes: [{ name: 'connectionId', dataType: 'String', value: 'c=' }],
  });
  const { events } = mapped(clock, queue);
  await clock.run();

  expect(events).toEqual([
    {
      Records: [
        {
          messageId,
          receiptHandle: expect.any(String),
          body: '{"a":1}',
          attributes: {
            ApproximateReceiveCount: '1',
            ApproximateFirstReceiveTimestamp: String(start),
            SentTimestamp: String(start),
            SenderId: 'AROASENDER:session',
            MessageGroupId: 'g',
            MessageDeduplicationId: 'd',
            SequenceNumber: sequenceNumber,
          },
          messageAttributes: {
            connectionId: {
              stringValue: 'c=',
              stringListValues: [],
              binaryListValues: [],
              dataType: 'String',
            },
          },
          md5OfBody: 'bb6cb5c68df4652941caf652a366f2d8',
          md5OfMessageAttributes: expect.stringMatching(/^[0-9a-f]{32}$/),
          eventSource: 'aws:sqs',
          eventSourceARN: arnOf('ordered.fifo'),
          awsRegion: 'eu-central-1',
        },
      ],
    },
  ]);
  expect(bodies(queue)).toEqual([]);
});

describe('with batch item failures', () => {
  test.each([
    ['null', null],
    ['nothing in it', {}],
    ['an empty list', { batchItemFailures: [] }],
    ['null in place of the list', { batchItemFailures: null }],
    ['something else', { statusCode: 200 }],
  ])('a response with %s is success', async (_what, payload) => {
    const clock = new VirtualClock(start);
    const queue = standardQueue(clock);
    queue.send('a');
    mapped(clock, queue, { answer: () => ({ kind: 'returned', payload }) });
    await clock.run(start + 1000);

    expect(bodies(queue)).toEqual([]);
  });

  test('exactly what is not listed is deleted; the rest comes back after the visibility timeout', async () => {
    const clock = new VirtualClock(start);
    const queue = standardQueue(clock);
    for (const body of ['a', 'b', 'c']) queue.send(body);
    const { seen } = mapped(clock, queue, {
      answer: (event, count) => failing(event, ...(count === 1 ? ['b'] : [])),
    });
    await clock.run(start + 1000);
    expect(bodies(queue)).toEqual(['b']);

    await clock.run();

    expect(seen).toEqual(['0: a b c', '30: b']);
    expect(bodies(queue)).toEqual([]);
  });

  test('on a FIFO queue too, what a function does not list behind a failure is deleted', async () => {
    const clock = new VirtualClock(start);
    const queue = fifoQueue(clock);
    for (const body of ['a', 'b', 'c']) queue.send(body);
    const { seen } = mapped(clock, queue, {
      answer: (event, count) => failing(event, ...(count === 1 ? ['b'] : [])),
    });
    await clock.run();

    expect(seen).toEqual(['0: a b c', '30: b']);
  });

  test.each([
    ['an empty id', [{ itemIdentifier: '' }]],
    ['null for an id', [{ itemIdentifier: null }]],
    ['an id under another key', [{ messageId: 'x' }]],
    ['an id that is not in the batch', [{ itemIdentifier: 'other' }]],
    ['an id without its object', ['id']],
    ['null', [null]],
  ])('a list with %s fails the whole batch', async (_what, batchItemFailures) => {
    const clock = new VirtualClock(start);
    const queue = standardQueue(clock);
    queue.send('a');
    queue.send('b');
    mapped(clock, queue, {
      answer: ({ Records: [first] }) => ({
        kind: 'returned',
        payload: { batchItemFailures: [{ itemIdentifier: first?.messageId }, ...batchItemFailures] },
      }),
    });
    await clock.run(start + 1000);

    expect(bodies(queue)).toEqual(['a', 'b']);
  });

  test.each([
    ['text', 'done'],
    ['a list', []],
    ['failures that are no list', { batchItemFailures: 'id' }],
  ])('what becomes of a response that is %s is not known', async (_what, payload) => {
    const clock = new VirtualClock(start);
    const queue = standardQueue(clock);
    queue.send('a');
    mapped(clock, queue, { answer: () => ({ kind: 'returned', payload }) });

    await expect(clock.run()).rejects.toThrow(NotSimulated);
  });
});

test('without batch item failures the response does not matter: a batch is done as a whole', async () => {
  const clock = new VirtualClock(start);
  const queue = standardQueue(clock);
  queue.send('a');
  mapped(clock, queue, {
    mapping: { reportBatchItemFailures: false },
    answer: (event) => failing(event, 'a'),
  });
  await clock.run(start + 1000);

  expect(bodies(queue)).toEqual([]);
});

test.each<InvocationResult>([
  { kind: 'failed', errorType: 'Error', errorMessage: 'thrown' },
  { kind: 'timed-out' },
])('a batch whose invocation %j comes back as a whole', async (result) => {
  const clock = new VirtualClock(start);
  const queue = standardQueue(clock);
  queue.send('a');
  queue.send('b');
  const { seen } = mapped(clock, queue, {
    answer: (_event, count) => (count === 1 ? result : { kind: 'returned', payload: null }),
  });
  await clock.run();

  expect(seen).toEqual(['0: a b', '30: a b']);
});

test('a throttled invocation is tried again after growing waits, until the messages come back', async () => {
  const clock = new VirtualClock(start);
  const queue = standardQueue(clock);
  queue.send('a');
  const { seen } = mapped(clock, queue, {
    takes: 0,
    answer: (_event, count) => (count < 6 ? { kind: 'throttled' } : { kind: 'returned', payload: null }),
  });
  await clock.run();

  expect(seen).toEqual(['0: a', '1: a', '3: a', '7: a', '15: a', '30: a']);
  expect(bodies(queue)).toEqual([]);
});

test('a throttled batch is not tried again at the moment at which it comes back', async () => {
  const clock = new VirtualClock(start);
  const queue = standardQueue(clock, { visibilityTimeoutSeconds: 15 });
  queue.send('a');
  const { seen } = mapped(clock, queue, {
    takes: 0,
    fn: { timeoutSeconds: 15 },
    answer: (_event, count) => (count < 5 ? { kind: 'throttled' } : { kind: 'returned', payload: null }),
  });
  await clock.run();

  expect(seen).toEqual(['0: a', '1: a', '3: a', '7: a', '15: a']);
  expect(bodies(queue)).toEqual([]);
});

test('a mapping that has grown stops as a whole', async () => {
  const clock = new VirtualClock(start);
  const queue = standardQueue(clock);
  for (let n = 0; n < 100; n++) queue.send(String(n));
  const consumer = plainConsumer(queue.live);
  let refusals = 0;
  const { seen } = mapped(clock, queue, {
    mapping: { batchSize: 1, maximumConcurrency: 12 },
    takes: 1000,
    consumer: {
      ...consumer,
      delete: (handle) =>
        clock.now() >= start + 3000 && refusals++ === 0
          ? accessDenied('sqs:DeleteMessage')
          : consumer.delete(handle),
    },
  });
  await clock.run(start + 20_000);

  expect(refusals).toBeGreaterThan(0);
  expect(seen.filter((line) => Number.parseInt(line, 10) > 3)).toEqual([]);
});

test('a batch is as large as the mapping says', async () => {
  const clock = new VirtualClock(start);
  const queue = standardQueue(clock);
  for (const body of ['a', 'b', 'c']) queue.send(body);
  const { seen } = mapped(clock, queue, { mapping: { batchSize: 2 } });
  await clock.run();

  expect(seen).toEqual(['0: a b', '0: c']);
});

test('a standard queue begins with five batches at once, and has five more with each second of work', async () => {
  const clock = new VirtualClock(start);
  const queue = standardQueue(clock);
  for (let n = 0; n < 200; n++) queue.send(String(n));
  const { seen, most } = mapped(clock, queue, {
    mapping: { batchSize: 1, maximumConcurrency: 12 },
    takes: 1000,
  });
  await clock.run();

  const at = (second: number) => seen.filter((line) => line.startsWith(`${second}: `)).length;
  expect([at(0), at(1), at(2), at(3)]).toEqual([5, 10, 12, 12]);
  expect(most()).toBe(12);
});

test('a FIFO queue has as many batches at once as groups, up to the maximum, and one of a group', async () => {
  const clock = new VirtualClock(start);
  const queue = fifoQueue(clock);
  for (const round of [1, 2]) {
    for (const messageGroupId of ['a', 'b', 'c', 'd'])
      queue.send(`${messageGroupId}${round}`, { messageGroupId });
  }
  const { seen } = mapped(clock, queue, { mapping: { batchSize: 1, maximumConcurrency: 3 } });
  await clock.run();

  const running = (time: string) =>
    seen.filter((line) => line.startsWith(`${time}:`)).map((line) => line.slice(time.length + 2));
  expect(running('0')).toEqual(['a1', 'b1', 'c1']);
  expect(new Set(running('0.1').map(([group]) => group)).size).toBe(3);
  for (const group of ['a', 'b', 'c', 'd']) {
    expect(seen.findIndex((line) => line.endsWith(`${group}1`))).toBeLessThan(
      seen.findIndex((line) => line.endsWith(`${group}2`)),
    );
  }
});

test.each([
  [
    accessDenied('not authorized to perform: sqs:ReceiveMessage on resource: q'),
    'The function execution role does not have permissions to call ReceiveMessage on SQS (AccessDenied: not authorized to perform: sqs:ReceiveMessage on resource: q)',
  ],
  [kmsAccessDenied('no kms:Decrypt'), 'KMS.AccessDeniedException: no kms:Decrypt'],
])('a mapping to which SQS refuses a request stops, and says why', async (error, problem) => {
  for (const refused of [{ attributes: () => error }, { receive: () => error }, { delete: () => error }]) {
    const clock = new VirtualClock(start);
    const queue = standardQueue(clock);
    queue.send('a');
    const { poller } = mapped(clock, queue, { consumer: { ...plainConsumer(queue.live), ...refused } });
    expect(poller.state()).toEqual({ enabled: true });

    await clock.run(start + 100_000);

    expect(poller.state()).toEqual({ enabled: false, problem });
    expect(bodies(queue)).toEqual(['a']);
  }
});

test('Lambda takes no queue that hides messages for less time than the function may take', async () => {
  const clock = new VirtualClock(start);
  const queue = standardQueue(clock);
  const { poller } = mapped(clock, queue, { fn: { timeoutSeconds: 31 } });

  expect(poller.state()).toEqual({
    enabled: false,
    problem: 'Queue visibility timeout: 30 seconds is less than Function timeout: 31 seconds',
  });
});

test('a mapping that is not enabled takes nothing, and one that is stopped no more', async () => {
  const clock = new VirtualClock(start);
  const queue = standardQueue(clock);
  queue.send('a');
  const disabled = mapped(clock, queue, { mapping: { enabled: false } });
  const stopped = mapped(clock, queue);
  stopped.poller.stop();
  await clock.run();

  expect([disabled.poller.state(), disabled.seen, stopped.seen]).toEqual([{ enabled: false }, [], []]);
});

test('an event beyond what an invocation takes is not simulated', async () => {
  const clock = new VirtualClock(start);
  const queue = standardQueue(clock);
  for (let n = 0; n < 7; n++) queue.send('x'.repeat(1_000_000));
  mapped(clock, queue);

  await expect(clock.run()).rejects.toThrow('a batch of messages beyond 6291456 bytes is not simulated');
});

test('what a function uses that is not simulated comes out of the run', async () => {
  const { clock, host } = hosted(exampleFunction('exports.handler = async () => require("net").connect(1);'));
  const queue = standardQueue(clock);
  queue.send('a');
  new EventSourcePoller(
    {
      address: 'm',
      functionName: 'dev-f',
      queueArn: queue.live.settings.arn,
      batchSize: 10,
      maximumConcurrency: undefined,
      reportBatchItemFailures: true,
      enabled: true,
    },
    { clock, consumer: plainConsumer(queue.live), fn: { timeoutSeconds: 30 }, invoke: host.invoke },
  ).start();

  await expect(clock.run()).rejects.toThrow('node:net.connect is not simulated');
});
