import fc from 'fast-check';
import { expect, test } from 'vitest';
import { idSource } from '../../../../tools/rehearse/simulation/ids';
import { VirtualClock } from '../../../../tools/rehearse/simulation/virtual-clock';
import { LiveQueue } from '../../../../tools/rehearse/sqs/live-queue';
import { existingQueue } from '../../../../tools/rehearse/sqs/queue';
import type { ReceivedMessage } from '../../../../tools/rehearse/sqs/received-message';
import { Ledger } from '../../../../tools/rehearse/world/ledger';
import { queueArn } from './example-stacks';

const step = fc.oneof(
  fc.record({ do: fc.constant('send' as const) }),
  fc.record({
    do: fc.constant('receive' as const),
    becomes: fc.constantFrom('delivered', 'dropped', 'nothing'),
    deleted: fc.boolean(),
  }),
  fc.record({ do: fc.constant('wait' as const) }),
  fc.record({ do: fc.constant('redrive' as const) }),
);

test.each([['orders'], ['orders.fifo']])(
  'on %s each message is counted once, as what has become of its content',
  async (name) => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const [arn, dead] = [queueArn(name), queueArn(`dead-${name}`)];
        const clock = new VirtualClock(0);
        const ids = idSource('test');
        const ledger = new Ledger();
        const settings = { contentBasedDeduplication: name.endsWith('.fifo') };
        const deadLetters = new LiveQueue({ ...existingQueue(dead), ...settings }, clock, ids);
        const redrive = { deadLetterTargetArn: dead, maxReceiveCount: 2 };
        const queue = new LiveQueue(
          { ...existingQueue(arn), ...settings, redrive },
          clock,
          ids,
          () => deadLetters,
        );
        for (const each of [queue, deadLetters]) {
          each.onMoved((message, _arn, id) => ledger.renamed(message.messageId, id));
        }
        /** By content, which stays the same whatever ids a message has. */
        const fates = new Map<string, 'delivered' | 'dropped' | undefined>();
        const work = (
          { messageId, body, receiptHandle }: ReceivedMessage,
          becomes: string,
          deleted: boolean,
        ) => {
          if (becomes === 'delivered') {
            ledger.delivered(messageId);
            fates.set(body, 'delivered');
          } else if (becomes === 'dropped') {
            ledger.dropped(messageId);
            fates.set(body, fates.get(body) ?? 'dropped');
          }
          if (deleted) queue.delete(receiptHandle);
        };
        for (const [index, each] of steps.entries()) {
          if (each.do === 'send') {
            const body = `message ${index}`;
            const group = name.endsWith('.fifo') ? { messageGroupId: `g${index % 2}` } : {};
            ledger.accepted(queue.send({ body, attributes: [], ...group }, 'sender').messageId, arn);
            fates.set(body, undefined);
          } else if (each.do === 'receive') {
            for (const message of queue.receive({ maxMessages: 2 }))
              work(message, each.becomes, each.deleted);
          } else if (each.do === 'wait') {
            await clock.run(clock.now() + 31_000);
          } else {
            deadLetters.redriveTo(queue);
          }
        }
        const waiting = queue.messages().map(({ body }) => body);
        const buried = deadLetters.messages().map(({ body }) => body);
        const places = [...fates].map(
          ([body, fate]) =>
            fate ?? (waiting.includes(body) ? 'waiting' : buried.includes(body) ? 'deadLettered' : 'lost'),
        );
        const count = (place: string) => places.filter((found) => found === place).length;

        const account = ledger.account([queue, deadLetters], new Set([dead]));
        expect({ ...account, lost: account.lost.length }).toEqual({
          accepted: fates.size,
          delivered: count('delivered'),
          dropped: count('dropped'),
          waiting: count('waiting'),
          deadLettered: count('deadLettered'),
          lost: count('lost'),
        });
      }),
      { numRuns: 150 },
    );
  },
);
