import { describe, expect, test } from 'vitest';
import type { Queue } from '../../../../tools/rehearse/sqs/queue';
import { arnOf, fifo, HandClock, standard, TestQueue } from './test-queue';

function pair(kind: 'standard' | 'FIFO', maxReceiveCount: number, dead: Partial<Queue> = {}) {
  const clock = new HandClock();
  const [settings, name] = kind === 'FIFO' ? ([fifo, 'dead.fifo'] as const) : ([standard, 'dead'] as const);
  const deadLetters = new TestQueue(clock, { ...settings, name, arn: arnOf(name), ...dead });
  const redrive = { deadLetterTargetArn: arnOf(name), maxReceiveCount };
  const queue = new TestQueue(clock, { ...settings, redrive }, () => deadLetters.live);
  return { clock, queue, deadLetters };
}

describe.each(['standard', 'FIFO'] as const)('on a %s queue', (kind) => {
  test('the receive after the last that is allowed moves the message instead of returning it', () => {
    const { clock, queue, deadLetters } = pair(kind, 2);
    const { messageId } = queue.send('a');

    expect(queue.bodies(10, 0)).toEqual(['a']);
    expect(queue.bodies(10, 0)).toEqual(['a']);
    expect(deadLetters.live.messages()).toEqual([]);
    expect(queue.bodies(10, 0)).toEqual([]);

    expect(queue.live.messages()).toEqual([]);
    clock.pass(7);
    const dead = deadLetters.receiveOne();
    expect(dead).toMatchObject({ messageId, body: 'a' });
    expect(dead.attributes).toMatchObject({
      // As recorded from AWS: the receives go on being counted.
      ApproximateReceiveCount: '3',
      ApproximateFirstReceiveTimestamp: '1700000000000',
      SenderId: 'AROASENDER:session',
      DeadLetterQueueSourceArn: queue.live.settings.arn,
    });
  });

  test('a message that nobody receives again stays', () => {
    const { clock, queue, deadLetters } = pair(kind, 1);
    queue.send('a');
    queue.receive();
    clock.pass(3600);

    expect(queue.live.counts().visible).toBe(1);
    expect(deadLetters.live.counts().visible).toBe(0);
  });

  test('the receive that moves a message returns those behind it', () => {
    const { clock, queue, deadLetters } = pair(kind, 1);
    queue.send('poison');
    queue.receive(1);
    clock.pass(30);
    queue.send('next');

    expect(queue.bodies(1)).toEqual(['next']);
    expect(deadLetters.bodies()).toEqual(['poison']);
  });

  test('who listens hears of the message, where it went, and that the other queue has it', () => {
    const { queue, deadLetters } = pair(kind, 1);
    const heard: string[] = [];
    queue.live.onMoved(({ body, receiveCount }, toArn, messageId) => {
      heard.push(`${body} after ${receiveCount} to ${toArn}`);
      expect(deadLetters.live.messages().map((message) => message.messageId)).toEqual([messageId]);
    });
    deadLetters.live.onAvailable(() => heard.push(`there: ${deadLetters.bodies()}`));
    queue.send('a');
    queue.receive(1, 0);
    queue.receive();

    expect(heard).toEqual([`a after 1 to ${deadLetters.live.settings.arn}`, 'there: a']);
  });

  test('a receipt of the queue before does nothing to the dead letter', () => {
    const { queue, deadLetters } = pair(kind, 1);
    queue.send('a');
    const { receiptHandle } = queue.receiveOne(0);
    queue.receive();

    expect(queue.live.delete(receiptHandle)).toBeUndefined();
    expect(deadLetters.live.delete(receiptHandle)?.code).toBe('ReceiptHandleIsInvalid');
    expect(deadLetters.live.messages()).toHaveLength(1);
  });

  test('a redrive makes new messages of dead letters, in their order, and leaves those in flight', () => {
    const { clock, queue, deadLetters } = pair(kind, 1);
    const bodies = ['a', 'b', 'c', 'd'];
    const sent = bodies.map((body, n) => queue.send(body, { messageGroupId: `g${n % 2}` }));
    queue.receive(10, 0);
    queue.receive();
    const [inFlight] = deadLetters.receive(1);
    clock.pass(10);
    const moved: string[] = [];
    deadLetters.live.onMoved(({ body }, toArn, messageId) => moved.push(`${body} ${toArn} ${messageId}`));

    const count = deadLetters.live.redriveTo(queue.live);

    const left = deadLetters.live.messages().map(({ body }) => body);
    expect(left).toEqual(kind === 'FIFO' ? ['a', 'c'] : ['a']);
    expect(inFlight?.body).toBe('a');
    const held = queue.live.messages();
    expect(held.map(({ body }) => body)).toEqual(bodies.filter((body) => !left.includes(body)));
    expect(count).toBe(held.length);
    expect(moved).toEqual(
      held.map(({ body, messageId }) => `${body} ${queue.live.settings.arn} ${messageId}`),
    );
    for (const message of held) {
      expect(sent.map(({ messageId }) => messageId)).not.toContain(message.messageId);
      expect(message).toMatchObject({ receiveCount: 0, sentAt: clock.now(), state: 'visible' });
      expect(message.deadLetterQueueSourceArn).toBeUndefined();
      expect(message.firstReceivedAt).toBeUndefined();
    }
    expect(queue.receive()[0]?.attributes.ApproximateReceiveCount).toBe('1');
  });

  test('dead letters go back in the order in which they came, whatever the order of their groups', () => {
    const { queue, deadLetters } = pair(kind, 1);
    for (const body of ['x1', 'y1', 'x2']) {
      queue.send(body, { messageGroupId: body.slice(0, 1) });
      queue.receive(10, 0);
      queue.receive();
    }

    deadLetters.live.redriveTo(queue.live);

    expect(queue.live.messages().map(({ body }) => body)).toEqual(['x1', 'y1', 'x2']);
  });

  test('a redrive wakes the queue that it goes to', () => {
    const { queue, deadLetters } = pair(kind, 1);
    deadLetters.send('a');
    let told = 0;
    queue.live.onAvailable(() => told++);

    deadLetters.live.redriveTo(queue.live);

    expect(told).toBe(1);
  });

  test('a dead-letter queue that is not there, or not the one that is named, is said to be missing', () => {
    const { clock, queue } = pair(kind, 1);
    const { settings } = queue.live;
    const other = new TestQueue(clock, { ...settings, redrive: undefined, arn: `${settings.arn}-other` });

    for (const deadLetter of [() => undefined, () => other.live]) {
      const alone = new TestQueue(clock, settings, deadLetter);
      alone.send('a');
      alone.receive(1, 0);

      expect(() => alone.receive()).toThrow(
        `its dead-letter queue ${settings.redrive?.deadLetterTargetArn}, which is not there, is not simulated`,
      );
    }
  });

  test.each([{ delaySeconds: 1 }, { redrive: { deadLetterTargetArn: arnOf('third'), maxReceiveCount: 1 } }])(
    'a dead-letter queue with %j is not simulated, and the message stays',
    (dead) => {
      const { queue } = pair(kind, 1, dead);
      queue.send('a');
      queue.receive(1, 0);

      expect(() => queue.receive()).toThrow('a dead-letter queue with a delay or with one of its own');
      expect(queue.live.messages()).toHaveLength(1);
    },
  );
});

test('a dead letter of a standard queue keeps its first timestamp, and so has the less time left', () => {
  const { clock, queue, deadLetters } = pair('standard', 1, { messageRetentionSeconds: 100 });
  queue.send('a');
  const sentAt = clock.now();
  clock.pass(60);
  queue.receive(1, 0);
  queue.receive();

  expect(deadLetters.live.messages()[0]).toMatchObject({ sentAt, expiresAt: sentAt + 100_000 });
  expect(deadLetters.receiveOne(0).attributes.SentTimestamp).toBe(String(sentAt));
  clock.pass(40);
  expect(deadLetters.bodies()).toEqual([]);
});

test('a dead letter that is too old for its queue is gone at once', () => {
  const { clock, queue, deadLetters } = pair('standard', 1, { messageRetentionSeconds: 60 });
  const expired: string[] = [];
  deadLetters.live.onExpired(({ body }) => expired.push(body));
  queue.send('a');
  clock.pass(61);
  queue.receive(1, 0);
  queue.receive();

  expect(deadLetters.bodies()).toEqual([]);
  expect(expired).toEqual(['a']);
});

test('a dead letter of a FIFO queue starts anew, in its group, under its id as deduplication id', () => {
  const { clock, queue, deadLetters } = pair('FIFO', 1, { messageRetentionSeconds: 100 });
  const { messageId } = queue.send('a', { messageGroupId: 'own' });
  clock.pass(60);
  queue.receive(1, 0);
  queue.receive();

  expect(deadLetters.live.messages()[0]?.expiresAt).toBe(clock.now() + 100_000);
  const { attributes } = deadLetters.receiveOne();
  expect(attributes).toMatchObject({
    SentTimestamp: String(clock.now()),
    MessageGroupId: 'own',
    MessageDeduplicationId: messageId,
    SequenceNumber: expect.stringMatching(/^\d{20}$/),
  });
});

test('the dead letters of a FIFO queue are numbered in the order in which they came', () => {
  const { queue, deadLetters } = pair('FIFO', 1);
  deadLetters.send('before');
  queue.send('a');
  queue.receive(1, 0);
  queue.receive();
  const [before = '', dead = ''] = deadLetters.live.messages().map(({ sequenceNumber }) => sequenceNumber);

  expect(dead > before).toBe(true);
});

test('a redrive’s new messages have the delay of the queue that they go to', () => {
  const { clock, queue, deadLetters } = pair('standard', 1);
  const slow = new TestQueue(clock, { ...queue.live.settings, delaySeconds: 5 });
  deadLetters.send('a');
  deadLetters.live.redriveTo(slow.live);

  expect(slow.live.counts().delayed).toBe(1);
});

test('two messages with one deduplication id both reach the dead-letter queue', () => {
  const { clock, queue, deadLetters } = pair('FIFO', 1);
  queue.send('a');
  clock.pass(300);
  queue.send('a');
  queue.receive(10, 0);
  queue.receive();

  expect(deadLetters.bodies()).toEqual(['a', 'a']);
});

test('a poison message holds back its own group alone, and only until it is moved', () => {
  const { clock, queue, deadLetters } = pair('FIFO', 2);
  for (const body of ['poison', 'behind']) queue.send(body, { messageGroupId: 'bad' });
  for (let round = 0; round < 2; round++) {
    queue.send(`fine ${round}`, { messageGroupId: 'good' });
    const received = queue.receive();
    expect(received.map(({ body }) => body)).toContain(`fine ${round}`);
    for (const { body, receiptHandle } of received) {
      if (body.startsWith('fine')) queue.live.delete(receiptHandle);
    }
    clock.pass(30);
    // What came behind the poison was received as often.
  }

  expect(queue.bodies()).toEqual([]);
  expect(deadLetters.bodies()).toEqual(['poison', 'behind']);
});

test('messages cannot be moved to a queue of the other kind, or to the same', () => {
  const { queue } = pair('standard', 1);
  const { queue: ordered } = pair('FIFO', 1);

  expect(() => queue.live.redriveTo(ordered.live)).toThrow(`moving its messages to ${fifo.arn}`);
  expect(() => queue.live.redriveTo(queue.live)).toThrow(`moving its messages to ${standard.arn}`);
});
