import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DeduplicationWindow, type FirstSend } from '../../../../tools/rehearse/sqs/deduplication';
import { fifoQueue, HandClock } from './test-queue';

test('a deduplication id counts once in five minutes, and the repetition is answered as the first', () => {
  const clock = new HandClock();
  const queue = fifoQueue(clock);
  const first = queue.send('a', { messageDeduplicationId: 'd' });
  clock.pass(299.999);

  expect(queue.send('b', { messageDeduplicationId: 'd' })).toEqual({
    ...first,
    duplicateOf: first.messageId,
  });
  clock.pass(0.001);
  const later = queue.send('c', { messageDeduplicationId: 'd' });

  expect(first).toEqual({ messageId: expect.any(String), sequenceNumber: expect.any(String) });
  expect(later.messageId).not.toBe(first.messageId);
  expect(queue.bodies()).toEqual(['a', 'c']);
});

test('repeating does not prolong the five minutes', () => {
  const clock = new HandClock();
  const queue = fifoQueue(clock);
  queue.send('a', { messageDeduplicationId: 'd' });
  clock.pass(200);
  queue.send('b', { messageDeduplicationId: 'd' });
  clock.pass(100);

  expect(queue.send('c', { messageDeduplicationId: 'd' }).duplicateOf).toBeUndefined();
  clock.pass(299);
  expect(queue.send('d', { messageDeduplicationId: 'd' }).duplicateOf).toBeDefined();
});

test('a repetition counts even when the message was deleted', () => {
  const queue = fifoQueue(new HandClock());
  queue.send('a');
  queue.live.delete(queue.receiveOne().receiptHandle);

  expect(queue.send('a').duplicateOf).toBeDefined();
  expect(queue.bodies()).toEqual([]);
});

test('without an id the body is one: its SHA-256', () => {
  const queue = fifoQueue(new HandClock());
  queue.send('a');

  expect(queue.send('a').duplicateOf).toBeDefined();
  expect(queue.send('b').duplicateOf).toBeUndefined();
  expect(queue.send('a', { messageDeduplicationId: 'own' }).duplicateOf).toBeUndefined();
  expect(queue.receive().map(({ attributes }) => attributes.MessageDeduplicationId)).toEqual([
    createHash('sha256').update('a').digest('hex'),
    createHash('sha256').update('b').digest('hex'),
    'own',
  ]);
});

test.each([
  ['queue', true],
  ['messageGroup', false],
] as const)(
  'with the scope %s, one id in two groups being a repetition is %s',
  (deduplicationScope, repeated) => {
    const queue = fifoQueue(new HandClock(), { deduplicationScope });
    queue.send('a', { messageGroupId: '1' });

    expect(queue.send('a', { messageGroupId: '2' }).duplicateOf !== undefined).toBe(repeated);
    expect(queue.send('a', { messageGroupId: '1' }).duplicateOf).toBeDefined();
  },
);

test('each id is forgotten five minutes after it was taken, however many there are', () => {
  const sends = fc.array(fc.record({ key: fc.nat(20), seconds: fc.constantFrom(0, 10, 50, 299, 300) }), {
    maxLength: 100,
  });

  fc.assert(
    fc.property(sends, (all) => {
      const window = new DeduplicationWindow();
      const taken = new Map<string, { readonly first: FirstSend; readonly at: number }>();
      let now = 0;
      for (const [index, { key, seconds }] of all.entries()) {
        now += seconds * 1000;
        const known = taken.get(`${key}`);
        const first = known && known.at + 300_000 > now ? known.first : undefined;
        const found = window.find(`${key}`, now);
        expect(found && { messageId: found.messageId, sequenceNumber: found.sequenceNumber }).toEqual(first);
        if (first) continue;
        const sent = { messageId: `m${index}`, sequenceNumber: `${index}` };
        taken.set(`${key}`, { first: sent, at: now });
        window.remember(`${key}`, sent, now);
      }
    }),
    { numRuns: 300 },
  );
});
