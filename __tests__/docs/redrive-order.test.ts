import { expect, it } from 'vitest';
import { idSource } from '../../tools/rehearse/simulation/ids';
import { LiveQueue } from '../../tools/rehearse/sqs/live-queue';
import { fifo, HandClock, TestQueue } from '../tools/rehearse/sqs/test-queue';

it('redriven messages of a group come behind those that were sent meanwhile, in their own order', () => {
  const clock = new HandClock();
  const deadLetters = new LiveQueue(
    { ...fifo, name: 'dead', arn: `${fifo.arn}-dead` },
    clock,
    idSource('dead'),
  );
  const redrive = { deadLetterTargetArn: deadLetters.settings.arn, maxReceiveCount: 1 };
  const queue = new TestQueue(clock, { ...fifo, redrive }, () => deadLetters);
  const group = { messageGroupId: 'order-7' };
  for (const body of ['1', '2']) queue.send(body, group);
  // Received once and not deleted: the next receive gives them up.
  queue.receive(10, 0);
  expect(queue.receive(10)).toEqual([]);
  expect(deadLetters.messages().map(({ body }) => body)).toEqual(['1', '2']);

  queue.send('3', group);
  deadLetters.redriveTo(queue.live);
  queue.send('4', group);

  expect(queue.receive(10).map(({ body }) => body)).toEqual(['3', '1', '2', '4']);
});
