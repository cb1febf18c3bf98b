/** Tells when a target has done nothing but refuse for too long. */
export class PersistentFailures {
  #since: number | undefined;

  /** @param longest milliseconds */
  constructor(private readonly longest: number) {}

  /** @returns whether there was nothing else for too long */
  failed(now: number): boolean {
    this.#since ??= now;
    return now - this.#since >= this.longest;
  }

  /** Something else came of a delivery. */
  over(): void {
    this.#since = undefined;
  }
}
