import { defaults } from '../../../environments/defaults';
import type { CallbackAuthorization, Environment } from '../../../environments/environment';
import type { Secret } from '../secrets-manager/secret-store';

/** What an environment is to do, and what it uses that none of its stacks makes: the plan is held against it. */
export interface Wanted {
  readonly callbacks: readonly WantedCallback[];
  readonly webSocketReplies: boolean;
  readonly subscriptions: readonly WantedSubscription[];
  readonly existingQueues: readonly ExistingQueue[];
}

export interface WantedCallback {
  readonly name: string;
  /** With its leading slash, without the stage. */
  readonly path: string;
  /** CIDR blocks. */
  readonly allowList: readonly string[];
  readonly signature?: WantedSignature | undefined;
}

/** Requests are signed with a secret that someone else keeps. */
export interface WantedSignature {
  readonly secretArn: string;
  readonly keyArn: string | undefined;
  readonly toleranceSeconds: number;
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
    callbacks: callbacks.map(({ name, path, allowList, authorization }) => ({
      name,
      path,
      allowList,
      ...(authorization?.kind === 'hmac' && { signature: signatureOf(authorization) }),
    })),
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

const signatureOf = ({
  secretArn,
  keyArn,
  toleranceSeconds = defaults.signatureToleranceSeconds,
}: Extract<CallbackAuthorization, { readonly kind: 'hmac' }>): WantedSignature => ({
  secretArn,
  keyArn,
  toleranceSeconds,
});

/** The secrets with which requests are to be signed, each once. */
export const secretsOf = ({ callbacks }: Wanted): readonly Secret[] => [
  ...new Map(
    callbacks.flatMap(({ signature }) =>
      signature
        ? [[signature.secretArn, { arn: signature.secretArn, keyArn: signature.keyArn }] as const]
        : [],
    ),
  ).values(),
];
