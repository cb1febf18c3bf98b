import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from './clock';

interface Timer {
  readonly at: number;
  readonly order: number;
  action: (() => void) | undefined;
}

/** Time that passes only in `run`, and then as fast as its timers can be worked off. */
export class VirtualClock implements Clock {
  #now: number;
  #order = 0;
  #atWork = 0;
  /** A binary heap: the earliest timer is first. */
  readonly #timers: Timer[] = [];

  /** @param start in milliseconds since 1970 */
  constructor(start: number) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  after(milliseconds: number, action: () => void): () => void {
    const timer: Timer = { at: this.#now + Math.max(0, milliseconds), order: this.#order++, action };
    this.#push(timer);
    return () => {
      timer.action = undefined;
    };
  }

  /**
   * Says that code which goes on by promises is at work: until it is done, each timer waits for what the one before
   * has set off.
   * @returns says that it is done
   */
  atWork(): () => void {
    this.#atWork++;
    let done = false;
    return () => {
      if (!done) this.#atWork--;
      done = true;
    };
  }

  /**
   * Lets time pass: to a moment in milliseconds since 1970, or until no timer is left.
   * @throws what a timer's action throws
   */
  async run(until = Number.POSITIVE_INFINITY): Promise<void> {
    if (this.#atWork > 0) await nextTurn();
    for (let timer = this.#timers[0]; timer && timer.at <= until; timer = this.#timers[0]) {
      if (this.#goOff(timer)) await nextTurn();
    }
    if (Number.isFinite(until)) this.#now = Math.max(this.#now, until);
  }

  /**
   * Lets as much time pass as it takes until a promise is settled: none where it already is.
   * @throws what it is rejected with, and where nothing is left that could settle it
   */
  async settle<T>(promise: Promise<T>): Promise<T> {
    let settled = false;
    const done = () => {
      settled = true;
    };
    promise.then(done, done);
    await undefined;
    while (!settled) {
      await nextTurn();
      const [timer] = this.#timers;
      if (settled) break;
      if (!timer) throw new Error('something is waited for that no timer sets off');
      this.#goOff(timer);
    }
    return promise;
  }

  /** @returns whether code that goes on by promises is at work */
  #goOff(timer: Timer): boolean {
    this.#pop();
    if (!timer.action) return false;
    this.#now = timer.at;
    const before = this.#atWork;
    timer.action();
    // Promises and ticks are all worked off before a turn of the event loop ends.
    return before > 0 || this.#atWork > 0;
  }

  #push(timer: Timer): void {
    const timers = this.#timers;
    let index = timers.push(timer) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = timers[parent] as Timer;
      if (!isEarlier(timer, above)) break;
      timers[index] = above;
      index = parent;
    }
    timers[index] = timer;
  }

  #pop(): void {
    const timers = this.#timers;
    const last = timers.pop() as Timer;
    if (timers.length === 0) return;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= timers.length) break;
      if (child + 1 < timers.length && isEarlier(timers[child + 1] as Timer, timers[child] as Timer)) child++;
      if (!isEarlier(timers[child] as Timer, last)) break;
      timers[index] = timers[child] as Timer;
      index = child;
    }
    timers[index] = last;
  }
}

const isEarlier = (a: Timer, b: Timer) => a.at < b.at || (a.at === b.at && a.order < b.order);
