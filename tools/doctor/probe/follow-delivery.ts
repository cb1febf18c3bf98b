import type { Course } from './course';
import { type Counts, countsOf, countsTold } from './queues';
import { recognised, type SentMessage } from './sent-message';
import type { Surroundings } from './surroundings';
import { poll } from './waiting';

interface Delivery {
  readonly pipe: string;
  /** The subscriber's address, or its function. */
  readonly who: string;
  /** The pipe's filter deletes the message. */
  readonly filtered: boolean;
}

/** Watches a message leave its queue; what its subscriber makes of it cannot be seen from here. */
export async function followDelivery(
  sent: SentMessage,
  { pipe, who, filtered }: Delivery,
  course: Course,
  { aws, waiting, limits, doctor }: Surroundings,
): Promise<void> {
  const { before, message, queue } = sent;
  const what = 'the message leaves the queue';
  const taken = filtered ? 'it is delivered' : 'the subscriber takes it';
  course.ifInterrupted(async () =>
    course.stays(`the message ${recognised(message)}, on ${queue.name} or with ${who}`),
  );
  let now: Counts = before;
  const outcome = await poll(
    waiting,
    Math.max(sent.limit, limits.counts),
    async (elapsed): Promise<'given up' | 'gone' | undefined> => {
      now = (await countsOf(aws, queue)) ?? now;
      if (now.deadLetters > before.deadLetters) return 'given up';
      return elapsed >= limits.counts && now.all <= before.all ? 'gone' : undefined;
    },
    (seconds) => course.doing(`waiting for ${queue.name} to empty, ${countsTold(now)}, ${seconds} s`),
  );
  course.ifInterrupted();
  const held = `${queue.name} holds ${countsTold(now)} (before: ${countsTold(before)})`;
  if (outcome === 'gone') {
    if (!sent.accepted) return course.notSeen(what, `${held}: nothing came of what was sent`);
    course.ok(what, held);
    course.notSeen(
      taken,
      filtered
        ? `the filter of the pipe ${pipe} leaves this message out: it is deleted, and ${who} does not get it`
        : `${who} was sent a message ${recognised(message)}. What it did with it, only its own log tells`,
    );
    if (!filtered) course.stays(`${who} has a message ${recognised(message)}`);
    return undefined;
  }
  course.stays(`the message ${recognised(message)}, on ${queue.name}, its dead-letter queue, or with ${who}`);
  if (outcome === 'given up') {
    return course.failed(
      what,
      `${held}: a message was given up. Unless it was another one, ${who} refuses it; ${doctor} compares the pipe`,
    );
  }
  const why =
    `${held}: the pipe ${pipe} does not run, may not receive, or ${who} does not answer with 2xx; ` +
    `${doctor} tells the first two`;
  if (before.all === 0 && sent.accepted) course.failed(what, why);
  else course.notSeen(what, `${why}. Messages of others come and go here, too`);
}
