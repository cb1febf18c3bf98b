import { NotSimulated } from '../../../not-simulated';
import type { SubscriptionFlow } from '../../world/flows';
import { bodiesOf, post } from '../callback/callers';
import * as http from '../http-callback/callers';
import type { Stage } from '../scenario';

/** A message on its way to the subscriber. */
export interface Fed {
  readonly messageId: string;
  readonly body: string;
}

/** Puts messages on the flow's queue: through its callback, or as someone outside the system would. */
export async function feed(stage: Stage<SubscriptionFlow>, count: number): Promise<readonly Fed[]> {
  const { check, flow, world } = stage;
  const { callback } = flow;
  if (!callback) {
    return Array.from({ length: count }, (_, index) => {
      const body = `{"number":${index}}`;
      return { messageId: world.putOn(flow.queueArn, body), body };
    });
  }
  const fed: Fed[] = [];
  const bodies =
    callback.kind === 'callback' ? await bodiesOf(callback, count) : http.bodiesOf(callback, count);
  for (const body of bodies) {
    const answer =
      callback.kind === 'callback'
        ? await post({ ...stage, flow: callback }, { body })
        : http.post({ world, flow: callback }, { body });
    check(
      'the callback is accepted',
      answer.status >= 200 && answer.status < 300,
      `${answer.status} ${answer.body}`,
    );
    fed.push({ messageId: answer.sqs?.sent?.message.messageId ?? '', body });
  }
  return fed;
}

/** Those that the subscriber has taken, at least once. */
export const takenOf = ({ world }: Pick<Stage, 'world'>, fed: readonly Fed[]): readonly Fed[] =>
  fed.filter(({ messageId }) => world.ledger.fateOf(messageId) === 'delivered');

/**
 * Those that the pipe's filter lets through, once the pipe has had them.
 * @throws NotSimulated when there is none: what the filter lets through cannot be made up
 */
export function wantedOf(
  { flow, world }: Pick<Stage<SubscriptionFlow>, 'flow' | 'world'>,
  fed: readonly Fed[],
): readonly Fed[] {
  const wanted = fed.filter(({ messageId }) => world.ledger.fateOf(messageId) !== 'dropped');
  if (wanted.length > 0) return wanted;
  throw new NotSimulated(
    flow.pipe.address,
    'a filter that lets through none of the messages that were made up',
  );
}

/** Whether deliveries tell which message they are. */
export const areIdentified = ({ pipe }: SubscriptionFlow): boolean =>
  pipe.inputTemplate === undefined || pipe.inputTemplate.includes('<$.messageId>');
