import { expect, test } from 'vitest';
import { batchResponse } from '../../../../tools/rehearse/lambda/batch-response';
import type { InvocationResult } from '../../../../tools/rehearse/lambda/invocation';
import type { VirtualClock } from '../../../../tools/rehearse/simulation/virtual-clock';
import { fifoArn, filterOf, functionArn, lambdaPipe, pipeOf, sourceArn } from './pipe-plan';
import { minute, type RigOptions, rig, second, start } from './pipe-rig';

interface Invoked {
  readonly messageId: string;
  readonly body: string;
}

const fine: InvocationResult = { kind: 'returned', payload: undefined };

/** A function that answers as it is told, call by call, and then that all is well. */
function setting(
  answers: readonly ((
    batch: readonly Invoked[],
    clock: VirtualClock,
  ) => InvocationResult | Promise<InvocationResult>)[],
  options: Partial<RigOptions> = {},
) {
  const batches: (readonly Invoked[])[] = [];
  const invoke = (clock: VirtualClock) => async (payload: unknown) => {
    const batch = payload as readonly Invoked[];
    batches.push(batch);
    return (await answers[batches.length - 1]?.(batch, clock)) ?? fine;
  };
  return { ...rig({ pipe: lambdaPipe(), invoke, ...options }), batches };
}

const bodies = (batches: readonly (readonly Invoked[])[]) =>
  batches.map((batch) => batch.map(({ body }) => body));

test('a function gets an array of records, of one too, with the body as it was sent', async () => {
  const { clock, send, batches, delivered, waiting } = setting([]);
  const id = send('{"a": 1}');
  await clock.run();

  expect(batches).toEqual([
    [
      expect.objectContaining({
        messageId: id,
        body: '{"a": 1}',
        eventSource: 'aws:sqs',
        eventSourceARN: sourceArn,
        awsRegion: 'eu-central-1',
        messageAttributes: {},
      }),
    ],
  ]);
  expect(delivered).toEqual([id]);
  expect(waiting()).toEqual([]);
});

test('an input template is applied to each record', async () => {
  const pipe = lambdaPipe(sourceArn, 10, { input_template: '{"id":<$.messageId>,"n":<$.body.n>}' });
  const { clock, send, batches } = setting([], { pipe });
  const ids = [send('{"n":1}'), send('{"n":2}')];
  await clock.run();

  expect(batches).toEqual([
    [
      { id: ids[0], n: 1 },
      { id: ids[1], n: 2 },
    ],
  ]);
});

test('a JSON body as the whole template cannot be delivered to a function', async () => {
  const { clock, send, batches, dead, failed } = setting([], {
    pipe: lambdaPipe(sourceArn, 10, { input_template: '<$.body>' }),
    maxReceiveCount: 2,
  });
  const id = send('{"n":1}');
  await clock.run();

  expect(batches).toEqual([]);
  expect(failed[0]?.reason).toContain('the input template makes no JSON of the message');
  expect(dead()).toEqual([id]);
});

test.each([
  [{ kind: 'failed', errorType: 'Error', errorMessage: 'no' }, 'the function failed with Error: no'],
  [{ kind: 'timed-out' }, 'the function timed out'],
  [{ kind: 'throttled' }, 'the function was throttled'],
  [
    { kind: 'returned', payload: { batchItemFailures: [{ itemIdentifier: 'x' }] } },
    'no message of the batch',
  ],
] as const)('after %j the whole batch comes again', async (answer, reason) => {
  const { clock, send, batches, delivered, failed, waiting } = setting([() => answer]);
  const ids = [send('a'), send('b')];
  await clock.run();

  expect(bodies(batches)).toEqual([
    ['a', 'b'],
    ['a', 'b'],
  ]);
  expect(failed).toMatchObject([{ at: start, ids, reason: expect.stringContaining(reason) }]);
  expect(delivered).toEqual(ids);
  expect(waiting()).toEqual([]);
});

test('only the messages that a function gives back come again', async () => {
  const giveBack = (batch: readonly Invoked[]): InvocationResult => ({
    kind: 'returned',
    payload: { batchItemFailures: [{ itemIdentifier: batch[1]?.messageId }] },
  });
  const { clock, send, batches, delivered, failed } = setting([giveBack]);
  const ids = ['a', 'b', 'c'].map((body) => send(body));
  await clock.run();

  expect(bodies(batches)).toEqual([['a', 'b', 'c'], ['b']]);
  expect(failed).toMatchObject([{ ids: [ids[1]] }]);
  expect(delivered).toEqual([ids[0], ids[2], ids[1]]);
});

test('on a FIFO queue what is given back comes before what is behind it', async () => {
  const giveBackAll = (batch: readonly Invoked[]): InvocationResult => ({
    kind: 'returned',
    payload: { batchItemFailures: batch.map(({ messageId }) => ({ itemIdentifier: messageId })) },
  });
  const { clock, send, batches } = setting([giveBackAll], { pipe: lambdaPipe(fifoArn, 2) });
  for (const body of ['1', '2', '3']) send(body);
  await clock.run();

  expect(bodies(batches)).toEqual([['1', '2'], ['1', '2'], ['3']]);
});

test('batches of a standard queue are worked on five at a time', async () => {
  let atOnce = 0;
  let most = 0;
  let last = 0;
  const work = (_batch: readonly Invoked[], clock: VirtualClock) =>
    new Promise<InvocationResult>((resolve) => {
      most = Math.max(most, ++atOnce);
      clock.after(second, () => {
        atOnce--;
        last = clock.now();
        resolve(fine);
      });
    });
  const { clock, send, delivered } = setting(Array(12).fill(work), { pipe: lambdaPipe(sourceArn, 1) });
  for (let count = 0; count < 12; count++) send(`${count}`);
  await clock.run();

  expect(most).toBe(5);
  expect(delivered).toHaveLength(12);
  expect(last - start).toBe(3 * second);
});

const filtering = pipeOf({
  pipe: {
    target: functionArn,
    target_parameters: {},
    source_parameters: { ...filterOf({ body: ['a'] }), sqs_queue_parameters: { batch_size: 10 } },
  },
});

test('messages that match no pattern are not in the batch, and leave the queue though it fails', async () => {
  const { clock, send, batches, filtered, waiting } = setting([() => ({ kind: 'timed-out' })], {
    pipe: filtering,
  });
  const [a, b] = [send('a'), send('b')];
  await clock.run(start + second);

  expect(bodies(batches)).toEqual([['a']]);
  expect(filtered).toEqual([b]);
  expect(waiting()).toEqual([a]);
});

test('what is delivered and what matches no pattern leave the queue together', async () => {
  const { clock, send, delivered, filtered, waiting } = setting([], { pipe: filtering });
  const [a, b] = [send('a'), send('b')];
  await clock.run(start + second);

  expect([delivered, filtered]).toEqual([[a], [b]]);
  expect(waiting()).toEqual([]);
});

test('an execution ends after five minutes, whatever the function may take', async () => {
  const never = () => new Promise<InvocationResult>(() => {});
  const { clock, send, failed } = setting([never], { queue: { visibilityTimeoutSeconds: 3600 } });
  send('a');
  await clock.run(start + 10 * minute);

  expect(failed).toMatchObject([
    { at: start + 5 * minute, reason: 'the execution of the pipe took more than 5 minutes' },
  ]);
});

test('a role that may not invoke the function: it is not invoked', async () => {
  const { clock, send, batches, runner } = setting([], {
    runner: { authorizeTarget: () => 'not authorized' },
  });
  send('a');
  await clock.run(start + second);

  expect(batches).toEqual([]);
  expect(runner.state()).toEqual({ running: true, reason: 'not authorized' });
});

const ids = new Set(['a', 'b']);

test.each([undefined, null, '', {}, { batchItemFailures: null }, { batchItemFailures: [] }, { other: 1 }])(
  '%j means that all went well',
  (payload) => {
    expect(batchResponse(payload, ids, 'p')).toEqual({ failed: new Set() });
  },
);

test.each([
  [{ itemIdentifier: '' }],
  [{ itemIdentifier: null }],
  [{ identifier: 'a' }],
  [{ itemIdentifier: 'c' }],
  [null],
  ['a'],
])('with %j among the failures all have failed', (failure) => {
  expect(batchResponse({ batchItemFailures: [{ itemIdentifier: 'a' }, failure] }, ids, 'p')).toHaveProperty(
    'malformed',
  );
});

test.each([['ok'], [5], [[]], [{ batchItemFailures: {} }], [{ batchItemFailures: 'a' }]])(
  'what a pipe makes of the answer %j is not known',
  (payload) => {
    expect(() => batchResponse(payload, ids, 'p')).toThrow('is not simulated');
  },
);
