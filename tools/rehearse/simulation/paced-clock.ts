import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from './clock';

interface Timer {
  readonly at: number;
  readonly action: () => void;
}

export interface PaceOptions {
  /** Simulated seconds that pass in one second. @default 1 */
  readonly factor?: number;
  /** Milliseconds since 1970. @default the machine's time */
  readonly start?: number | undefined;
  /** Called when timers have gone off and what they set off is done, as far as it does not wait for time. */
  readonly onTurn?: () => void;
  /** Gets what a timer's action throws. */
  readonly onError?: (error: unknown) => void;
}

/** `setTimeout` takes no more milliseconds. */
const longestTimeout = 2 ** 31 - 1;

/**
 * Time that passes as the machine's does, or so many times faster. Timers go off in the order of their moments and see
 * exactly theirs, however late the machine is with them: at a fast pace an answer that is due before a timeout comes
 * before it, as it does at a slow one.
 */
export class PacedClock implements Clock {
  /** The earliest first. */
  readonly #timers: Timer[] = [];
  readonly #factor: number;
  readonly #options: PaceOptions;
  /** This simulated moment was at `#since` of the machine. */
  readonly #start: number;
  readonly #since = performance.now();
  /** While timers go off: the moment of the one that does. */
  #turn: number | undefined;
  #atWork = 0;
  #wake: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(options: PaceOptions = {}) {
    this.#options = options;
    this.#factor = options.factor ?? 1;
    this.#start = options.start ?? Date.now();
  }

  now(): number {
    // It never passes a timer that has not gone off yet.
    return this.#turn ?? Math.min(this.#passed(), this.#timers[0]?.at ?? Number.POSITIVE_INFINITY);
  }

  after(milliseconds: number, action: () => void): () => void {
    const timer = { at: this.now() + Math.max(0, milliseconds), action };
    if (!this.#stopped) this.#timers.splice(this.#placeFor(timer.at), 0, timer);
    this.#arm();
    return () => {
      const index = this.#timers.indexOf(timer);
      if (index >= 0) this.#timers.splice(index, 1);
    };
  }

  /** As a virtual clock's. */
  atWork(): () => void {
    this.#atWork++;
    let done = false;
    return () => {
      if (!done) this.#atWork--;
      done = true;
    };
  }

  /** Nothing goes off any more. */
  stop(): void {
    this.#stopped = true;
    this.#timers.length = 0;
    clearTimeout(this.#wake);
  }

  #passed(): number {
    return Math.floor(this.#start + (performance.now() - this.#since) * this.#factor);
  }

  #placeFor(at: number): number {
    let [low, high] = [0, this.#timers.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#timers[middle] as Timer).at <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #arm(): void {
    clearTimeout(this.#wake);
    const [first] = this.#timers;
    if (!first || this.#turn !== undefined) return;
    const wait = Math.ceil((first.at - this.#passed()) / this.#factor);
    this.#wake = setTimeout(() => void this.#goOff(), Math.min(Math.max(0, wait), longestTimeout));
  }

  async #goOff(): Promise<void> {
    const until = this.#passed();
    let some = false;
    for (let [timer] = this.#timers; timer && timer.at <= until; [timer] = this.#timers) {
      this.#timers.shift();
      this.#turn = timer.at;
      some = true;
      const before = this.#atWork;
      try {
        timer.action();
      } catch (error) {
        this.#failed(error);
      }
      // Promises and ticks are all worked off before a turn of the event loop ends.
      if (before > 0 || this.#atWork > 0) await nextTurn();
    }
    this.#turn = undefined;
    if (some) this.#options.onTurn?.();
    this.#arm();
  }

  #failed(error: unknown): void {
    const { onError } = this.#options;
    if (!onError) throw error;
    onError(error);
  }
}
