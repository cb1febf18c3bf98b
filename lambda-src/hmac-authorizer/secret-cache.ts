import type { ReadSecret } from './secrets-manager';

/** Shorter ones could be found by trying, from one signed request. */
export const shortestSecret = 32;

/** How long what was read is used, in milliseconds, and so how long a secret that is revoked still counts. */
const keptFor = 5 * 60_000;

/** After a rotation a new secret counts at once, but whoever sends wrong signatures makes no more reads than this. */
const leastBetweenReads = 10_000;

/** The texts that sign now: a secret's current version, and the one before while senders still use it. */
export class SecretCache {
  #secrets: readonly string[] = [];
  #readAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly read: ReadSecret,
    private readonly now: () => number,
  ) {}

  /** @throws when they cannot be read, or the current one is too short */
  async current(): Promise<readonly string[]> {
    if (this.now() - this.#readAt >= keptFor) await this.#refresh();
    return this.#secrets;
  }

  /** Those of a newer reading; nothing when it was only just read. */
  async newer(): Promise<readonly string[] | undefined> {
    if (this.now() - this.#readAt < leastBetweenReads) return undefined;
    await this.#refresh();
    return this.#secrets;
  }

  async #refresh(): Promise<void> {
    const [current, previous] = await Promise.all([this.read('AWSCURRENT'), this.read('AWSPREVIOUS')]);
    if (current === undefined || current.length < shortestSecret) {
      throw new Error(
        `the secret must be a text of at least ${shortestSecret} characters: give it a longer one`,
      );
    }
    // A secret that was too short never counted, and does not as the previous one.
    this.#secrets = [
      current,
      ...(previous !== undefined && previous.length >= shortestSecret ? [previous] : []),
    ];
    this.#readAt = this.now();
  }
}
