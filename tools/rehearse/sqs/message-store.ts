import { type DeliveryOrder, StandardOrder } from './delivery-order';
import { FifoOrder } from './fifo-order';
import { Heap } from './heap';
import { mostInFlight } from './limits';
import type { StoredMessage } from './stored-message';

/** The messages of one queue and their states over time. What time changes is made up for in `settle`. */
export class MessageStore {
  readonly #messages = new Map<string, StoredMessage>();
  readonly #waiting = new Heap<StoredMessage>();
  readonly #expiring = new Heap<StoredMessage>();
  readonly #order: DeliveryOrder;
  #inFlight = 0;

  constructor({ fifo }: { readonly fifo: boolean }) {
    this.#order = fifo ? new FifoOrder() : new StandardOrder(this.#waiting);
  }

  get size(): number {
    return this.#messages.size;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  get delayed(): number {
    return this.#waiting.size - this.#inFlight;
  }

  /** Nothing can be received until something in flight is deleted or comes back. */
  get isFull(): boolean {
    return this.#inFlight >= mostInFlight;
  }

  get(messageId: string): StoredMessage | undefined {
    return this.#messages.get(messageId);
  }

  all(): Iterable<StoredMessage> {
    return this.#messages.values();
  }

  /** What can be received, first things first. Nothing may change while it goes on. */
  receivable(): Iterable<StoredMessage> {
    return this.#order.receivable();
  }

  nextAvailableAt(): number | undefined {
    return this.#order.nextAvailableAt();
  }

  /** What the next receive takes, and what it finds to have been received as often as is allowed. */
  next(maxMessages: number, maxReceiveCount = Number.POSITIVE_INFINITY) {
    const taken: StoredMessage[] = [];
    const spent: StoredMessage[] = [];
    const most = Math.min(maxMessages, mostInFlight - this.#inFlight);
    if (most <= 0) return { taken, spent };
    for (const message of this.#order.receivable()) {
      (message.receiveCount < maxReceiveCount ? taken : spent).push(message);
      if (taken.length === most) break;
    }
    return { taken, spent };
  }

  add(message: StoredMessage): void {
    this.#messages.set(message.facts.messageId, message);
    message.expiring = this.#expiring.add(message, message.facts.expiresAt);
    if (message.state !== 'visible') message.waiting = this.#waiting.add(message, message.availableAt);
    this.#order.enter(message);
  }

  remove(message: StoredMessage): void {
    this.#messages.delete(message.facts.messageId);
    if (message.expiring) this.#expiring.delete(message.expiring);
    message.expiring = undefined;
    this.#stopWaiting(message);
    this.#order.leave(message);
  }

  /** Puts a message in flight, or lets one that is stay there longer or shorter. */
  hide(message: StoredMessage, until: number): void {
    this.#stopWaiting(message);
    this.#inFlight++;
    message.state = 'notVisible';
    message.availableAt = until;
    message.waiting = this.#waiting.add(message, until);
    this.#order.changed(message);
  }

  show(message: StoredMessage): void {
    this.#stopWaiting(message);
    message.state = 'visible';
    this.#order.changed(message);
  }

  /** Lets pass what is due, in its order. @returns the messages whose retention has ended, which are gone */
  settle(now: number): readonly StoredMessage[] {
    const expired: StoredMessage[] = [];
    for (;;) {
      const expiring = this.#expiring.first();
      const waiting = this.#waiting.first();
      if (expiring && expiring.at <= now && !(waiting && waiting.at < expiring.at)) {
        this.remove(expiring.item);
        expired.push(expiring.item);
      } else if (waiting && waiting.at <= now) this.show(waiting.item);
      else return expired;
    }
  }

  #stopWaiting(message: StoredMessage): void {
    if (message.state === 'notVisible') this.#inFlight--;
    if (message.waiting) this.#waiting.delete(message.waiting);
    message.waiting = undefined;
  }
}
