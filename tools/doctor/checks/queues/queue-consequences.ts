import type { Actor } from '../../affected';

/** What those who send to a queue see while SQS, or the queue's key, refuses them. */
export function sendersSee(actors: readonly Actor[], error: string): string {
  const callbacks = names(actors, 'callback');
  const httpCallbacks = names(actors, 'http-callback');
  const sockets = names(actors, 'websocket');
  const seen = [
    ...(callbacks ? [`callers of ${callbacks} get 502 {"message":"Not accepted, try again later"}`] : []),
    ...(httpCallbacks ? [`callers of ${httpCallbacks} get that answer as it is`] : []),
    ...(sockets ? [`clients of ${sockets} get {"message":"Internal server error"} or no answer at all`] : []),
  ];
  return `SQS answers ${error}: ${seen.join('; ') || 'whoever sends to it is refused'}`;
}

/** What is seen of a queue that nobody may take from. */
export function consumersSee(actors: readonly Actor[], error: string): string {
  const takers = names(actors, 'function', 'pipe') || 'whoever takes from it';
  return `SQS answers ${error} to ${takers}: ${growing}`;
}

export const growing =
  'the queue grows, the alarm on ApproximateAgeOfOldestMessage goes off, and messages are lost once they are older ' +
  'than the queue keeps them';

/** Both ends of a queue; what nobody uses is left out. */
export function bothSee(actors: readonly Actor[], error: string): string {
  const takers = names(actors, 'function', 'pipe');
  return takers ? `${sendersSee(actors, error)}; nothing reaches ${takers}` : sendersSee(actors, error);
}

/** Names for a sentence, `POST /a, POST /b and pipe c`; empty where nobody is of these kinds. */
export const names = (actors: readonly Actor[], ...kinds: readonly Actor['kind'][]): string =>
  inSentence(actors.filter(({ kind }) => kinds.includes(kind)).map(({ name }) => name));

export function inSentence(names: readonly string[]): string {
  const different = [...new Set(names)];
  const last = different.pop() ?? '';
  return different.length > 0 ? `${different.join(', ')} and ${last}` : last;
}
