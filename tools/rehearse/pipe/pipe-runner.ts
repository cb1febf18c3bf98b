import type { Invoke } from '../lambda/invocation';
import type { Network } from '../simulation/network';
import type { SqsError } from '../sqs/errors';
import type { QueueConsumer } from '../sqs/queue-consumer';
import { pollQueue } from '../sqs/queue-poller';
import type { ReceivedMessage } from '../sqs/received-message';
import { apiDestinationTarget } from './api-destination-target';
import type { Deliver, Delivery } from './deliver';
import { pause, type WorkClock } from './exchange';
import { type Filter, filter } from './filter';
import { holdOn } from './hold-on';
import { lambdaTarget } from './lambda-target';
import { PersistentFailures } from './persistent-failures';
import { pipeRecord } from './pipe-record';
import type { Pipe } from './pipes';

export interface PipeRunnerOptions {
  readonly clock: WorkClock;
  /** The source, as the pipe's role sees it. */
  readonly consumer: QueueConsumer;
  readonly network: Network;
  readonly invoke: (functionArn: string) => Invoke;
  /** AWS's message when the role may not invoke the target. */
  readonly authorizeTarget: () => string | undefined;
  /** Ids of messages that the target has taken; they leave the queue. */
  readonly onDelivered?: (messageIds: readonly string[]) => void;
  /** Ids of messages that match no pattern; they leave the queue. */
  readonly onFiltered?: (messageIds: readonly string[]) => void;
  /** Ids of messages that stay in the queue, and why. */
  readonly onFailed?: (messageIds: readonly string[], reason: string) => void;
  /**
   * Milliseconds of nothing but missing authorization or missing resources after which the pipe is disabled;
   * AWS says that it happens, and not when. @default a day
   */
  readonly disabledAfter?: number;
}

export interface PipeState {
  readonly running: boolean;
  /** Why it does not run, or why it delivers nothing though it does. */
  readonly reason?: string;
}

/**
 * Batches with which a pipe begins on a standard queue. It takes on more while the queue stays full, up to
 * 1,000; here it stays with these. A FIFO queue itself hands out one batch of a group at a time.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-sqs.html#pipes-sqs-scaling
 */
const concurrency = 5;

const day = 24 * 60 * 60_000;

/** In milliseconds. */
const shortestRetry = 1_000;
const longestRetry = 60_000;

/**
 * A pipe at work. A message leaves the queue when its target has taken it or no pattern matches it. One that
 * the target fails stays, and comes back after the visibility timeout, until the queue's redrive policy moves
 * it. While no connection to the target can be made the pipe keeps what it has and tries again.
 */
export class PipeRunner {
  readonly #filter: Filter;
  readonly #failures: PersistentFailures;
  #deliver: Deliver | undefined;
  #poller: { stop(): void } | undefined;
  #stopped: string | undefined = 'not started';
  #trouble: string | undefined;

  constructor(
    private readonly pipe: Pipe,
    private readonly options: PipeRunnerOptions,
  ) {
    this.#filter = filter(pipe.filters, `${pipe.address}.filter`);
    this.#failures = new PersistentFailures(options.disabledAfter ?? day);
  }

  start(): void {
    if (this.pipe.desiredState === 'STOPPED') {
      this.#stopped = 'its desired_state is STOPPED';
      return;
    }
    const { clock, consumer } = this.options;
    this.#stopped = undefined;
    this.#deliver = this.#target();
    this.#poller = pollQueue({
      consumer,
      clock,
      batchSize: this.pipe.batchSize,
      concurrency,
      work: (batch) => this.#work(batch),
      onRefused: (error) => this.#stop(refusalReason(error)),
    });
  }

  /** Lets what is on its way come to its end. */
  stop(): void {
    this.#stop('stopped');
  }

  state(): PipeState {
    const reason = this.#stopped ?? this.#trouble;
    return { running: this.#stopped === undefined, ...(reason !== undefined && { reason }) };
  }

  #stop(reason: string): void {
    this.#stopped ??= reason;
    this.#poller?.stop();
  }

  #target(): Deliver {
    const { clock, network, consumer, invoke } = this.options;
    const { target } = this.pipe;
    if (target.kind === 'lambda') {
      return lambdaTarget(this.pipe, { invoke: invoke(target.functionArn), clock });
    }
    const { visibilityTimeoutSeconds } = consumer.queue.settings;
    return apiDestinationTarget(this.pipe, target, { clock, network, visibilityTimeoutSeconds });
  }

  /** @returns the receipt handles of what leaves the queue */
  async #work(batch: readonly ReceivedMessage[]): Promise<readonly string[]> {
    const { onDelivered, onFiltered, onFailed } = this.options;
    const wanted = batch.filter((message) => this.#filter(pipeRecord(message, this.pipe.sourceArn)));
    const unwanted = batch.filter((message) => !wanted.includes(message));
    if (unwanted.length > 0) onFiltered?.(unwanted.map(idOf));
    if (wanted.length === 0) return unwanted.map(handleOf);
    const delivery = await this.#deliverPatiently(wanted);
    if (delivery.kind !== 'delivered') {
      onFailed?.(wanted.map(idOf), delivery.reason);
      return unwanted.map(handleOf);
    }
    const taken = wanted.filter(({ messageId }) => !delivery.failed.has(messageId));
    const givenBack = wanted.filter(({ messageId }) => delivery.failed.has(messageId));
    if (taken.length > 0) onDelivered?.(taken.map(idOf));
    if (givenBack.length > 0) onFailed?.(givenBack.map(idOf), 'the function gave it back');
    return [...unwanted, ...taken].map(handleOf);
  }

  /** Errors within EventBridge are retried until the message expires, and use up no receives. */
  async #deliverPatiently(messages: readonly ReceivedMessage[]): Promise<Delivery> {
    const { clock, consumer } = this.options;
    const receivedAt = clock.now();
    for (let retry = shortestRetry; ; retry = Math.min(2 * retry, longestRetry)) {
      const delivery = await this.#attempt(messages);
      if (delivery.kind !== 'unreachable') return delivery;
      this.#trouble = delivery.reason;
      const held = holdOn(consumer.queue, messages, { heldFor: clock.now() - receivedAt, retry });
      if (!held) return delivery;
      await pause(clock, retry);
      if (this.#stopped !== undefined) return delivery;
    }
  }

  async #attempt(messages: readonly ReceivedMessage[]): Promise<Delivery> {
    const refusal = this.options.authorizeTarget();
    const records = messages.map((message) => pipeRecord(message, this.pipe.sourceArn));
    const delivery: Delivery =
      refusal === undefined
        ? await (this.#deliver as Deliver)(records)
        : { kind: 'failed', reason: refusal, persistent: true };
    this.#follow(delivery);
    return delivery;
  }

  #follow(delivery: Delivery): void {
    if (delivery.kind === 'unreachable') return;
    const persistent = delivery.kind === 'failed' && delivery.persistent;
    this.#trouble = persistent ? delivery.reason : undefined;
    if (!persistent) {
      this.#failures.over();
    } else if (this.#failures.failed(this.options.clock.now())) {
      this.#stop(`disabled, since the target has done nothing but refuse: ${delivery.reason}`);
    }
  }
}

const idOf = ({ messageId }: ReceivedMessage) => messageId;
const handleOf = ({ receiptHandle }: ReceivedMessage) => receiptHandle;

/**
 * Of the StateReasons that EventBridge lists, the one for queues, and what SQS said.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-error-troubleshooting.html
 */
const refusalReason = ({ message }: SqsError) =>
  'Pipes does not have required permissions to perform Queue operations ' +
  `(sqs:ReceiveMessage, sqs:DeleteMessage and sqs:GetQueueAttributes): ${message}`;
