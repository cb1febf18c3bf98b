import { NotSimulated } from '../../not-simulated';
import type { Clock } from '../simulation/clock';
import type { SqsError } from '../sqs/errors';
import type { QueueConsumer } from '../sqs/queue-consumer';
import { pollQueue } from '../sqs/queue-poller';
import type { ReceivedMessage } from '../sqs/received-message';
import { batchResponse } from './batch-response';
import type { EventSourceMapping } from './event-source-mappings';
import type { LambdaFunction } from './functions';
import type { InvocationResult, Invoke } from './invocation';
import { sqsEvent } from './sqs-event';

/** How a mapping is doing. */
export interface MappingState {
  readonly enabled: boolean;
  /** Why it no longer polls, in Lambda's words and SQS's. */
  readonly problem?: string;
}

export interface EventSourcePollerOptions {
  /** As the function's role. */
  readonly consumer: QueueConsumer;
  readonly clock: Clock & { atWork?(): () => void };
  readonly fn: Pick<LambdaFunction, 'timeoutSeconds'>;
  /** Invokes it. */
  readonly invoke: Invoke;
}

/**
 * Batches at once when a standard queue wakes up.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
 */
const firstConcurrency = 5;

/** How many more a minute while there are messages left. */
const moreEachMinute = 300;

/** Batches at once, of any mapping. */
const mostConcurrency = 1000;

/** Of an event, in bytes: what an invocation takes. */
const largestEvent = 6_291_456;

/** In milliseconds. AWS says that the waits grow, not how. */
const firstThrottleWait = 1000;
const longestThrottleWait = 16_000;

/** An event source mapping at work: takes messages from a queue to a function. */
export class EventSourcePoller {
  readonly #pollers: { stop(): void }[] = [];
  #concurrency = 0;
  /** Since when there is always something to do. */
  #busySince = 0;
  #batches = 0;
  #problem: string | undefined;

  constructor(
    private readonly mapping: EventSourceMapping,
    private readonly options: EventSourcePollerOptions,
  ) {}

  /**
   * Begins when the clock goes on; a mapping that is not enabled does not. Lambda makes no mapping of a queue
   * whose visibility timeout is shorter than the function's.
   */
  start(): void {
    if (!this.mapping.enabled) return;
    const { consumer, fn } = this.options;
    const { visibilityTimeoutSeconds } = consumer.queue.settings;
    if (visibilityTimeoutSeconds < fn.timeoutSeconds) {
      this.#problem = `Queue visibility timeout: ${visibilityTimeoutSeconds} seconds is less than Function timeout: ${fn.timeoutSeconds} seconds`;
      return;
    }
    this.#poll(this.#mayPoll());
  }

  state(): MappingState {
    if (this.#problem === undefined) return { enabled: this.mapping.enabled };
    return { enabled: false, problem: this.#problem };
  }

  /** Lets what is being worked on come to its end. */
  stop(): void {
    for (const poller of this.#pollers) poller.stop();
  }

  #poll(concurrency: number): void {
    const { consumer, clock } = this.options;
    if (concurrency <= this.#concurrency || this.#problem !== undefined) return;
    const more = concurrency - this.#concurrency;
    this.#concurrency = concurrency;
    this.#pollers.push(
      pollQueue({
        consumer,
        clock,
        batchSize: this.mapping.batchSize,
        concurrency: more,
        work: (batch) => this.#work(batch),
        onRefused: (error) => this.#refused(error),
      }),
    );
  }

  /**
   * Batches at once that a mapping has come to by now. A FIFO queue's are as many as it has groups with
   * messages, which the queue sees to; a standard queue's grow while there is more to do than they do, and
   * stay what they are.
   */
  #mayPoll(): number {
    const { maximumConcurrency = mostConcurrency, queueArn } = this.mapping;
    if (queueArn.endsWith('.fifo')) return maximumConcurrency;
    const busyMinutes = this.#batches === 0 ? 0 : (this.options.clock.now() - this.#busySince) / 60_000;
    return Math.min(maximumConcurrency, firstConcurrency + Math.floor(busyMinutes * moreEachMinute));
  }

  async #work(batch: readonly ReceivedMessage[]): Promise<readonly string[]> {
    if (this.#batches === 0) this.#busySince = this.options.clock.now();
    this.#batches++;
    if (this.#batches >= this.#concurrency) this.#poll(this.#mayPoll());
    try {
      const result = await this.#invoke(batch);
      return this.#done(result, batch).map(({ receiptHandle }) => receiptHandle);
    } finally {
      this.#batches--;
    }
  }

  /**
   * A throttled invocation is tried again until the batch's visibility timeout ends; then its messages come
   * back.
   * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-backoff-strategy
   */
  async #invoke(batch: readonly ReceivedMessage[]): Promise<InvocationResult> {
    const { clock, consumer, invoke } = this.options;
    const visibleAgain = clock.now() + consumer.queue.settings.visibilityTimeoutSeconds * 1000;
    const event = sqsEvent(batch, this.mapping.queueArn);
    if (Buffer.byteLength(JSON.stringify(event)) > largestEvent) {
      throw new NotSimulated(this.mapping.address, `a batch of messages beyond ${largestEvent} bytes`);
    }
    for (let wait = firstThrottleWait; ; wait = Math.min(2 * wait, longestThrottleWait)) {
      const result = await invoke(event);
      if (result.kind !== 'throttled' || clock.now() + wait >= visibleAgain) return result;
      await new Promise<void>((resolve) => {
        clock.after(wait, resolve);
      });
    }
  }

  #done(result: InvocationResult, batch: readonly ReceivedMessage[]): readonly ReceivedMessage[] {
    if (result.kind !== 'returned') return [];
    if (!this.mapping.reportBatchItemFailures) return batch;
    const ids = new Set(batch.map(({ messageId }) => messageId));
    const response = batchResponse(result.payload, ids, this.mapping.address);
    return 'malformed' in response ? [] : batch.filter(({ messageId }) => !response.failed.has(messageId));
  }

  #refused({ code, message }: SqsError): void {
    this.stop();
    const action = /\bsqs:(\w+)/i.exec(message)?.[1];
    const said = `${code}: ${message}`;
    this.#problem =
      action === undefined
        ? said
        : `The function execution role does not have permissions to call ${action} on SQS (${said})`;
  }
}
