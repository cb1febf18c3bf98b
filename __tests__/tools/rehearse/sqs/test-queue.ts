import { expect } from 'vitest';
import type { Clock } from '../../../../tools/rehearse/simulation/clock';
import { idSource } from '../../../../tools/rehearse/simulation/ids';
import type { SqsError } from '../../../../tools/rehearse/sqs/errors';
import { LiveQueue, type OutgoingMessage } from '../../../../tools/rehearse/sqs/live-queue';
import { existingQueue, type Queue } from '../../../../tools/rehearse/sqs/queue';
import type { ReceivedMessage } from '../../../../tools/rehearse/sqs/received-message';

/** A clock to turn by hand; a queue sets no timers. */
export class HandClock implements Clock {
  #now = 1_700_000_000_000;

  now(): number {
    return this.#now;
  }

  after(): never {
    throw new Error('a timer was set');
  }

  pass(seconds: number): void {
    this.#now += seconds * 1000;
  }
}

export const arnOf = (name: string) => `arn:aws:sqs:eu-central-1:111122223333:${name}`;

export const standard: Queue = existingQueue(arnOf('plain'));
export const fifo: Queue = { ...existingQueue(arnOf('ordered.fifo')), contentBasedDeduplication: true };

/** A queue and what a test does with it. */
export class TestQueue {
  readonly live: LiveQueue;

  constructor(
    readonly clock: Clock,
    settings: Queue,
    deadLetter?: () => LiveQueue | undefined,
  ) {
    this.live = new LiveQueue(settings, clock, idSource(settings.name), deadLetter);
  }

  send(body: string, message: Partial<OutgoingMessage> = {}) {
    const group = this.live.settings.fifo ? { messageGroupId: 'g' } : {};
    return this.live.send({ body, attributes: [], ...group, ...message }, 'AROASENDER:session');
  }

  receive(maxMessages = 10, visibilityTimeoutSeconds?: number): readonly ReceivedMessage[] {
    return this.live.receive({
      maxMessages,
      ...(visibilityTimeoutSeconds !== undefined && { visibilityTimeoutSeconds }),
    });
  }

  /** The one message that can be received. */
  receiveOne(visibilityTimeoutSeconds?: number): ReceivedMessage {
    const [message, ...others] = this.receive(10, visibilityTimeoutSeconds);
    if (!message || others.length > 0) throw new Error(`${others.length} other messages were received`);
    return message;
  }

  bodies(maxMessages?: number, visibilityTimeoutSeconds?: number): readonly string[] {
    return this.receive(maxMessages, visibilityTimeoutSeconds).map(({ body }) => body);
  }
}

export const standardQueue = (clock: Clock, settings: Partial<Queue> = {}) =>
  new TestQueue(clock, { ...standard, ...settings });

export const fifoQueue = (clock: Clock, settings: Partial<Queue> = {}) =>
  new TestQueue(clock, { ...fifo, ...settings });

export function expectError(error: SqsError | undefined, expected: Partial<SqsError>): void {
  expect(error).toMatchObject(expected);
}
