import type { MarkedMessage } from './marked-message';
import type { Counts, ProbedQueue } from './queues';

/** A message that a callback has taken, or may have taken. */
export interface SentMessage {
  readonly message: MarkedMessage;
  readonly queue: ProbedQueue;
  /** What the queue held before. */
  readonly before: Counts;
  /** In milliseconds since 1970. */
  readonly sentAt: number;
  /** SQS's, where the callback answers with it. */
  readonly messageId: string | undefined;
  /** The answer said that it is on the queue. */
  readonly accepted: boolean;
  /** How long to look for it, in milliseconds. */
  readonly limit: number;
}

/** How to recognise the message, for a sentence. */
export const recognised = ({ mark, body }: MarkedMessage): string =>
  mark === undefined ? `whose body is ${body}` : `marked ${mark}`;
