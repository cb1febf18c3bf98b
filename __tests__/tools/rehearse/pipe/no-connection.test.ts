import { expect, test } from 'vitest';
import { down, up } from '../../../../tools/rehearse/pipe/subscriber';
import { until } from './behaviours';
import { pipeOf } from './pipe-plan';
import { hour, minute, rig, second, start } from './pipe-rig';

const numbers = (count: number) => Array.from({ length: count }, (_, index) => `{"n":${index}}`);

test.each(['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT'] as const)(
  'no connection (%s) for two days uses up no receives to speak of, and nothing is a dead letter',
  async (fault) => {
    const behave = until(
      start + 48 * hour,
      () => ({ kind: 'down', fault }),
      () => up,
    );
    const { clock, send, subscriber, dead, runner, queue } = rig({
      pipe: pipeOf(),
      behave,
      maxReceiveCount: 6,
    });
    const ids = numbers(8).map((body) => send(body));
    await clock.run(start + 6 * hour);
    expect(queue.messages().every(({ receiveCount }) => receiveCount <= 1)).toBe(true);
    expect(queue.counts()).toEqual({ visible: 3, notVisible: 5, delayed: 0 });
    expect(runner.state()).toEqual({ running: true, reason: `no connection: ${fault}` });
    await clock.run();

    expect(new Set(subscriber.taken())).toEqual(new Set(ids));
    expect(subscriber.arrivals[0]?.at).toBeLessThanOrEqual(start + 48 * hour + minute);
    expect(dead()).toEqual([]);
    expect(runner.state()).toEqual({ running: true });
  },
);

test('while there is no connection a message is tried less and less often, once a minute in the end', async () => {
  const attempts: number[] = [];
  const { clock, send } = rig({
    pipe: pipeOf(),
    behave: (_request, now) => {
      attempts.push((now - start) / second);
      return down;
    },
  });
  send('{}');
  await clock.run(start + 4 * minute);

  expect(attempts.map(Math.floor)).toEqual([0, 1, 3, 7, 15, 31, 63, 123, 183]);
});

test('a message that expires while there is no connection is given up', async () => {
  const { clock, send, failed, waiting, dead } = rig({
    pipe: pipeOf(),
    queue: { messageRetentionSeconds: 600 },
    behave: () => down,
  });
  const id = send('{}');
  await clock.run();

  expect(failed).toMatchObject([{ ids: [id], reason: 'no connection: ECONNREFUSED' }]);
  expect([...waiting(), ...dead()]).toEqual([]);
  // Found out when it is tried again.
  expect(failed[0]?.at).toBeGreaterThanOrEqual(start + 10 * minute);
  expect(failed[0]?.at).toBeLessThan(start + 12 * minute);
});

test('what SQS’s twelve hours mean for a last delivery is not known', async () => {
  const { clock, send } = rig({ pipe: pipeOf(), maxReceiveCount: 1, behave: () => down });
  send('{}');
  await expect(clock.run(start + 13 * hour)).rejects.toThrow('longer than SQS keeps a message in flight');
});

test('a connection that breaks is neither an answer nor none', async () => {
  const { clock, send } = rig({ pipe: pipeOf(), behave: () => ({ kind: 'down', fault: 'ECONNRESET' }) });
  send('{}');
  await expect(clock.run()).rejects.toThrow('a connection that breaks before the answer is not simulated');
});
