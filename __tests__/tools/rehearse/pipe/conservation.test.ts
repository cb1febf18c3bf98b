import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Behave,
  type Behaviour,
  down,
  failing,
  slow,
  up,
} from '../../../../tools/rehearse/pipe/subscriber';
import { random } from '../../../../tools/rehearse/simulation/random';
import { fifoArn, filterOf, pipeOf, sourceArn } from './pipe-plan';
import { hour, rig, second, start } from './pipe-rig';

const behaviours: readonly Behaviour[] = [up, down, failing(500), failing(429), slow(4000), slow(6000)];

/** Until the end of the hour anything happens; after it the subscriber is well. */
const troubled = (seed: string, end: number): Behave => {
  const chance = random(seed);
  return (_request, now) =>
    now < end ? (behaviours[chance.between(0, behaviours.length - 1)] as Behaviour) : up;
};

const scenario = fc.record({
  seed: fc.string(),
  fifo: fc.boolean(),
  maxReceiveCount: fc.integer({ min: 1, max: 40 }),
  messages: fc.array(fc.record({ afterSeconds: fc.nat(600), group: fc.nat(2), wanted: fc.boolean() }), {
    minLength: 1,
    maxLength: 12,
  }),
});

test('whatever the subscriber does, each message ends in one place, and none in two or nowhere', async () => {
  await fc.assert(
    fc.asyncProperty(scenario, async ({ seed, fifo, maxReceiveCount, messages }) => {
      const pipe = pipeOf({
        pipe: {
          source: fifo ? fifoArn : sourceArn,
          source_parameters: filterOf({ body: { wanted: [true] } }),
        },
      });
      const end = start + hour;
      const { clock, send, subscriber, delivered, filtered, dead, waiting } = rig({
        pipe,
        maxReceiveCount,
        behave: troubled(seed, end),
        queue: { visibilityTimeoutSeconds: 30 },
      });
      const sent: { readonly id: string; readonly wanted: boolean; readonly group: string }[] = [];
      for (const [index, { afterSeconds, group, wanted }] of messages.entries()) {
        await clock.run(clock.now() + afterSeconds * second);
        const id = send(JSON.stringify({ index, wanted }), String(group));
        sent.push({ id, wanted, group: String(group) });
      }
      await clock.run();

      const unwanted = sent.filter(({ wanted }) => !wanted).map(({ id }) => id);
      expect(waiting()).toEqual([]);
      expect([...filtered, ...dead()].sort()).toEqual(
        [...unwanted, ...sent.map(({ id }) => id).filter((id) => dead().includes(id))].sort(),
      );
      expect([...delivered, ...filtered, ...dead()].sort()).toEqual(sent.map(({ id }) => id).sort());
      // What was said to be delivered has arrived; more may have, whose answers came too late.
      expect(subscriber.taken()).toEqual(expect.arrayContaining(delivered));
      if (fifo) {
        for (const group of ['0', '1', '2']) {
          const order = sent.filter((message) => message.group === group).map(({ id }) => id);
          const arrived = delivered.filter((id) => order.includes(id));
          expect(arrived).toEqual(order.filter((id) => arrived.includes(id)));
        }
      }
    }),
    { numRuns: 60 },
  );
});
