import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { VirtualClock } from '../../../../tools/rehearse/simulation/virtual-clock';

const start = 1_700_000_000_000;

test('time stands still until it is let run, and then stands where the last timer was', async () => {
  const clock = new VirtualClock(start);
  const seen: number[] = [];
  clock.after(3_600_000, () => seen.push(clock.now()));

  await sleep(5);
  expect([clock.now(), seen]).toEqual([start, []]);

  await clock.run();
  expect([clock.now(), seen]).toEqual([start + 3_600_000, [start + 3_600_000]]);
});

test('timers go off by their time, and of one moment in the order in which they were set', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(20), { maxLength: 60 }), async (delays) => {
      const clock = new VirtualClock(start);
      const seen: (readonly [number, number])[] = [];
      delays.forEach((delay, order) => {
        clock.after(delay, () => seen.push([clock.now() - start, order]));
      });

      await clock.run();

      expect(seen).toEqual(
        delays.map((delay, order) => [delay, order] as const).sort((a, b) => a[0] - b[0] || a[1] - b[1]),
      );
    }),
  );
});

test('what a timer sets goes off too; what is taken back does not', async () => {
  const clock = new VirtualClock(start);
  const seen: string[] = [];
  const takeBack = clock.after(20, () => seen.push('taken back'));
  clock.after(10, () => {
    seen.push('first');
    clock.after(5, () => seen.push('second'));
    takeBack();
  });

  await clock.run();

  expect(seen).toEqual(['first', 'second']);
});

test('it runs up to a moment, that moment included, and goes on from there', async () => {
  const clock = new VirtualClock(start);
  const seen: number[] = [];
  for (const delay of [10, 20, 30]) clock.after(delay, () => seen.push(delay));

  await clock.run(start + 20);
  expect([clock.now() - start, seen]).toEqual([20, [10, 20]]);

  await clock.run(start + 25);
  expect(clock.now() - start).toBe(25);

  await clock.run();
  expect(seen).toEqual([10, 20, 30]);
});

test('a timer waits for promises that the one before has set off, while code is at work on them', async () => {
  const clock = new VirtualClock(start);
  const seen: string[] = [];
  clock.after(1, () => {
    const done = clock.atWork();
    void (async () => {
      for (let step = 0; step < 50; step++) await Promise.resolve();
      seen.push(`promise at ${clock.now() - start}`);
      clock.after(1, () => {
        seen.push(`its timer at ${clock.now() - start}`);
        done();
      });
    })();
  });
  clock.after(3, () => seen.push('timer at 3'));

  await clock.run();

  expect(seen).toEqual(['promise at 1', 'its timer at 2', 'timer at 3']);
});

test('work that was begun outside a run is waited for as well', async () => {
  const clock = new VirtualClock(start);
  const done = clock.atWork();
  let ended = 0;
  void Promise.resolve().then(() => clock.after(7, () => (ended = clock.now() - start)));

  await clock.run();
  done();

  expect(ended).toBe(7);
});

test('an error in a timer ends the run', async () => {
  const clock = new VirtualClock(start);
  clock.after(1, () => {
    throw new Error('in a timer');
  });

  await expect(clock.run()).rejects.toThrow('in a timer');
});

test('time passes until a promise is settled, and no longer', async () => {
  const clock = new VirtualClock(start);
  clock.after(5000, () => {});
  const settled = new Promise<string>((resolve) => {
    clock.after(1000, () => clock.after(500, () => resolve('there')));
  });

  expect(await clock.settle(settled)).toBe('there');
  expect(clock.now()).toBe(start + 1500);
});

test('no time passes where a promise is settled already', async () => {
  const clock = new VirtualClock(start);
  clock.after(0, () => {});

  expect(await clock.settle(Promise.resolve(1))).toBe(1);
  await expect(clock.settle(Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(clock.now()).toBe(start);
});

test('a promise that nothing settles is an error', async () => {
  const clock = new VirtualClock(start);

  await expect(clock.settle(new Promise(() => {}))).rejects.toThrow('that no timer sets off');
});
