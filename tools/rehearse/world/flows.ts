import type { RestApi, RestMethod } from '../api-gateway/rest-api';
import type { WebSocketApi, WebSocketRoute } from '../api-gateway/websocket-api';
import type { Pipe } from '../pipe/pipes';

/** One way of messages through a system. */
export type Flow = CallbackFlow | WebSocketFlow | SubscriptionFlow;

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
}

/** Messages of WebSocket clients, and the replies to them. */
export interface WebSocketFlow extends FlowOf<'websocket'> {
  readonly api: WebSocketApi;
  readonly route: WebSocketRoute;
}

/** From a queue to its subscriber. */
export interface SubscriptionFlow extends FlowOf<'subscription'> {
  readonly pipe: Pipe;
  /** The callback that fills the queue, where one of the system does. */
  readonly callback: CallbackFlow | undefined;
}
