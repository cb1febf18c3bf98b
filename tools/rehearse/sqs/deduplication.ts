/** What a message that is sent again is answered with. */
export interface FirstSend {
  readonly messageId: string;
  readonly sequenceNumber: string;
}

interface Entry extends FirstSend {
  readonly key: string;
  readonly until: number;
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/using-messagededuplicationid-property.html */
const windowMilliseconds = 5 * 60 * 1000;

/** What a FIFO queue has taken in the last five minutes, deleted or not. Repeating a send does not prolong them. */
export class DeduplicationWindow {
  readonly #byKey = new Map<string, Entry>();
  #oldestFirst: Entry[] = [];
  /** How many of the oldest have been forgotten. */
  #forgotten = 0;

  /** @param key the deduplication id, within whatever it is unique */
  find(key: string, now: number): FirstSend | undefined {
    this.#forget(now);
    return this.#byKey.get(key);
  }

  remember(key: string, { messageId, sequenceNumber }: FirstSend, now: number): void {
    const entry = { key, messageId, sequenceNumber, until: now + windowMilliseconds };
    this.#byKey.set(key, entry);
    this.#oldestFirst.push(entry);
  }

  #forget(now: number): void {
    for (;;) {
      const oldest = this.#oldestFirst[this.#forgotten];
      if (!oldest || oldest.until > now) break;
      this.#byKey.delete(oldest.key);
      this.#forgotten++;
    }
    // Half the list at a time, so that each entry is moved once or so.
    if (this.#forgotten * 2 > this.#oldestFirst.length) {
      this.#oldestFirst = this.#oldestFirst.slice(this.#forgotten);
      this.#forgotten = 0;
    }
  }
}
