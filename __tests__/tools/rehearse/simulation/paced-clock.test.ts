import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { PacedClock, type PaceOptions } from '../../../../tools/rehearse/simulation/paced-clock';

const start = 1_700_000_000_000;
const hour = 3_600_000;

let clock: PacedClock | undefined;
afterEach(() => clock?.stop());

function paced(options: PaceOptions = {}): PacedClock {
  clock = new PacedClock({ factor: 100_000, start, ...options });
  return clock;
}

const passed = (on: PacedClock, milliseconds: number) =>
  new Promise<void>((resolve) => on.after(milliseconds, resolve));

test('it begins with the time of the machine', () => {
  const before = Date.now();
  const own = paced({ factor: 1, start: undefined });
  const [now, after] = [own.now(), Date.now()];
  expect([now >= before - 1, now <= after + 1]).toEqual([true, true]);
});

test('an hour passes in a fraction of a second', async () => {
  const own = paced();
  const seen: number[] = [];
  await new Promise<void>((resolve) =>
    own.after(hour, () => {
      seen.push(own.now());
      resolve();
    }),
  );
  expect(seen[0]).toBeGreaterThanOrEqual(start + hour);
});

test('timers see exactly their moment, in its order, and of one moment in the order in which they were set', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(fc.nat(5), fc.nat(2_000)), { minLength: 1, maxLength: 40 }),
      async (delays) => {
        const own = new PacedClock({ factor: 100_000, start });
        const seen: (readonly [number, number])[] = [];
        const from = await new Promise<number>((resolve) =>
          own.after(1, () => {
            const now = own.now();
            delays.forEach((delay, order) => {
              own.after(delay, () => seen.push([own.now() - now, order]));
            });
            own.after(2_001, () => resolve(now));
          }),
        );
        own.stop();
        expect(from).toBeGreaterThan(start);
        expect(seen).toEqual(
          delays.map((delay, order) => [delay, order] as const).sort((a, b) => a[0] - b[0] || a[1] - b[1]),
        );
      },
    ),
    { numRuns: 20 },
  );
});

test('what a timer sets is counted from its own moment, however late the machine is', async () => {
  const own = paced();
  const seen: number[] = [];
  await new Promise<void>((resolve) =>
    own.after(10, () => {
      seen.push(own.now());
      own.after(5, () => {
        seen.push(own.now());
        resolve();
      });
    }),
  );
  const [one = 0, two = 0] = seen;
  expect(two - one).toBe(5);
});

test('an answer that is due before a timeout comes before it, however long code has computed', async () => {
  const own = paced({ factor: 1_000 });
  const seen: string[] = [];
  await new Promise<void>((resolve) => {
    own.after(10, () => {
      const done = own.atWork();
      void Promise.resolve().then(() => {
        const until = performance.now() + 50;
        while (performance.now() < until);
        own.after(100, () => {
          seen.push('answer');
          done();
        });
      });
    });
    own.after(20_000, () => {
      seen.push('timeout');
      resolve();
    });
  });
  expect(seen).toEqual(['answer', 'timeout']);
});

test('it never goes back', async () => {
  const own = paced();
  let goesOn = true;
  for (const delay of [10_000, 20_000, 300_000]) own.after(delay, () => (goesOn = delay < 300_000));
  for (let latest = own.now(); goesOn; await sleep(0)) {
    const now = own.now();
    expect(now).toBeGreaterThanOrEqual(latest);
    latest = now;
  }
});

test('it never passes a timer that has not gone off', async () => {
  const own = paced();
  let due = 0;
  const wentOff = new Promise<void>((resolve) =>
    own.after(10, () => {
      due = own.now();
      resolve();
    }),
  );
  const until = performance.now() + 5;
  while (performance.now() < until);
  const before = own.now();
  await wentOff;
  expect(before).toBe(due);
});

test('what is taken back does not go off, and nothing does after a stop', async () => {
  const own = paced();
  const seen: string[] = [];
  own.after(100, () => seen.push('taken back'))();
  await passed(own, 200);
  own.after(100, () => seen.push('stopped'));
  own.stop();
  own.after(100, () => seen.push('after the stop'));
  await sleep(20);
  expect(seen).toEqual([]);
});

test('a timer beyond what setTimeout takes waits', () => {
  const waits: (number | undefined)[] = [];
  const machine = vi.spyOn(globalThis, 'setTimeout').mockImplementation(((
    _action: unknown,
    wait?: number,
  ) => {
    waits.push(wait);
  }) as typeof setTimeout);
  paced({ factor: 1 }).after(60 * 24 * hour, () => {});
  machine.mockRestore();
  expect(waits).toEqual([2 ** 31 - 1]);
});

test('it says when something has gone off, and hands over what that has thrown', async () => {
  const told: string[] = [];
  const own = paced({
    onTurn: () => told.push('turn'),
    onError: (error) => told.push((error as Error).message),
  });
  own.after(1, () => {
    throw new Error('in a timer');
  });
  await passed(own, 100);
  await sleep(5);
  expect(told[0]).toBe('in a timer');
  expect(told.at(-1)).toBe('turn');
});
