import { type Affected, sends } from '../../affected';

/** What is seen when nobody takes messages from a pipe's queue. */
export function queueWaits(queueArn: string, affected: Affected): string {
  const senders = affected
    .at(queueArn)
    .filter(sends)
    .map(({ name }) => name);
  const queue = queueArn.split(':').at(-1);
  const filled = senders.length > 0 ? `, which ${senders.join(' and ')} fills,` : '';
  return (
    `the queue ${queue}${filled} grows and the subscriber gets nothing; the alarm on ` +
    "ApproximateAgeOfOldestMessage goes off. Messages wait for the queue's retention, and are lost after it"
  );
}
