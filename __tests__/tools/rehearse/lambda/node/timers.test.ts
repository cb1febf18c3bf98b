import { expect, test } from 'vitest';
import { returnedBy } from '../example-function';

/** Runs code that notes times; gives them. */
const times = (body: string) =>
  returnedBy(`const from = Date.now(); const seen = []; const note = (what) => seen.push(what + " " + (Date.now() - from));
    const wait = (ms) => new Promise((r) => setTimeout(r, ms)); ${body} return seen;`);

test('timers go off by the clock, with their arguments, in order; after what promises had still to do', async () => {
  expect(
    await times(`
      setTimeout(note, 20, "b"); setTimeout(note, 10.9, "a");
      setTimeout(() => { note("c"); Promise.resolve().then(() => note("promise")); }, 20);
      setTimeout(note, 20, "d");
      await wait(30);`),
  ).toEqual(['a 10', 'b 20', 'c 20', 'promise 20', 'd 20']);
});

test('delays that are none are one millisecond', async () => {
  expect(
    await times(
      'for (const d of [0, -5, NaN, "x", undefined, 2 ** 31]) setTimeout(note, d, d); await wait(2);',
    ),
  ).toEqual(['0 1', '-5 1', 'NaN 1', 'x 1', 'undefined 1', '2147483648 1']);
});

test('timers are taken back by themselves and by their number', async () => {
  expect(
    await times(`
      clearTimeout(setTimeout(note, 5, "object"));
      clearTimeout(+setTimeout(note, 5, "number"));
      clearTimeout(String(+setTimeout(note, 5, "text")));
      clearImmediate(setImmediate(note, "immediate"));
      clearTimeout(undefined); clearTimeout(null); clearTimeout(99);
      setTimeout(note, 5, "left");
      await wait(9);`),
  ).toEqual(['left 5']);
});

test('an interval goes on until it is cleared, from within too; refresh starts anew', async () => {
  expect(
    await times(`
      let n = 0;
      const interval = setInterval(() => { note("i"); if (++n === 3) clearInterval(interval); }, 10);
      const timer = setTimeout(note, 15, "t");
      await wait(12); timer.refresh(); await wait(50);`),
  ).toEqual(['i 10', 'i 20', 't 27', 'i 30']);
});

test('setImmediate comes at once, after promises and ticks', async () => {
  expect(
    await times(`
      setImmediate(note, "immediate"); queueMicrotask(() => note("microtask")); process.nextTick(note, "tick");
      await wait(1);`),
  ).toEqual(['microtask 0', 'tick 0', 'immediate 0']);
});

test('timers/promises and promisify give promises, which a signal rejects', async () => {
  expect(
    await times(`
      const promises = require("node:timers/promises");
      note(await promises.setTimeout(10, "value"));
      note(await require("util").promisify(setTimeout)(10, "promisified"));
      note(await promises.setImmediate("immediate"));
      await promises.scheduler.wait(5); note("scheduler");
      const controller = new AbortController(); setTimeout(() => controller.abort(), 3);
      await promises.setTimeout(10, null, { signal: controller.signal }).catch((error) => note(error.code));
      await promises.setTimeout(10, null, { signal: AbortSignal.abort() }).catch((error) => note(error.name));
      let n = 0; for await (const value of promises.setInterval(4, "tick")) { note(value); if (++n === 2) break; }`),
  ).toEqual([
    'value 10',
    'promisified 20',
    'immediate 20',
    'scheduler 25',
    'ABORT_ERR 28',
    'AbortError 28',
    'tick 32',
    'tick 36',
  ]);
});

test('AbortSignal.timeout aborts by the clock and holds nothing', async () => {
  expect(
    await times(`
      const signal = AbortSignal.timeout(25);
      signal.addEventListener("abort", () => note(signal.reason.name));
      AbortSignal.timeout(9_000);
      await wait(30); note(AbortSignal.abort().aborted); note(signal instanceof AbortSignal);`),
  ).toEqual(['TimeoutError 25', 'true 30', 'true 30']);
});

test('the time is the clock’s wherever it is asked for', async () => {
  expect(
    await returnedBy(`
      const { performance: other } = require("perf_hooks");
      const before = [performance.now(), process.hrtime(), process.uptime()];
      await new Promise((r) => setTimeout(r, 1250));
      class Own extends Date {}
      return [
        new Date().toISOString(), Date.now() - new Date(2026, 0), new Own().getTime() - Date.now(), new Date(5).getTime(),
        Date().slice(11, 15), new Date() instanceof Date, Date.UTC(2026, 0), Date.name,
        performance.now() - before[0], other.now(), performance.timeOrigin, process.hrtime(before[1]), Number(process.hrtime.bigint()), process.uptime(),
      ];`),
  ).toEqual([
    '2026-01-01T00:00:01.250Z',
    1250 + new Date(2026, 0).getTimezoneOffset() * -60_000,
    0,
    5,
    '2026',
    true,
    1_767_225_600_000,
    'Date',
    1250,
    1250,
    1_767_225_600_000,
    [1, 250_000_000],
    1_250_000_000,
    1.25,
  ]);
});

test('asynchronous contexts follow timers and requests once they are used', async () => {
  expect(
    await returnedBy(`
      const { AsyncLocalStorage } = require("async_hooks"); const http = require("http");
      const storage = new AsyncLocalStorage(); const seen = [];
      await Promise.all([1, 2].map((n) => storage.run(n, async () => {
        await new Promise((r) => setTimeout(r, 5)); seen.push(storage.getStore());
        await new Promise((r) => http.get("http://h/", r)); seen.push(storage.getStore());
        await new Promise((r) => http.get("http://h/", () => { seen.push(storage.getStore()); r(); }));
      })));
      return seen;`),
  ).toEqual([1, 2, 1, 2, 1, 2]);
});
