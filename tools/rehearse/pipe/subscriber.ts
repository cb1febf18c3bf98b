import type { Clock } from '../simulation/clock';
import type { Network, NetworkFault, NetworkRequest, NetworkResponse } from '../simulation/network';

/** What a subscriber does with a request. */
export type Behaviour =
  | { readonly kind: 'answers'; readonly status: number; readonly afterMilliseconds: number }
  /** It cannot be connected to. */
  | { readonly kind: 'down'; readonly fault: NetworkFault };

/** Milliseconds to an answer, and to the news that there is nobody. */
const usual = 20;

/** Takes the message. */
export const up: Behaviour = { kind: 'answers', status: 200, afterMilliseconds: usual };

export const down: Behaviour = { kind: 'down', fault: 'ECONNREFUSED' };

/** Takes the message, and says so after that many milliseconds. */
export const slow = (milliseconds: number): Behaviour => ({ ...up, afterMilliseconds: milliseconds });

export const failing = (status: number): Behaviour => ({
  kind: 'answers',
  status,
  afterMilliseconds: usual,
});

/** Decides about each request. @param now milliseconds since 1970 */
export type Behave = (request: NetworkRequest, now: number) => Behaviour;

/** A request that has reached the subscriber. */
export interface Arrival {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly request: NetworkRequest;
  /** What it answered, whether or not anybody still waited for it. */
  readonly status: number;
}

export interface SubscriberOptions {
  readonly clock: Clock;
  /** @default every message is taken */
  readonly behave?: Behave;
  /** What identifies a message to the subscriber. @default the request's body */
  readonly idOf?: (request: NetworkRequest) => string;
}

/** An HTTPS server at the end of a pipe, which does as it is told and writes down what it gets. */
export class Subscriber {
  /** In the order in which they came. */
  readonly arrivals: Arrival[] = [];
  readonly #clock: Clock;
  readonly #idOf: (request: NetworkRequest) => string;
  #behave: Behave;

  constructor({ clock, behave = () => up, idOf = ({ body }) => body.toString() }: SubscriberOptions) {
    this.#clock = clock;
    this.#behave = behave;
    this.#idOf = idOf;
  }

  /** From now on. */
  behave(behave: Behave): void {
    this.#behave = behave;
  }

  /** Its place in the network. */
  readonly network: Network = (request, answer) => {
    const behaviour = this.#behave(request, this.#clock.now());
    if (behaviour.kind === 'down') return this.#clock.after(usual, () => answer(behaviour.fault));
    const { status, afterMilliseconds } = behaviour;
    this.arrivals.push({ at: this.#clock.now(), request, status });
    return this.#clock.after(afterMilliseconds, () => answer(response(status)));
  };

  /** Ids of the messages it has taken, in the order of their first arrival, each once. */
  taken(): readonly string[] {
    return [...new Set(this.#takenArrivals().map(({ request }) => this.#idOf(request)))];
  }

  /** How many it has taken that it had before. */
  duplicates(): number {
    return this.#takenArrivals().length - this.taken().length;
  }

  #takenArrivals(): readonly Arrival[] {
    return this.arrivals.filter(({ status }) => status >= 200 && status < 300);
  }
}

const response = (status: number): NetworkResponse => ({
  status,
  headers: new Map(),
  body: Buffer.alloc(0),
});
