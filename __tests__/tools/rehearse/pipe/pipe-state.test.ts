import { expect, test } from 'vitest';
import { down, failing, up } from '../../../../tools/rehearse/pipe/subscriber';
import type { NetworkRequest } from '../../../../tools/rehearse/simulation/network';
import { accessDenied } from '../../../../tools/rehearse/sqs/errors';
import { plainConsumer } from '../../../../tools/rehearse/sqs/queue-consumer';
import { until } from './behaviours';
import { pipeOf } from './pipe-plan';
import { hour, minute, rig, second, start } from './pipe-rig';

/** The body of a message within a delivery. */
const dataOf = ({ body }: NetworkRequest) => JSON.stringify(JSON.parse(body.toString()).data);

test('a role that may not invoke the target: nothing arrives, the messages stay, and it is said why', async () => {
  const refusal = 'User: r is not authorized to perform: events:InvokeApiDestination';
  const { clock, send, subscriber, waiting, runner, failed } = rig({
    pipe: pipeOf(),
    runner: { authorizeTarget: () => refusal },
  });
  const id = send('{}');
  await clock.run(start + minute);

  expect(subscriber.arrivals).toEqual([]);
  expect(waiting()).toEqual([id]);
  expect(failed).toEqual([{ at: start, ids: [id], reason: refusal }]);
  expect(runner.state()).toEqual({ running: true, reason: refusal });
});

test.each([401, 403, 404, 410])(
  'nothing but %i for a day disables the pipe, and the messages stay',
  async (status) => {
    const { clock, send, runner, waiting, subscriber } = rig({
      pipe: pipeOf(),
      maxReceiveCount: 1000,
      behave: () => failing(status),
    });
    const id = send('{}');
    await clock.run(start + 23 * hour);
    expect(runner.state()).toEqual({ running: true, reason: `the API destination answered ${status}` });
    await clock.run(start + 25 * hour);

    expect(runner.state()).toEqual({
      running: false,
      reason: `disabled, since the target has done nothing but refuse: the API destination answered ${status}`,
    });
    const tried = subscriber.arrivals.length;
    await clock.run(start + 48 * hour);
    expect(subscriber.arrivals).toHaveLength(tried);
    expect(waiting()).toEqual([id]);
  },
);

test('a delivery in between, or errors that may pass, do not disable it', async () => {
  const { clock, send, runner, subscriber } = rig({
    pipe: pipeOf(),
    maxReceiveCount: 1000,
    behave: (request, now) => {
      if (dataOf(request) !== '{}') return up;
      return failing(now < start + 20 * hour ? 403 : 500);
    },
    runner: { disabledAfter: 15 * hour },
  });
  send('{}');
  await clock.run(start + 10 * hour);
  send('{"n":1}');
  await clock.run(start + 60 * hour);

  expect(runner.state()).toEqual({ running: true });
  expect(subscriber.taken()).toHaveLength(1);
});

test('an outage in between does not make refusals pass', async () => {
  const { clock, send, runner } = rig({
    pipe: pipeOf(),
    maxReceiveCount: 1000,
    behave: (_request, now) => (now > start + 5 * hour && now < start + 8 * hour ? down : failing(403)),
    runner: { disabledAfter: 10 * hour },
  });
  send('{}');
  await clock.run(start + 11 * hour);

  expect(runner.state().running).toBe(false);
});

test('a queue that refuses the pipe stops it, in AWS’s words', async () => {
  const { clock, send, runner, waiting } = rig({
    pipe: pipeOf(),
    consumer: (queue) => ({ ...plainConsumer(queue), attributes: () => accessDenied('not authorized') }),
  });
  const id = send('{}');
  await clock.run();

  expect(runner.state()).toEqual({
    running: false,
    reason:
      'Pipes does not have required permissions to perform Queue operations (sqs:ReceiveMessage, sqs:DeleteMessage and sqs:GetQueueAttributes): not authorized',
  });
  expect(waiting()).toEqual([id]);
});

test('a pipe that is to be stopped takes nothing', async () => {
  const { clock, send, runner, waiting } = rig({ pipe: pipeOf({ pipe: { desired_state: 'STOPPED' } }) });
  const id = send('{}');
  await clock.run();

  expect(runner.state()).toEqual({ running: false, reason: 'its desired_state is STOPPED' });
  expect(waiting()).toEqual([id]);
});

test('a pipe that is stopped gives up what it holds, and takes no more', async () => {
  const { clock, send, runner, waiting, subscriber } = rig({
    pipe: pipeOf(),
    behave: until(
      start + minute,
      () => down,
      () => up,
    ),
  });
  const id = send('{}');
  await clock.run(start + 10 * second);
  runner.stop();
  await clock.run();

  expect(runner.state()).toEqual({ running: false, reason: 'stopped' });
  expect(subscriber.taken()).toEqual([]);
  expect(waiting()).toEqual([id]);
});
