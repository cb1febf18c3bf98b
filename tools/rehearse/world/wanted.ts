import type { Environment } from '../../../environments/environment';
import { type WantedCallback, wantedCallback } from './wanted-callback';

/** What an environment is to do, and what it uses that none of its stacks makes: the plan is held against it. */
export interface Wanted {
  readonly callbacks: readonly WantedCallback[];
  readonly webSocketReplies: boolean;
  readonly subscriptions: readonly WantedSubscription[];
  readonly existingQueues: readonly ExistingQueue[];
}

export interface WantedSubscription {
  readonly name: string;
  readonly pipeName: string;
  /** Of the queue that it subscribes to; nothing where that is a callback's. */
  readonly queueArn: string | undefined;
  /** The name of the callback that it subscribes to. */
  readonly callback: string | undefined;
}

/** A queue that someone else owns. */
export interface ExistingQueue {
  readonly arn: string;
  /** The customer managed key that encrypts it. */
  readonly keyArn: string | undefined;
}

/** As plain data: it goes to other threads. */
export function wantedOf(environment: Environment): Wanted {
  const callbacks = environment.callbackReceiver?.callbacks ?? [];
  const subscriptions = environment.subscriberPipe?.subscriptions ?? [];
  const existing = [
    ...callbacks
      .flatMap(({ queue }) => (queue?.kind === 'existing' ? [queue] : []))
      .map(({ arn, keyArn }) => ({ arn, keyArn })),
    ...subscriptions.flatMap(({ source }) =>
      'queueArn' in source ? [{ arn: source.queueArn, keyArn: source.keyArn }] : [],
    ),
  ];
  return {
    callbacks: callbacks.map(wantedCallback),
    webSocketReplies: environment.websocketReply !== undefined,
    subscriptions: subscriptions.map(({ name, source }) => ({
      name,
      // Every name of an environment begins with the environment's own.
      pipeName: `${environment.name}-${name}`,
      queueArn: 'queueArn' in source ? source.queueArn : undefined,
      callback: 'callback' in source ? source.callback : undefined,
    })),
    existingQueues: [...new Map(existing.map((queue) => [queue.arn, queue])).values()],
  };
}
