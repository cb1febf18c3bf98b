import { expect, test } from 'vitest';
import { failing, slow, up } from '../../../../tools/rehearse/pipe/subscriber';
import type { NetworkRequest, NetworkResponse } from '../../../../tools/rehearse/simulation/network';
import { until } from './behaviours';
import { fifoArn, filterOf, pipeOf } from './pipe-plan';
import { hour, minute, rig, second, start } from './pipe-rig';

const numbers = (count: number) => Array.from({ length: count }, (_, index) => `{"n":${index}}`);

/** The body of a message within a delivery. */
const dataOf = ({ body }: NetworkRequest) => JSON.stringify(JSON.parse(body.toString()).data);

test('a message is one HTTPS request with EventBridge’s headers, and then gone', async () => {
  const pipe = pipeOf({
    pipe: {
      target_parameters: {
        input_template: '{"messageId":<$.messageId>,"data":<$.body>}',
        http_parameters: { header_parameters: { 'X-Tenant': 'a', 'X-Id': '$.body.id' } },
      },
    },
  });
  const { clock, send, subscriber, waiting, delivered } = rig({ pipe });
  const id = send('{"id":"한글"}');
  await clock.run();

  const [arrival, ...others] = subscriber.arrivals;
  expect(others).toEqual([]);
  expect(arrival?.request).toMatchObject({
    protocol: 'https',
    method: 'POST',
    host: 'subscriber.example.com',
    path: '/orders',
  });
  const text = `{"messageId":"${id}","data":{"id":"한글"}}`;
  expect(arrival?.request.body.toString()).toBe(text);
  expect(Object.fromEntries(arrival?.request.headers ?? [])).toEqual({
    'user-agent': 'Amazon/EventBridge/ApiDestinations',
    'content-type': 'application/json; charset=utf-8',
    range: 'bytes=0-1048575',
    'accept-encoding': 'gzip,deflate',
    connection: 'close',
    host: 'subscriber.example.com',
    'content-length': String(Buffer.byteLength(text)),
    'x-tenant': 'a',
    'x-id': '한글',
    'x-api-key': 'value-of-secret',
  });
  expect(delivered).toEqual([id]);
  expect(waiting()).toEqual([]);
});

test('messages that match no pattern leave the queue and never reach the target', async () => {
  const pipe = pipeOf({ pipe: { source_parameters: filterOf({ body: { n: [0, 2] } }) } });
  const { clock, send, subscriber, waiting, delivered, filtered } = rig({ pipe });
  const ids = numbers(4).map((body) => send(body));
  await clock.run();

  expect(subscriber.taken()).toEqual([ids[0], ids[2]]);
  expect(delivered).toEqual([ids[0], ids[2]]);
  expect(filtered).toEqual([ids[1], ids[3]]);
  expect(waiting()).toEqual([]);
});

test.each([500, 503, 429, 400, 409])(
  'a message answered with %i comes again after the visibility timeout',
  async (status) => {
    const behave = until(
      start + 1,
      () => failing(status),
      () => up,
    );
    const { clock, send, subscriber, waiting, failed, runner } = rig({ pipe: pipeOf(), behave });
    const id = send('{}');
    await clock.run();

    expect(subscriber.arrivals.map(({ at, status: answer }) => [at - start, answer])).toEqual([
      [0, status],
      [180 * second, 200],
    ]);
    expect(failed).toEqual([{ at: start + 20, ids: [id], reason: `the API destination answered ${status}` }]);
    expect(runner.state()).toEqual({ running: true });
    expect(waiting()).toEqual([]);
  },
);

test('a subscriber slower than five seconds gets a message again, and none is lost', async () => {
  let requests = 0;
  const behave = () => (requests++ < 2 ? slow(5001) : slow(4999));
  const { clock, send, subscriber, waiting, dead, failed, delivered } = rig({ pipe: pipeOf(), behave });
  const id = send('{}');
  await clock.run();

  expect(failed.map(({ at, reason }) => [at - start, reason])).toEqual([
    [5 * second, 'no answer within 5 seconds'],
    [185 * second, 'no answer within 5 seconds'],
  ]);
  expect(subscriber.taken()).toEqual([id]);
  expect(subscriber.duplicates()).toBe(2);
  expect(delivered).toEqual([id]);
  expect([...waiting(), ...dead()]).toEqual([]);
});

test('a subscriber that answers with errors for an hour loses nothing', async () => {
  const behave = until(
    start + hour,
    () => failing(500),
    () => up,
  );
  const { clock, send, subscriber, dead, waiting, delivered } = rig({ pipe: pipeOf(), behave });
  const ids = numbers(50).map((body) => send(body));
  await clock.run(start + hour - 1);
  expect(subscriber.taken()).toEqual([]);
  await clock.run();

  expect(new Set(subscriber.taken())).toEqual(new Set(ids));
  expect(subscriber.duplicates()).toBe(0);
  expect([...delivered].sort()).toEqual([...ids].sort());
  expect([...dead(), ...waiting()]).toEqual([]);
});

test('one message that always fails reaches the dead-letter queue, and the others pass', async () => {
  const poison = '{"n":4}';
  const { clock, send, subscriber, dead, waiting } = rig({
    pipe: pipeOf(),
    maxReceiveCount: 3,
    behave: (request) => (dataOf(request) === poison ? failing(500) : up),
  });
  const ids = numbers(10).map((body) => send(body));
  await clock.run();

  expect(subscriber.taken()).toEqual(ids.filter((_, index) => index !== 4));
  expect(subscriber.arrivals.filter(({ status }) => status === 500)).toHaveLength(3);
  expect(dead()).toEqual([ids[4]]);
  expect(waiting()).toEqual([]);
});

test('on a FIFO queue a message that fails holds back its group alone, and the order stays', async () => {
  const behave = until(
    start + minute,
    (request) => (dataOf(request) === '"a1"' ? failing(500) : up),
    () => up,
  );
  const { clock, send, subscriber } = rig({
    pipe: pipeOf({ pipe: { source: fifoArn } }),
    queue: { visibilityTimeoutSeconds: 90 },
    behave,
  });
  send('a1', 'a');
  send('a2', 'a');
  send('b1', 'b');
  send('b2', 'b');
  await clock.run();

  const taken = subscriber.arrivals.flatMap(({ request, status }) =>
    status === 200 ? [dataOf(request)] : [],
  );
  expect(taken).toEqual(['"b1"', '"b2"', '"a1"', '"a2"']);
});

test('after five seconds nobody waits for the answer any more', async () => {
  let givenUp = 0;
  const network = () => () => {
    givenUp++;
  };
  const { clock, send } = rig({ pipe: pipeOf(), runner: { network } });
  send('{}');
  await clock.run(start + 4999);
  expect(givenUp).toBe(0);
  await clock.run(start + 5000);
  expect(givenUp).toBe(1);
});

test('no more messages a second are delivered than the rate limit says', async () => {
  const pipe = pipeOf({ destination: { invocation_rate_limit_per_second: 4 } });
  const { clock, send, subscriber } = rig({ pipe });
  for (const body of numbers(9)) send(body);
  await clock.run();

  expect(subscriber.arrivals.map(({ at }) => at - start)).toEqual([
    0, 250, 500, 750, 1000, 1250, 1500, 1750, 2000,
  ]);
});

const responding = (response: Partial<NetworkResponse>) => ({
  network: (_request: NetworkRequest, answer: (response: NetworkResponse) => void) => {
    answer({ status: 500, headers: new Map(), body: Buffer.alloc(0), ...response });
    return () => {};
  },
});

test.each([
  [{ status: 301 }, 'the answer 301 to message'],
  [{ headers: new Map([['retry-after', '181']]) }, 'Retry-After: 181'],
  [{ headers: new Map([['retry-after', '-1']]) }, 'Retry-After: -1'],
])('what a pipe makes of the answer %j is not known', async (response, message) => {
  const { clock, send } = rig({ pipe: pipeOf(), runner: responding(response) });
  send('{}');
  await expect(clock.run()).rejects.toThrow(message);
});

test('Retry-After within the visibility timeout changes nothing', async () => {
  const runner = responding({ headers: new Map([['retry-after', '180']]) });
  const { clock, send, failed } = rig({ pipe: pipeOf(), runner });
  send('{}');
  await clock.run(start + minute);
  expect(failed).toHaveLength(1);
});
