import { expect, test } from 'vitest';
import { idSource } from '../../../../tools/rehearse/simulation/ids';
import { VirtualClock } from '../../../../tools/rehearse/simulation/virtual-clock';
import { LiveQueue } from '../../../../tools/rehearse/sqs/live-queue';
import { existingQueue } from '../../../../tools/rehearse/sqs/queue';
import { Ledger } from '../../../../tools/rehearse/world/ledger';
import { queueArn } from './example-stacks';

const orders = queueArn('orders');
const dead = queueArn('dead');

/** A queue with its dead-letter queue, whose moves the ledger follows. */
function followed() {
  const ledger = new Ledger();
  const clock = new VirtualClock(0);
  const ids = idSource('test');
  const deadLetters = new LiveQueue(existingQueue(dead), clock, ids);
  const queue = new LiveQueue(
    { ...existingQueue(orders), redrive: { deadLetterTargetArn: dead, maxReceiveCount: 1 } },
    clock,
    ids,
    () => deadLetters,
  );
  for (const each of [queue, deadLetters]) {
    each.onMoved((message, _arn, id) => ledger.renamed(message.messageId, id));
  }
  const send = (requestId?: string) => {
    const { messageId } = queue.send({ body: 'hello', attributes: [] }, 'sender');
    ledger.accepted(messageId, orders, requestId);
    return messageId;
  };
  const account = (queueArnOfThese?: string) =>
    ledger.account([queue, deadLetters], new Set([dead]), queueArnOfThese);
  /** Receives everything once, and again when it is back: it goes to the dead-letter queue. */
  const toDeadLetters = async () => {
    queue.receive({ maxMessages: 10 });
    await clock.run(clock.now() + 31_000);
    queue.receive({ maxMessages: 10 });
  };
  return { ledger, queue, deadLetters, send, account, toDeadLetters };
}

const none = { accepted: 0, delivered: 0, dropped: 0, waiting: 0, deadLettered: 0, lost: [] };

test('nothing accepted is nothing to account for', () => {
  expect(followed().account()).toEqual(none);
});

test('a message waits until something becomes of it', () => {
  const { send, account } = followed();
  send();
  send();

  expect(account()).toEqual({ ...none, accepted: 2, waiting: 2 });
});

test('a message in flight waits', () => {
  const { send, account, queue } = followed();
  send();
  queue.receive({ maxMessages: 1 });

  expect(account()).toEqual({ ...none, accepted: 1, waiting: 1 });
});

test('a message that was delivered and still waits counts as delivered', () => {
  const { ledger, send, account } = followed();
  ledger.delivered(send());

  expect(account()).toEqual({ ...none, accepted: 1, delivered: 1 });
});

test('what was dropped and delivered is delivered, in whichever order', () => {
  const { ledger, send, account } = followed();
  const [one, two, three] = [send(), send(), send()];
  ledger.delivered(one);
  ledger.dropped(one);
  ledger.dropped(two);
  ledger.delivered(two);
  ledger.dropped(three);

  expect(account()).toEqual({ ...none, accepted: 3, delivered: 2, dropped: 1 });
});

test('a message that left the queue without a fate is lost, and named', () => {
  const { send, account, queue } = followed();
  const messageId = send();
  const [received] = queue.receive({ maxMessages: 1 });
  queue.delete(received?.receiptHandle ?? '');

  expect(account()).toEqual({ ...none, accepted: 1, lost: [messageId] });
});

test('a message in the dead-letter queue is dead-lettered, under whichever id', async () => {
  const { send, account, deadLetters, toDeadLetters } = followed();
  send();
  await toDeadLetters();

  expect(deadLetters.messages()).toHaveLength(1);
  expect(account()).toEqual({ ...none, accepted: 1, deadLettered: 1 });
});

test('a message that was redriven waits again, and is delivered under its new id', async () => {
  const { ledger, send, account, queue, deadLetters, toDeadLetters } = followed();
  const first = send();
  await toDeadLetters();
  deadLetters.redriveTo(queue);

  const [held] = queue.messages();
  expect(held?.messageId).not.toBe(first);
  expect(account()).toEqual({ ...none, accepted: 1, waiting: 1 });
  ledger.delivered(held?.messageId ?? '');
  expect(account()).toEqual({ ...none, accepted: 1, delivered: 1 });
});

test('through several redrives a message stays one, and a loss has its first id', async () => {
  const { send, account, queue, deadLetters, toDeadLetters } = followed();
  const first = send();
  for (let time = 0; time < 3; time++) {
    await toDeadLetters();
    deadLetters.redriveTo(queue);
  }
  expect(account()).toEqual({ ...none, accepted: 1, waiting: 1 });
  const [received] = queue.receive({ maxMessages: 1 });
  queue.delete(received?.receiptHandle ?? '');

  expect(account()).toEqual({ ...none, accepted: 1, lost: [first] });
});

test('a reply names a message by its request', () => {
  const { ledger, send, account } = followed();
  send('request-1');
  send('request-2');
  ledger.delivered('request-1');
  ledger.dropped('request-2');

  expect(account()).toEqual({ ...none, accepted: 2, delivered: 1, dropped: 1 });
});

test('the fate of a message is known under each of its ids', async () => {
  const { ledger, send, queue, deadLetters, toDeadLetters } = followed();
  const first = send('request-1');
  await toDeadLetters();
  deadLetters.redriveTo(queue);
  const ids = [first, 'request-1', queue.messages()[0]?.messageId ?? ''];

  expect(ids.map((id) => ledger.fateOf(id))).toEqual([undefined, undefined, undefined]);
  ledger.delivered('request-1');
  expect(ids.map((id) => ledger.fateOf(id))).toEqual(['delivered', 'delivered', 'delivered']);
});

test('the fate of what was never accepted is nobody’s', () => {
  const { ledger, account } = followed();
  ledger.delivered('unknown');
  ledger.dropped('unknown');

  expect(account()).toEqual(none);
  expect(ledger.fateOf('unknown')).toBeUndefined();
});

test('messages are counted where they were accepted', () => {
  const { ledger, send, account } = followed();
  ledger.delivered(send());
  ledger.accepted('elsewhere', queueArn('other'));

  expect(account(orders)).toEqual({ ...none, accepted: 1, delivered: 1 });
  expect(account(queueArn('other'))).toEqual({ ...none, accepted: 1, lost: ['elsewhere'] });
  expect(account().accepted).toBe(2);
});
