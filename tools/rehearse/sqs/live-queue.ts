import { NotSimulated } from '../../not-simulated';
import type { Clock } from '../simulation/clock';
import type { IdSource } from '../simulation/ids';
import { moveToDeadLetterQueue, redriveMessages } from './dead-letter';
import type { SqsError } from './errors';
import { type HeldMessage, heldMessage, receivedMessage } from './held-message';
import { mostLookedThrough, visibilityTimeoutError } from './limits';
import type { Queue } from './queue';
import { QueueCore } from './queue-core';
import type { QueueListener } from './queue-events';
import { messageNotThere, notAReceiptHandle, ReceiptHandles, receiptHandleExpired } from './receipt-handle';
import type { ReceivedMessage } from './received-message';
import type { OutgoingMessage } from './send-message';
import type { StoredMessage } from './stored-message';

export interface Sent {
  readonly messageId: string;
  /** On FIFO queues. */
  readonly sequenceNumber?: string;
  /** The id of the message that this one repeats, which is its `messageId` too: nothing was stored. */
  readonly duplicateOf?: string;
}

export interface ReceiveOptions {
  /** 1 to 10. */
  readonly maxMessages: number;
  /** 0 to 43200. @default the queue's */
  readonly visibilityTimeoutSeconds?: number;
}

export interface QueueCounts {
  readonly visible: number;
  readonly notVisible: number;
  readonly delayed: number;
}

/**
 * A queue over time. It sets no timers: what time has changed shows in the next call, whichever it is. Listeners are
 * told when the work of a call is done, and may call the queue.
 */
export class LiveQueue {
  readonly #core: QueueCore;
  readonly #receipts: ReceiptHandles;

  /** @param deadLetter gives the queue that the redrive policy names */
  constructor(
    readonly settings: Queue,
    clock: Clock,
    private readonly ids: IdSource,
    private readonly deadLetter: () => LiveQueue | undefined = () => undefined,
  ) {
    this.#core = new QueueCore(settings, clock);
    this.#receipts = new ReceiptHandles(settings.arn);
  }

  /** Takes a message that `sendMessage` has found good. @param senderId as `SenderId` shows it */
  send(message: OutgoingMessage, senderId: string): Sent {
    const { fifo } = this.#core;
    return this.#core.call((now) => {
      const repeated = fifo?.repeated(message, now);
      if (repeated) {
        const { messageId, sequenceNumber } = repeated;
        return { messageId, sequenceNumber, duplicateOf: messageId };
      }
      const messageId = this.ids();
      const fifoIds = fifo?.accept(message, messageId, now);
      // A FIFO queue's messages have the queue's delay and no other.
      const delay = (fifo ? undefined : message.delaySeconds) ?? this.settings.delaySeconds;
      const { body, attributes, messageGroupId } = message;
      this.#core.enter({ messageId, body, attributes, messageGroupId, senderId, ...fifoIds }, now, delay);
      return fifoIds ? { messageId, sequenceNumber: fifoIds.sequenceNumber } : { messageId };
    });
  }

  /**
   * What a poll finds at once; with too many messages in flight, nothing. A message that was received as often as the
   * redrive policy allows is moved instead, and on a FIFO queue its group goes on behind it.
   */
  receive({ maxMessages, visibilityTimeoutSeconds }: ReceiveOptions): readonly ReceivedMessage[] {
    const timeout = (visibilityTimeoutSeconds ?? this.settings.visibilityTimeoutSeconds) * 1000;
    const { store } = this.#core;
    return this.#core.call((now) => {
      if (this.settings.fifo && store.size > mostLookedThrough) {
        throw new NotSimulated(
          this.settings.arn,
          `receiving while it holds more than ${mostLookedThrough} messages`,
        );
      }
      const { taken, spent } = store.next(maxMessages, this.settings.redrive?.maxReceiveCount);
      for (const message of spent) moveToDeadLetterQueue(message, this.#core, this.#deadLetterCore(), now);
      for (const message of taken) {
        message.receiveCount++;
        message.firstReceivedAt ??= now;
        message.lastReceivedAt = now;
        store.hide(message, now + timeout);
      }
      return taken.map((message) => receivedMessage(message, this.#handleOf(message)));
    });
  }

  /**
   * Deletes a message by the handle of its latest receive; on a FIFO queue only before that receive's visibility
   * timeout ends. A standard queue answers an earlier handle as if all were well, and keeps the message.
   * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessage.html
   */
  delete(receiptHandle: string): SqsError | undefined {
    return this.#core.call(() => {
      const receipt = this.#receipts.read(receiptHandle);
      if (!receipt) return notAReceiptHandle(receiptHandle);
      const message = this.#core.store.get(receipt.messageId);
      if (!message) return undefined;
      const latest = receipt.receiveCount === message.receiveCount;
      if (this.settings.fifo && !(latest && message.state === 'notVisible'))
        return receiptHandleExpired(receiptHandle);
      if (latest) this.#core.delete(message);
      return undefined;
    });
  }

  /**
   * Lets a message in flight come back so many seconds from now, 12 hours after it was received at the latest.
   * @throws NotSimulated when it is not in flight any more: SQS does not complain, and what it does is not known
   */
  changeVisibility(receiptHandle: string, seconds: number): SqsError | undefined {
    const { store, events } = this.#core;
    return this.#core.call((now) => {
      const receipt = this.#receipts.read(receiptHandle);
      if (!receipt) return notAReceiptHandle(receiptHandle);
      const message = store.get(receipt.messageId);
      if (!message) return messageNotThere(receiptHandle);
      const latest = receipt.receiveCount === message.receiveCount;
      if (message.state !== 'notVisible' || (this.settings.fifo && !latest)) {
        throw new NotSimulated(
          this.settings.arn,
          'changing the visibility of a message by an expired receipt',
        );
      }
      const error = visibilityTimeoutError(seconds, now - (message.lastReceivedAt ?? now));
      if (error) return error;
      const until = now + seconds * 1000;
      if (until < message.availableAt) events.add('available', () => []);
      if (seconds > 0) store.hide(message, until);
      else store.show(message);
      return undefined;
    });
  }

  /** Moves what can be received to a queue of the same kind, as a dead-letter queue's redrive. @returns how many */
  redriveTo(destination: LiveQueue): number {
    const { ids } = destination;
    return this.#core.call((now) => redriveMessages(this.#core, destination.#core, { ids, now }));
  }

  counts(): QueueCounts {
    const { store } = this.#core;
    return this.#core.call(() => ({
      visible: store.size - store.inFlight - store.delayed,
      notVisible: store.inFlight,
      delayed: store.delayed,
    }));
  }

  /** All that it holds, in the order in which it came. */
  messages(): readonly HeldMessage[] {
    return this.#core.call(() => [...this.#core.store.all()].map(heldMessage));
  }

  /** When the next message that cannot be received now can be, in milliseconds since 1970. */
  nextAvailableAt(): number | undefined {
    return this.#core.call(() => this.#core.store.nextAvailableAt());
  }

  /** Called when a message came or came back early, or no longer holds back its group. @returns ends it */
  onAvailable(listener: QueueListener<'available'>): () => void {
    return this.#core.events.on('available', listener);
  }

  /** Called when a message went to another queue, with its id there. @returns ends it */
  onMoved(listener: QueueListener<'moved'>): () => void {
    return this.#core.events.on('moved', listener);
  }

  /** Called when the retention of a message was found to have ended. @returns ends it */
  onExpired(listener: QueueListener<'expired'>): () => void {
    return this.#core.events.on('expired', listener);
  }

  /** @returns ends it */
  onDeleted(listener: QueueListener<'deleted'>): () => void {
    return this.#core.events.on('deleted', listener);
  }

  #handleOf({ facts, receiveCount }: StoredMessage): string {
    return this.#receipts.of({ messageId: facts.messageId, receiveCount });
  }

  #deadLetterCore(): QueueCore | undefined {
    const queue = this.deadLetter();
    return queue ? queue.#core : undefined;
  }
}

export type { HeldMessage, MessageState } from './held-message';
export type { OutgoingMessage } from './send-message';
