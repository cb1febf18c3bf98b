import type { Clock } from '../simulation/clock';
import type { SqsError } from './errors';
import type { QueueConsumer } from './queue-consumer';
import type { ReceivedMessage } from './received-message';

export interface PollOptions {
  readonly consumer: QueueConsumer;
  /** A virtual clock is told while a batch is worked on. */
  readonly clock: Clock & { atWork?(): () => void };
  /** Messages in a batch, 1 to 10. */
  readonly batchSize: number;
  /** Batches that may be worked on at once. */
  readonly concurrency: number;
  /**
   * Does what is to be done with a batch; what it throws stops the poller and is thrown by the clock.
   * @returns the receipt handles of what is done with; the others come back after their visibility timeout
   */
  readonly work: (batch: readonly ReceivedMessage[]) => Promise<readonly string[]>;
  /** SQS refused a request: the poller has stopped. */
  readonly onRefused: (error: SqsError) => void;
}

/**
 * Takes batches from a queue while there are messages, and deletes what is done with. It sleeps while there are none,
 * until the queue says that there are or the next one is due.
 *
 * It starts when the clock goes on. To stop it lets what is being worked on come to its end.
 */
export function pollQueue(options: PollOptions): { stop(): void } {
  const poller = new QueuePoller(options);
  poller.start();
  return { stop: () => poller.stop() };
}

class QueuePoller {
  #batches = 0;
  #stopped = false;
  #refused = false;
  #wake: { readonly at: number; readonly cancel: () => void } | undefined;
  #unsubscribe: (() => void) | undefined;

  constructor(private readonly options: PollOptions) {}

  start(): void {
    const { consumer } = this.options;
    this.#wakeAt(this.options.clock.now(), () => {
      const refused = consumer.attributes();
      if (refused) {
        this.#refuse(refused);
        return;
      }
      this.#unsubscribe = consumer.queue.onAvailable(() => this.#wakeAt(this.options.clock.now()));
      this.#poll();
    });
  }

  stop(): void {
    this.#stopped = true;
    this.#wake?.cancel();
    this.#wake = undefined;
    this.#unsubscribe?.();
  }

  #wakeAt(at: number, action = () => this.#poll()): void {
    if (this.#wake && this.#wake.at <= at) return;
    this.#wake?.cancel();
    const cancel = this.options.clock.after(at - this.options.clock.now(), () => {
      this.#wake = undefined;
      action();
    });
    this.#wake = { at, cancel };
  }

  #poll(): void {
    const { consumer, batchSize, concurrency } = this.options;
    while (!this.#stopped && this.#batches < concurrency) {
      const batch = consumer.receive(batchSize);
      if ('code' in batch) {
        this.#refuse(batch);
      } else if (batch.length > 0) {
        void this.#workOn(batch);
      } else {
        const next = consumer.queue.nextAvailableAt();
        if (next !== undefined) this.#wakeAt(next);
        return;
      }
    }
  }

  async #workOn(batch: readonly ReceivedMessage[]): Promise<void> {
    const { clock, work } = this.options;
    const workDone = clock.atWork?.();
    this.#batches++;
    try {
      this.#delete(await work(batch));
    } catch (error) {
      this.stop();
      clock.after(0, () => {
        throw error;
      });
    } finally {
      this.#batches--;
      workDone?.();
    }
    this.#poll();
  }

  #delete(receiptHandles: readonly string[]): void {
    for (const receiptHandle of receiptHandles) {
      const error = this.options.consumer.delete(receiptHandle);
      if (error && isRefusal(error)) {
        this.#refuse(error);
        return;
      }
    }
  }

  #refuse(error: SqsError): void {
    this.stop();
    if (!this.#refused) this.options.onRefused(error);
    this.#refused = true;
  }
}

/** Unlike a handle that has expired by the time its message is done with: that one only comes back. */
const isRefusal = ({ status, code }: SqsError) => status === 403 || code.startsWith('KMS.');
