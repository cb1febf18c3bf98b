/** Spreads invocations evenly, so many a second. */
export class RateLimit {
  #next = Number.NEGATIVE_INFINITY;

  constructor(private readonly perSecond: number) {}

  /** Takes the next turn. @returns milliseconds until then */
  wait(now: number): number {
    const turn = Math.max(now, this.#next);
    this.#next = turn + 1000 / this.perSecond;
    return turn - now;
  }
}
