import type {
  CallbackReceiverSettings,
  CallbackSettings,
  Environment,
  HttpCallbackReceiverSettings,
  HttpCallbackSettings,
  SubscriptionSettings,
  WebSocketReplySettings,
} from '../../../environments/environment';
import type { Configuration } from '../../support/synthesized';
import { exampleCallback, exampleEnvironment, exampleSubscription } from '../example-environment';

/** Two small environments that differ by a setting, and what comes of it. */
export interface Option extends Switched {
  /** What of that stack differs. */
  readonly seen: (configuration: Configuration) => unknown;
  readonly without: unknown;
  readonly with: unknown;
}

export type Options = Readonly<Record<string, Option>>;

interface Switched {
  /** The stack that differs, without the environment's name. */
  readonly stack: string;
  readonly off: Environment;
  readonly on: Environment;
}

export const zone = 'Z0123456789ABCDEFGHIJ';
export const certificateArn =
  'arn:aws:acm:ap-northeast-2:111122223333:certificate/1234abcd-12ab-34cd-56ef-1234567890ab';
export const domain = { name: 'gw.example.com', certificateArn };

type Pair<Settings> = readonly [on: Settings, off?: Settings];

const switched = (stack: string, on: Partial<Environment>, off: Partial<Environment>): Switched => ({
  stack,
  off: { ...exampleEnvironment, ...off },
  on: { ...exampleEnvironment, ...on },
});

const withReceiver = (
  settings: Partial<CallbackReceiverSettings> = {},
  callback: Partial<CallbackSettings> = {},
): Partial<Environment> => ({
  callbackReceiver: { callbacks: [{ ...exampleCallback, ...callback }], ...settings },
});

/** A receiver of one callback. */
export const receiver = (...[on, off]: Pair<Partial<CallbackReceiverSettings>>): Switched =>
  switched('callback-receiver', withReceiver(on), withReceiver(off));

/** The callback of a receiver. */
export const callback = (...[on, off]: Pair<Partial<CallbackSettings>>): Switched =>
  switched('callback-receiver', withReceiver({}, on), withReceiver({}, off));

const withHttp = (
  settings: Partial<HttpCallbackReceiverSettings> = {},
  httpCallback: Partial<HttpCallbackSettings> = {},
): Partial<Environment> => ({
  httpCallbackReceiver: { callbacks: [{ name: 'orders', path: '/orders', ...httpCallback }], ...settings },
});

/** The same of an HTTP API. */
export const http = (...[on, off]: Pair<Partial<HttpCallbackReceiverSettings>>): Switched =>
  switched('http-callback-receiver', withHttp(on), withHttp(off));

export const httpCallback = (...[on, off]: Pair<Partial<HttpCallbackSettings>>): Switched =>
  switched('http-callback-receiver', withHttp({}, on), withHttp({}, off));

export const reply = (...[on, off = {}]: Pair<WebSocketReplySettings>): Switched =>
  switched('websocket-reply', { websocketReply: on }, { websocketReply: off });

const withPipe = (subscription: Partial<SubscriptionSettings> = {}): Partial<Environment> => ({
  ...withReceiver(),
  subscriberPipe: {
    subscriptions: [{ ...exampleSubscription, source: { callback: 'orders' }, ...subscription }],
  },
});

/** A pipe from a callback's queue to a function, unless told otherwise. */
export const pipe = (...[on, off]: Pair<Partial<SubscriptionSettings>>): Switched =>
  switched('subscriber-pipe', withPipe(on), withPipe(off));

/** A receiver in an environment, looked at in one of its stacks. */
export const environment = (
  on: Partial<Environment>,
  off: Partial<Environment> = {},
  stack = 'callback-receiver',
): Switched => switched(stack, { ...withReceiver(), ...on }, { ...withReceiver(), ...off });

/** All resources of a type. */
export const all =
  (type: string) =>
  ({ resource }: Configuration): unknown =>
    resource[type];

/** The names of all resources of a type. */
export const namesOf =
  (type: string) =>
  ({ resource }: Configuration): unknown =>
    Object.keys(resource[type] ?? {});

/** One attribute of a resource, or one within it: `cors_configuration.allow_origins`. */
export const attribute =
  (type: string, name: string, path: string) =>
  ({ resource }: Configuration): unknown =>
    path
      .split('.')
      .reduce<unknown>(
        (value, key) => (value as Record<string, unknown> | undefined)?.[key],
        resource[type]?.[name],
      );
