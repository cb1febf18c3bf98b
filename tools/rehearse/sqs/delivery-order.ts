import type { Heap } from './heap';
import { LinkedList } from './linked-list';
import type { StoredMessage } from './stored-message';

/** Which messages of a queue can be received, and in which order. */
export interface DeliveryOrder {
  /** A message has come to the queue. */
  enter(message: StoredMessage): void;
  /** Its state has changed, or when that ends. */
  changed(message: StoredMessage): void;
  leave(message: StoredMessage): void;
  /** What a receive finds, first things first. Nothing may change while it goes on. */
  receivable(): Iterable<StoredMessage>;
  /** When the next message that cannot be received now can be, in milliseconds since 1970. */
  nextAvailableAt(): number | undefined;
}

/**
 * A standard queue's: messages in the order in which they became available. AWS promises no order; what it makes of
 * the message groups of fair queues is left out.
 */
export class StandardOrder implements DeliveryOrder {
  readonly #visible = new LinkedList<StoredMessage>();

  /** @param waiting the messages that are delayed or in flight */
  constructor(private readonly waiting: Heap<StoredMessage>) {}

  enter(message: StoredMessage): void {
    this.changed(message);
  }

  changed(message: StoredMessage): void {
    if (message.state === 'visible') message.listed ??= this.#visible.add(message);
    else this.leave(message);
  }

  leave(message: StoredMessage): void {
    if (message.listed) this.#visible.delete(message.listed);
    message.listed = undefined;
  }

  receivable(): Iterable<StoredMessage> {
    return this.#visible;
  }

  nextAvailableAt(): number | undefined {
    return this.waiting.first()?.at;
  }
}
