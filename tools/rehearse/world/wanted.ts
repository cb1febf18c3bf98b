import type { CallbackReceiverSettings, Environment } from '../../../environments/environment';
import type { Secret } from '../secrets-manager/secret-store';
import { type WantedCallback, wantedCallback } from './wanted-callback';

/** What an environment is to do, and what it uses that none of its stacks makes: the plan is held against it. */
export interface Wanted {
  readonly callbacks: readonly WantedCallback[];
  /** Of the REST API. */
  readonly callbackDomain?: WantedDomain | undefined;
  readonly httpCallbacks: readonly WantedHttpCallback[];
  /** Of the HTTP API. */
  readonly httpCallbackDomain?: WantedDomain | undefined;
  readonly webSocketReplies: boolean;
  readonly webSocketDomain?: WantedDomain | undefined;
  readonly subscriptions: readonly WantedSubscription[];
  readonly existingQueues: readonly ExistingQueue[];
  /** Through which private callbacks are reached. @default they are on the internet */
  readonly vpcEndpointIds?: readonly string[] | undefined;
}

/** The name under which an API is to be reached. */
export interface WantedDomain {
  readonly name: string;
  /** What paths of it begin with: `/events`, or nothing. */
  readonly base: string;
  readonly mutualTls: boolean;
  /** Whether the API's own address stays in service. */
  readonly executeApi: boolean;
}

export interface WantedHttpCallback {
  readonly name: string;
  /** With its leading slash, without the stage. */
  readonly path: string;
  /** Whose tokens it asks for; nothing where anyone may call. */
  readonly issuer: string | undefined;
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
  const httpCallbacks = environment.httpCallbackReceiver?.callbacks ?? [];
  const subscriptions = environment.subscriberPipe?.subscriptions ?? [];
  const existing = [
    ...[...callbacks, ...httpCallbacks]
      .flatMap(({ queue }) => (queue?.kind === 'existing' ? [queue] : []))
      .map(({ arn, keyArn }) => ({ arn, keyArn })),
    ...subscriptions.flatMap(({ source }) =>
      'queueArn' in source ? [{ arn: source.queueArn, keyArn: source.keyArn }] : [],
    ),
  ];
  return {
    callbacks: callbacks.map((callback) => wantedCallback(environment.name, callback)),
    callbackDomain: wantedDomain(environment.callbackReceiver),
    httpCallbacks: httpCallbacks.map(({ name, path, jwt }) => ({ name, path, issuer: jwt?.issuer })),
    httpCallbackDomain: wantedDomain(environment.httpCallbackReceiver),
    webSocketReplies: environment.websocketReply !== undefined,
    webSocketDomain: wantedDomain(environment.websocketReply),
    subscriptions: subscriptions.map(({ name, source }) => ({
      name,
      // Every name of an environment begins with the environment's own.
      pipeName: `${environment.name}-${name}`,
      queueArn: 'queueArn' in source ? source.queueArn : undefined,
      callback: 'callback' in source ? source.callback : undefined,
    })),
    existingQueues: [...new Map(existing.map((queue) => [queue.arn, queue])).values()],
    vpcEndpointIds: environment.callbackReceiver?.privateEndpoint?.vpcEndpointIds,
  };
}

function wantedDomain(
  settings: Pick<CallbackReceiverSettings, 'domain' | 'disableExecuteApiEndpoint'> | undefined,
): WantedDomain | undefined {
  const domain = settings?.domain;
  return (
    domain && {
      name: domain.name,
      base: domain.basePath === undefined ? '' : `/${domain.basePath}`,
      mutualTls: domain.mutualTls !== undefined,
      executeApi: !settings.disableExecuteApiEndpoint,
    }
  );
}
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
