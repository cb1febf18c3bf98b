import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Queue } from '../../../../tools/rehearse/sqs/queue';
import type { ReceivedMessage } from '../../../../tools/rehearse/sqs/received-message';
import { QueueModel } from './queue-model';
import { arnOf, fifo, HandClock, standard, TestQueue } from './test-queue';

type Step =
  | {
      readonly kind: 'send';
      readonly group: number;
      readonly key: number;
      readonly delay: number | undefined;
    }
  | { readonly kind: 'receive'; readonly max: number; readonly timeout: number | undefined }
  | { readonly kind: 'delete'; readonly receipt: number }
  | { readonly kind: 'change'; readonly receipt: number; readonly seconds: number }
  | { readonly kind: 'pass'; readonly seconds: number };

/** Of receipts the latest are the more likely ones; of times those at which something ends. */
const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant('send' as const),
        group: fc.nat(2),
        key: fc.nat(30),
        delay: fc.constantFrom(undefined, undefined, 0, 10),
      }),
    },
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant('receive' as const),
        max: fc.integer({ min: 1, max: 4 }),
        timeout: fc.constantFrom(undefined, undefined, 0, 10, 400),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constant('delete' as const), receipt: fc.nat(5) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('change' as const),
        receipt: fc.nat(5),
        seconds: fc.constantFrom(0, 10, 100, 43_200),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('pass' as const),
        seconds: fc.constantFrom(0.001, 1, 9.999, 10, 30, 100, 300, 600),
      }),
    },
  ),
  { maxLength: 80 },
);

const short = { messageRetentionSeconds: 900 };
const deadName = (settings: Queue) => (settings.fifo ? 'dead.fifo' : 'dead');
const redrive = (settings: Queue, maxReceiveCount: number) => ({
  ...settings,
  redrive: { deadLetterTargetArn: arnOf(deadName(settings)), maxReceiveCount },
});
const kinds: readonly (readonly [string, Queue])[] = [
  ['a standard queue', { ...standard, ...short }],
  ['a standard queue with a delay and a redrive', redrive({ ...standard, ...short, delaySeconds: 5 }, 2)],
  ['a FIFO queue', { ...fifo, ...short }],
  ['a FIFO queue with a redrive', redrive({ ...fifo, ...short }, 2)],
  [
    'a FIFO queue with a delay, a redrive and ids of each group',
    redrive({ ...fifo, ...short, delaySeconds: 5, deduplicationScope: 'messageGroup' }, 1),
  ],
];

/** Drives a queue and the model of it, and compares them after each step. */
class Run {
  readonly #clock = new HandClock();
  readonly #model: QueueModel;
  readonly #deadLetters: TestQueue;
  readonly #queue: TestQueue;
  readonly #receipts: ReceivedMessage[] = [];
  #expired = 0;
  #deleted = 0;

  constructor(private readonly settings: Queue) {
    this.#model = new QueueModel(settings);
    this.#deadLetters = new TestQueue(this.#clock, {
      ...(settings.fifo ? fifo : standard),
      arn: arnOf(deadName(settings)),
    });
    this.#queue = new TestQueue(this.#clock, settings, () => this.#deadLetters.live);
    this.#queue.live.onExpired(() => this.#expired++);
    this.#queue.live.onDeleted(() => this.#deleted++);
    this.#queue.live.onMoved(({ messageId, receiveCount }) => this.#moved(messageId, receiveCount));
  }

  do(step: Step): void {
    const now = this.#clock.now();
    if (step.kind === 'send') this.#send(step, now);
    else if (step.kind === 'receive') this.#receive(step, now);
    else if (step.kind === 'delete') this.#delete(step, now);
    else if (step.kind === 'change') this.#change(step, now);
    else {
      this.#clock.pass(step.seconds);
      this.#model.pass(this.#clock.now());
    }
    this.#compare();
  }

  #send({ group, key, delay }: Extract<Step, { kind: 'send' }>, now: number): void {
    const { fifo: ordered, deduplicationScope, delaySeconds, messageRetentionSeconds } = this.settings;
    const messageGroupId = `g${group}`;
    const sent = this.#queue.send(`${key}`, {
      messageGroupId,
      ...(delay !== undefined && { delaySeconds: delay }),
    });
    const scoped = deduplicationScope === 'messageGroup' ? `${messageGroupId}/${key}` : `${key}`;
    const first = this.#model.deduplicated.get(scoped);
    if (ordered && first && first.until > now) {
      expect(sent).toMatchObject({ messageId: first.id, duplicateOf: first.id });
      return;
    }
    expect(sent.duplicateOf).toBeUndefined();
    this.#model.deduplicated.set(scoped, { id: sent.messageId, until: now + 300_000 });
    this.#model.sent++;
    const wait = (ordered ? undefined : delay) ?? delaySeconds;
    this.#model.held.push({
      id: sent.messageId,
      group: messageGroupId,
      sentAt: now,
      expiresAt: now + messageRetentionSeconds * 1000,
      receives: 0,
      receivedAt: 0,
      hiddenUntil: now + wait * 1000,
      delayed: wait > 0,
    });
  }

  #receive({ max, timeout }: Extract<Step, { kind: 'receive' }>, now: number): void {
    const receivable = this.#model.receivable(now);
    const spent = receivable.filter((message) => this.#model.isSpent(message));
    const received = this.#queue.receive(max, timeout);
    const ids = received.map(({ messageId }) => messageId);
    const able = receivable.filter((message) => !spent.includes(message));

    expect(new Set(ids).size).toBe(ids.length);
    expect(received.length).toBe(Math.min(max, able.length));
    const rounds = received.map(({ messageId, attributes }, index) => {
      const message = able.find(({ id }) => id === messageId);
      if (!message) throw new Error(`${messageId} could not be received`);
      // Nothing of its group is passed over that is still held, and nothing comes in between.
      for (const other of this.#model.before(message)) expect(ids.slice(0, index)).toContain(other.id);
      expect(attributes.ApproximateReceiveCount).toBe(String(message.receives + 1));
      return message;
    });
    for (const message of rounds) {
      message.receives++;
      message.receivedAt = now;
      message.hiddenUntil = now + (timeout ?? this.settings.visibilityTimeoutSeconds) * 1000;
    }
    this.#receipts.unshift(...received);
  }

  /** Reported while the receive that moves it goes on: exactly when it was received as often as is allowed. */
  #moved(messageId: string, receiveCount: number): void {
    const model = this.#model;
    const message = model.held.find(({ id }) => id === messageId);
    expect(message?.receives).toBe(this.settings.redrive?.maxReceiveCount);
    expect(receiveCount).toBe(this.settings.redrive?.maxReceiveCount);
    expect(model.receivable(this.#clock.now())).toContain(message);
    model.held = model.held.filter((other) => other !== message);
    model.moved++;
  }

  #receipt(index: number) {
    const receipt = this.#receipts[index];
    const message = this.#model.held.find(({ id }) => id === receipt?.messageId);
    const latest = receipt?.attributes.ApproximateReceiveCount === String(message?.receives);
    return { handle: receipt?.receiptHandle ?? 'none', message, latest };
  }

  #delete({ receipt }: Extract<Step, { kind: 'delete' }>, now: number): void {
    const { handle, message, latest } = this.#receipt(receipt);
    const error = this.#queue.live.delete(handle);
    if (handle === 'none') expect(error?.code).toBe('ReceiptHandleIsInvalid');
    else if (message && this.settings.fifo && (!latest || this.#model.isVisible(message, now))) {
      expect(error?.message).toContain('The receipt handle has expired.');
    } else {
      expect(error).toBeUndefined();
      if (!message || !latest) return;
      this.#model.held = this.#model.held.filter((other) => other !== message);
      this.#model.deleted++;
    }
  }

  #change({ receipt, seconds }: Extract<Step, { kind: 'change' }>, now: number): void {
    const { handle, message, latest } = this.#receipt(receipt);
    const change = () => this.#queue.live.changeVisibility(handle, seconds);
    if (handle === 'none') expect(change()?.code).toBe('ReceiptHandleIsInvalid');
    else if (!message) expect(change()?.message).toContain('Message does not exist');
    else if (this.#model.isVisible(message, now) || (this.settings.fifo && !latest)) {
      expect(change).toThrow('expired receipt');
    } else if (now + seconds * 1000 > message.receivedAt + 43_200_000) {
      expect(change()?.message).toContain('beyond the limit');
    } else {
      expect(change()).toBeUndefined();
      message.hiddenUntil = now + seconds * 1000;
    }
  }

  #compare(): void {
    const now = this.#clock.now();
    const { live } = this.#queue;
    const model = this.#model;
    const states = model.held.map((message) => [message.id, message.receives, model.stateOf(message, now)]);
    expect(
      live.messages().map(({ messageId, receiveCount, state }) => [messageId, receiveCount, state]),
    ).toEqual(states);
    const count = (state: string) => states.filter(([, , other]) => other === state).length;
    expect(live.counts()).toEqual({
      visible: count('visible'),
      notVisible: count('notVisible'),
      delayed: count('delayed'),
    });
    expect(live.nextAvailableAt()).toBe(model.nextAvailableAt(now));
    expect([this.#expired, this.#deleted]).toEqual([model.expired, model.deleted]);
    expect(model.sent).toBe(live.messages().length + model.deleted + model.moved + model.expired);
    expect(this.#deadLetters.live.messages()).toHaveLength(model.moved);
  }
}

describe.each(kinds)('%s', (_, settings) => {
  test('does as its rules read, whatever is done with it and however time passes', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const run = new Run(settings);
        for (const step of all) run.do(step);
      }),
      { numRuns: 150 },
    );
  });
});

test('what goes on in one group changes nothing for another', () => {
  const settings = redrive({ ...fifo, ...short }, 2);
  /** What comes of the messages of group 0, when groups 1 and 2 are used as well or not. */
  const outcome = (all: readonly Step[], alone: boolean) => {
    const clock = new HandClock();
    const dead = new TestQueue(clock, { ...fifo, arn: arnOf('dead.fifo') });
    const queue = new TestQueue(clock, settings, () => dead.live);
    const seen: string[] = [];
    let turn = 0;
    for (const step of all) {
      if (step.kind === 'pass') clock.pass(step.seconds);
      if (step.kind === 'send' && !(alone && step.group > 0)) {
        queue.send(`${step.group}/${step.key}`, { messageGroupId: `g${step.group}` });
      }
      if (step.kind !== 'receive') continue;
      // As many as there can be: what a poller with room for all of them takes.
      for (const message of queue.receive(1000, step.timeout)) {
        if (message.attributes.MessageGroupId !== 'g0') continue;
        seen.push(`${message.body} ${message.attributes.ApproximateReceiveCount}`);
        if (turn++ % 3 === 0 && step.timeout !== 0) queue.live.delete(message.receiptHandle);
      }
    }
    return seen;
  };

  fc.assert(
    fc.property(steps, (all) => {
      expect(outcome(all, false)).toEqual(outcome(all, true));
    }),
    { numRuns: 200 },
  );
});
