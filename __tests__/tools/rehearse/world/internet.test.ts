import { expect, test } from 'vitest';
import type {
  NetworkFault,
  NetworkRequest,
  NetworkResponse,
} from '../../../../tools/rehearse/simulation/network';
import { random } from '../../../../tools/rehearse/simulation/random';
import { VirtualClock } from '../../../../tools/rehearse/simulation/virtual-clock';
import { internetOf, type RequestFault, served } from '../../../../tools/rehearse/world/internet';

const request = (host: string, path = '/'): NetworkRequest => ({
  protocol: 'https',
  method: 'GET',
  host,
  path,
  headers: new Map(),
  body: Buffer.alloc(0),
});

const response = (status: number): NetworkResponse => ({ status, headers: new Map(), body: Buffer.alloc(0) });

/** A service that counts its work, and a request to it. */
function service(fault?: RequestFault) {
  const clock = new VirtualClock(0);
  const worked: string[] = [];
  const network = served(
    ({ path }) => {
      worked.push(path);
      return response(200);
    },
    { clock, random: random('test'), ...(fault && { faults: () => fault }) },
  );
  const came: { readonly at: number; readonly outcome: NetworkResponse | NetworkFault }[] = [];
  const giveUp = network(request('a.example', '/x'), (outcome) => came.push({ at: clock.now(), outcome }));
  return { clock, worked, came, giveUp };
}

test('a service does its work at once, and its answer takes its time', async () => {
  const { clock, worked, came } = service();

  expect(worked).toEqual(['/x']);
  expect(came).toEqual([]);
  await clock.run();
  expect(came).toMatchObject([{ outcome: { status: 200 } }]);
});

test('an answer takes 2 to 12 milliseconds, not always the same', async () => {
  const clock = new VirtualClock(0);
  const network = served(() => response(200), { clock, random: random('test') });
  const times: number[] = [];
  for (let count = 0; count < 200; count++) network(request('a'), () => times.push(clock.now()));
  await clock.run();

  expect(times).toHaveLength(200);
  expect(new Set(times)).toEqual(new Set([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]));
});

test.each<[RequestFault, readonly string[], NetworkResponse | NetworkFault]>([
  [{ kind: 'refused', response: response(429) }, [], response(429)],
  [{ kind: 'reset' }, [], 'ECONNRESET'],
  [{ kind: 'answer-lost' }, ['/x'], 'ECONNRESET'],
])('with the fault %j the service has done %j and the caller gets %j', async (fault, done, outcome) => {
  const { clock, worked, came } = service(fault);
  expect(came).toEqual([]);
  await clock.run();

  expect(worked).toEqual(done);
  expect(came.map((each) => each.outcome)).toEqual([outcome]);
  expect(came[0]?.at).toBeGreaterThanOrEqual(2);
});

test('after silence nothing is done and nothing comes', async () => {
  const { clock, worked, came, giveUp } = service({ kind: 'silence' });
  await clock.run();

  expect({ worked, came, now: clock.now() }).toEqual({ worked: [], came: [], now: 0 });
  expect(giveUp).not.toThrow();
});

test.each<[RequestFault | undefined]>([
  [undefined],
  [{ kind: 'refused', response: response(500) }],
  [{ kind: 'reset' }],
  [{ kind: 'answer-lost' }],
])('whoever gives up (fault %j) is not answered any more', async (fault) => {
  const { clock, came, giveUp } = service(fault);
  giveUp();
  await clock.run();

  expect(came).toEqual([]);
});

test('a fault is decided for each request anew, by the request', async () => {
  const clock = new VirtualClock(0);
  const network = served(() => response(200), {
    clock,
    random: random('test'),
    faults: ({ path }) => (path === '/bad' ? { kind: 'reset' } : undefined),
  });
  const came = new Map<string, NetworkResponse | NetworkFault>();
  for (const path of ['/good', '/bad']) network(request('a', path), (outcome) => came.set(path, outcome));
  await clock.run();

  expect(came.get('/bad')).toBe('ECONNRESET');
  expect(came.get('/good')).toMatchObject({ status: 200 });
});

test('a request goes to the service of its host, and giving it up goes there too', async () => {
  const clock = new VirtualClock(0);
  const givenUp: string[] = [];
  const asked: string[] = [];
  const host = (name: string) => (own: NetworkRequest) => {
    asked.push(`${name}: ${own.host}${own.path}`);
    return () => givenUp.push(name);
  };
  const internet = internetOf(
    new Map([
      ['a.example', host('a')],
      ['b.example:8443', host('b')],
    ]),
    clock,
  );

  internet(request('b.example:8443', '/1'), () => {})();
  internet(request('a.example', '/2'), () => {});

  expect(asked).toEqual(['b: b.example:8443/1', 'a: a.example/2']);
  expect(givenUp).toEqual(['b']);
});

test('nobody else is reachable', async () => {
  const clock = new VirtualClock(0);
  const came: unknown[] = [];
  const internet = internetOf(new Map(), clock);
  internet(request('nobody.example'), (outcome) => came.push([clock.now(), outcome]));
  internet(request('given-up.example'), (outcome) => came.push(outcome))();
  await clock.run();

  expect(came).toEqual([[2, 'ENOTFOUND']]);
});
