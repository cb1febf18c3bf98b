import fc from 'fast-check';
import { expect, test } from 'vitest';
import { groupsOf, processGroups } from '../../../lambda-src/shared/groups';
import { record } from '../lambda-event';

const ids = (records: readonly { messageId: string }[]) => records.map(({ messageId }) => messageId);

test('a FIFO queue’s groups keep their records in order, and stand in the order of their first ones', () => {
  const records = [
    record({ id: 'b1', group: 'b' }),
    record({ id: 'a1', group: 'a' }),
    record({ id: 'b2', group: 'b' }),
    record({ id: 'a2', group: 'a' }),
  ];

  expect(groupsOf(records).map(ids)).toEqual([
    ['b1', 'b2'],
    ['a1', 'a2'],
  ]);
});

test('each record of a standard queue is its own group, with a fair-queue group or without', () => {
  const records = [
    record({ id: 'm1', fairGroup: 'tenant' }),
    record({ id: 'm2', fairGroup: 'tenant' }),
    record({ id: 'm3' }),
  ];

  expect(groupsOf(records).map(ids)).toEqual([['m1'], ['m2'], ['m3']]);
});

test('no more groups than allowed are worked on at a time, and all are', async () => {
  let running = 0;
  let most = 0;
  const done: string[] = [];
  const records = Array.from({ length: 20 }, (_, index) => record({ id: `m${index}` }));

  await processGroups(records, { parallel: 3 }, async ({ messageId }) => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setImmediate(resolve));
    running--;
    done.push(messageId);
  });

  expect(most).toBe(3);
  expect(done.sort()).toEqual(ids(records).sort());
});

test('an empty batch is a success', async () => {
  expect(await processGroups([], { parallel: 10 }, () => Promise.reject(new Error('never called')))).toEqual({
    failed: [],
    skipped: [],
  });
});

test('whatever fails: each group is worked on up to a failure that is delivered again, and nothing is forgotten', async () => {
  const batch = fc.array(
    fc.record({
      group: fc.constantFrom('a', 'b', 'c'),
      fails: fc.boolean(),
      deliveries: fc.integer({ min: 1, max: 6 }),
    }),
    { maxLength: 10 },
  );
  await fc.assert(
    fc.asyncProperty(batch, async (parts) => {
      const records = parts.map(({ group, deliveries }, index) =>
        record({ id: String(index), group, deliveries }),
      );
      const worked: string[] = [];

      const { failed, skipped } = await processGroups(
        records,
        { parallel: 10, maxReceiveCount: 5 },
        async ({ messageId }) => {
          await new Promise((resolve) => setImmediate(resolve));
          worked.push(messageId);
          if (parts[Number(messageId)]?.fails) throw new Error(messageId);
        },
      );

      for (const group of ['a', 'b', 'c']) {
        const own = ids(records.filter(({ attributes }) => attributes.MessageGroupId === group));
        const failing = (id: string) => parts[Number(id)]?.fails ?? false;
        const stopsAt = own.findIndex((id) => failing(id) && (parts[Number(id)]?.deliveries ?? 0) < 3);
        const expected = stopsAt < 0 ? own : own.slice(0, stopsAt + 1);
        expect(worked.filter((id) => own.includes(id))).toEqual(expected);
        expect(ids(skipped).filter((id) => own.includes(id))).toEqual(own.slice(expected.length));
        expect(ids(failed.map((failure) => failure.record)).filter((id) => own.includes(id))).toEqual(
          expected.filter(failing),
        );
      }
    }),
  );
});

test('without a known limit every failure holds up its group, however often it was delivered', async () => {
  const records = [record({ id: 'a1', group: 'a', deliveries: 99 }), record({ id: 'a2', group: 'a' })];

  const { skipped } = await processGroups(records, { parallel: 10 }, () =>
    Promise.reject(new Error('fails')),
  );

  expect(ids(skipped)).toEqual(['a2']);
});
