import type { LiveQueue } from '../sqs/live-queue';

/** Where the messages of a run are, each counted once. */
export interface Account {
  readonly accepted: number;
  /** The consumer has had its effect: a reply sent, an object written, a subscriber's 2xx. */
  readonly delivered: number;
  /** Ended on purpose: its client is gone, or a filter lets it pass by. */
  readonly dropped: number;
  readonly waiting: number;
  readonly deadLettered: number;
  /** Ids of messages that SQS accepted and that are nowhere. */
  readonly lost: readonly string[];
}

interface Entry {
  /** Where it was accepted. */
  readonly queueArn: string;
  fate: 'delivered' | 'dropped' | undefined;
}

/** Follows every message from the moment SQS has accepted it. */
export class Ledger {
  readonly #entries = new Map<string, Entry>();
  /** The first id of a message that was moved under a new one. */
  readonly #first = new Map<string, string>();

  /** @param requestId of the request that brought it, by which replies name it */
  accepted(messageId: string, queueArn: string, requestId?: string): void {
    this.#entries.set(messageId, { queueArn, fate: undefined });
    if (requestId !== undefined) this.renamed(messageId, requestId);
  }

  delivered(messageId: string): void {
    const entry = this.#entryOf(messageId);
    if (entry) entry.fate = 'delivered';
  }

  /** What was delivered once stays delivered. */
  dropped(messageId: string): void {
    const entry = this.#entryOf(messageId);
    if (entry) entry.fate ??= 'dropped';
  }

  /** What became of a message that is done with. */
  fateOf(messageId: string): 'delivered' | 'dropped' | undefined {
    return this.#entryOf(messageId)?.fate;
  }

  /** Another id of a message that is known: a redrive gives it a new one. */
  renamed(messageId: string, newId: string): void {
    this.#first.set(newId, this.#firstIdOf(messageId));
  }

  /**
   * Accepted = delivered + dropped + waiting + dead-lettered + lost. A message that was delivered and still waits, to
   * be delivered again, counts as delivered.
   * @param queueArn counts the messages that this queue accepted @default all
   */
  account(queues: readonly LiveQueue[], deadLetterArns: ReadonlySet<string>, queueArn?: string): Account {
    const held = new Map<string, 'waiting' | 'deadLettered'>();
    for (const queue of queues) {
      const place = deadLetterArns.has(queue.settings.arn) ? 'deadLettered' : 'waiting';
      for (const { messageId } of queue.messages()) held.set(this.#firstIdOf(messageId), place);
    }
    const counts = { delivered: 0, dropped: 0, waiting: 0, deadLettered: 0 };
    const lost: string[] = [];
    let accepted = 0;
    for (const [messageId, entry] of this.#entries) {
      if (queueArn !== undefined && entry.queueArn !== queueArn) continue;
      accepted++;
      const place = entry.fate ?? held.get(messageId);
      if (place) counts[place]++;
      else lost.push(messageId);
    }
    return { accepted, ...counts, lost };
  }

  #entryOf(messageId: string): Entry | undefined {
    return this.#entries.get(this.#firstIdOf(messageId));
  }

  #firstIdOf(messageId: string): string {
    return this.#first.get(messageId) ?? messageId;
  }
}
