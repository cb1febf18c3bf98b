import type { Clock } from '../simulation/clock';
import { FifoSends } from './fifo-sends';
import { type HeldMessage, heldMessage } from './held-message';
import { MessageStore } from './message-store';
import type { Queue } from './queue';
import { QueueEvents } from './queue-events';
import type { StoredMessage } from './stored-message';

/** What a message brings along when it comes to a queue. */
export type Arriving = Pick<HeldMessage, 'messageId' | 'body' | 'attributes' | 'senderId'> &
  Partial<Omit<HeldMessage, 'expiresAt' | 'receiveCount' | 'firstReceivedAt' | 'state'>>;

/** What it has behind it. */
export type Past = Pick<StoredMessage, 'receiveCount' | 'firstReceivedAt'>;

const noPast: Past = { receiveCount: 0, firstReceivedAt: undefined };

/** What all that is done with a queue goes through. */
export class QueueCore {
  readonly store: MessageStore;
  /** Of a FIFO queue. */
  readonly fifo: FifoSends | undefined;
  readonly events = new QueueEvents();
  #arrivals = 0;

  constructor(
    readonly settings: Queue,
    private readonly clock: Clock,
  ) {
    this.store = new MessageStore(settings);
    this.fifo = settings.fifo ? new FifoSends(settings) : undefined;
  }

  /** Lets pass what is due, does the work of a call, and then tells what there is to tell. */
  call<T>(work: (now: number) => T): T {
    const now = this.clock.now();
    this.#settle(now);
    const result = work(now);
    this.events.flush();
    return result;
  }

  enter(message: Arriving, now: number, delaySeconds: number, past = noPast): void {
    this.#settle(now);
    const sentAt = message.sentAt ?? now;
    const expiresAt = sentAt + this.settings.messageRetentionSeconds * 1000;
    this.store.add({
      // Written out, since this is where a simulation with many messages spends its time.
      facts: {
        messageId: message.messageId,
        body: message.body,
        attributes: message.attributes,
        messageGroupId: message.messageGroupId,
        messageDeduplicationId: message.messageDeduplicationId,
        sequenceNumber: message.sequenceNumber,
        senderId: message.senderId,
        sentAt,
        deadLetterQueueSourceArn: message.deadLetterQueueSourceArn,
        expiresAt,
      },
      arrival: this.#arrivals++,
      receiveCount: past.receiveCount,
      firstReceivedAt: past.firstReceivedAt,
      lastReceivedAt: undefined,
      state: delaySeconds > 0 ? 'delayed' : 'visible',
      availableAt: now + delaySeconds * 1000,
      expiring: undefined,
      waiting: undefined,
      listed: undefined,
    });
    this.events.add('available', () => []);
  }

  /** Takes out a message by its consumer's wish. */
  delete(message: StoredMessage): void {
    this.events.add('deleted', () => [heldMessage(message)]);
    // What it held back can be received now.
    if (this.fifo || this.store.isFull) this.events.add('available', () => []);
    this.store.remove(message);
  }

  /** Takes out a message that goes to another queue. @param messageId its id there */
  sendAway(message: StoredMessage, to: QueueCore, messageId: string): void {
    this.events.add('moved', () => [heldMessage(message), to.settings.arn, messageId]);
    this.events.addThoseOf(to.events);
    this.store.remove(message);
  }

  #settle(now: number): void {
    for (const message of this.store.settle(now)) {
      this.events.add('expired', () => [heldMessage(message)]);
      if (this.fifo) this.events.add('available', () => []);
    }
  }
}
