import type { HttpApi, HttpRoute } from '../api-gateway/http-api';
import type { RestApi, RestMethod } from '../api-gateway/rest-api';
import type { ApiKey, Quota } from '../api-gateway/usage-plan';
import type { WebSocketApi, WebSocketRoute } from '../api-gateway/websocket-api';
import type { Pipe } from '../pipe/pipes';
import type { WantedDomain } from './wanted';
import type { WantedSignature } from './wanted-callback';

/** One way of messages through a system. */
export type Flow = CallbackFlow | HttpCallbackFlow | WebSocketFlow | SubscriptionFlow;

interface FlowOf<Kind extends string> {
  readonly kind: Kind;
  readonly stackId: string;
  /** Where it enters and where it ends, for a person. */
  readonly way: string;
  /** Of the queue it goes through. */
  readonly queueArn: string;
}

/** A callback into its queue. */
export interface CallbackFlow extends FlowOf<'callback'> {
  readonly api: RestApi;
  readonly method: RestMethod;
  /** CIDR blocks that the environment wants to let in. */
  readonly allowList: readonly string[];
  /** Roles of other accounts that the environment wants to consume the queue. */
  readonly consumerRoleArns: readonly string[];
  /** Roles that it wants to sign requests. @default they need no signature */
  readonly callerRoleArns?: readonly string[] | undefined;
  /** The key that its senders have. @default they need none */
  readonly apiKey?: ApiKey | undefined;
  /** Of requests with that key, as the environment wants it. @default none */
  readonly quota?: Quota | undefined;
  /** The VPC endpoint that they come through. @default the internet */
  readonly vpcEndpointId?: string | undefined;
  /** Where the environment wants it to be reached. */
  readonly domain?: WantedDomain | undefined;
  /** How the environment wants requests to be signed. */
  readonly signature?: WantedSignature | undefined;
}

/** A callback into its queue, through an HTTP API. */
export interface HttpCallbackFlow extends FlowOf<'http-callback'> {
  readonly api: HttpApi;
  readonly route: HttpRoute;
  /** Where the environment wants it to be reached. */
  readonly domain?: WantedDomain | undefined;
}

/** Messages of WebSocket clients, and the replies to them. */
export interface WebSocketFlow extends FlowOf<'websocket'> {
  readonly api: WebSocketApi;
  readonly route: WebSocketRoute;
  /** Where the environment wants it to be reached. */
  readonly domain?: WantedDomain | undefined;
}

/** From a queue to its subscriber. */
export interface SubscriptionFlow extends FlowOf<'subscription'> {
  readonly pipe: Pipe;
  /** The callback that fills the queue, where one of the system does. */
  readonly callback: CallbackFlow | HttpCallbackFlow | undefined;
}
