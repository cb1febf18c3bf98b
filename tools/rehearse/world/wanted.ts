import { defaults } from '../../../environments/defaults';
import type {
  CallbackAuthorization,
  CallbackReceiverSettings,
  Environment,
} from '../../../environments/environment';
import type { Quota } from '../api-gateway/usage-plan';
import type { Secret } from '../secrets-manager/secret-store';

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

export interface WantedCallback {
  readonly name: string;
  /** With its leading slash, without the stage. */
  readonly path: string;
  /** CIDR blocks. */
  readonly allowList: readonly string[];
  /** Roles as which requests are signed. @default they need no signature */
  readonly callerRoleArns?: readonly string[] | undefined;
  /** The API key that requests need, by its name. @default they need none */
  readonly apiKey?: { readonly name: string; readonly quota: Quota | undefined } | undefined;
  readonly signature?: WantedSignature | undefined;
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

/** Requests are signed with a secret that someone else keeps. */
export interface WantedSignature {
  readonly secretArn: string;
  readonly keyArn: string | undefined;
  readonly toleranceSeconds: number;
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
    callbacks: callbacks.map(({ name, path, allowList, authorization, apiKey }) => ({
      name,
      path,
      allowList,
      callerRoleArns: authorization?.kind === 'aws-iam' ? authorization.callerRoleArns : undefined,
      apiKey: apiKey && {
        name: `${environment.name}-${name}`,
        quota: apiKey.quota && { limit: apiKey.quota.requests, period: apiKey.quota.period },
      },
      ...(authorization?.kind === 'hmac' && { signature: signatureOf(authorization) }),
    })),
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
