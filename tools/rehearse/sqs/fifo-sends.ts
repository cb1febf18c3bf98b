import { hash } from 'node:crypto';
import { DeduplicationWindow, type FirstSend } from './deduplication';
import type { Queue } from './queue';
import type { OutgoingMessage } from './send-message';

/** What a FIFO queue gives a message. */
export interface FifoIds {
  readonly messageDeduplicationId: string;
  readonly sequenceNumber: string;
}

/** What a FIFO queue knows of the messages that it has taken: their numbers, and which would be repetitions. */
export class FifoSends {
  readonly #window = new DeduplicationWindow();
  #taken = 0n;

  constructor(
    private readonly settings: Pick<Queue, 'arn' | 'contentBasedDeduplication' | 'deduplicationScope'>,
  ) {}

  /** The message that this one repeats. */
  repeated(message: OutgoingMessage, now: number): FirstSend | undefined {
    return this.#window.find(this.#key(message), now);
  }

  accept(message: OutgoingMessage, messageId: string, now: number): FifoIds {
    const sequenceNumber = this.nextSequenceNumber();
    this.#window.remember(this.#key(message), { messageId, sequenceNumber }, now);
    return { messageDeduplicationId: this.#deduplicationId(message), sequenceNumber };
  }

  /** Twenty digits, growing, and not consecutive, as AWS's are. */
  nextSequenceNumber(): string {
    this.#taken++;
    return String(18_850_000_000_000_000_000n + this.#taken * 256n);
  }

  #key(message: OutgoingMessage): string {
    const id = this.#deduplicationId(message);
    // No id has a space in it.
    return this.settings.deduplicationScope === 'messageGroup' ? `${message.messageGroupId} ${id}` : id;
  }

  /** @throws Error for what SendMessage refuses, and so never comes here */
  #deduplicationId({ body, messageGroupId, messageDeduplicationId }: OutgoingMessage): string {
    const { arn, contentBasedDeduplication } = this.settings;
    if (messageGroupId === undefined) throw new Error(`${arn} is a FIFO queue: the message needs a group`);
    if (messageDeduplicationId !== undefined) return messageDeduplicationId;
    if (!contentBasedDeduplication) throw new Error(`${arn}: the message needs a deduplication id`);
    return hash('sha256', body);
  }
}
