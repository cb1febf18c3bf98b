import type { Pipe } from '../rehearse/pipe/pipes';
import { messageIdIn, type Subscribers, subscribersOf } from '../rehearse/scenarios/subscribers';
import type { Clock } from '../rehearse/simulation/clock';
import type { Network } from '../rehearse/simulation/network';
import type { LiveQueue } from '../rehearse/sqs/live-queue';
import type { System } from '../rehearse/world/system';
import type { World } from '../rehearse/world/world';
import { realSubscriber } from './real-subscriber';

/** A message that a subscriber has got. */
export interface DeliveredMessage {
  readonly messageId: string;
  readonly content: string;
  /** By the machine's clock, as ISO 8601. */
  readonly at: string;
}

/** How the delivery to a subscriber stands. */
export interface SubscriberState {
  /** Of the pipe. */
  readonly name: string;
  /** Where the pipe delivers to. */
  readonly target: string;
  readonly queue: string;
  readonly down: boolean;
  /** Messages that were delivered, each time counted. */
  readonly delivered: number;
  /** Messages on the queue. */
  readonly waiting: number;
  readonly deadLetters: number;
  /** When a message that was not taken is tried again, by the machine's clock; at the latest, for an HTTPS server. */
  readonly nextTry: string | undefined;
}

/** What listeners are told. */
export interface SubscriberEvents {
  /** A message was offered while the subscriber was down; `again` says when it will be once more. */
  readonly refused: (name: string, messageId: string, again: string) => void;
  readonly turned: (name: string, down: boolean) => void;
  readonly delivered: (name: string, message: DeliveredMessage) => void;
  readonly changed: () => void;
}

/** Messages of one subscriber that are kept to be shown. */
const kept = 1_000;

/** Of a pipe that cannot connect, in milliseconds: it tries again after 1, 2, 4 … seconds, and then every minute. */
const longestRetry = 60_000;

interface End {
  readonly pipe: Pipe;
  /** What it has taken, in the order in which it came. */
  readonly taken: readonly { readonly messageId: string; readonly content: string }[];
  readonly messages: DeliveredMessage[];
  down: boolean;
  seen: number;
  refusedAt: number | undefined;
}

/** The subscribers of all pipes: whoever watches takes them down and up. */
export class LocalSubscribers {
  readonly simulated: Subscribers;
  /** By host: of those that are simulated, and of those that are real. */
  readonly servers: ReadonlyMap<string, Network>;
  readonly #ends: readonly End[];
  readonly #listeners = new Set<Partial<SubscriberEvents>>();

  constructor(
    private readonly system: System,
    private readonly clock: Clock,
    private readonly timeFactor: number,
    /** Servers of this machine, by the ARN of the pipe that delivers to an API destination. */
    real: ReadonlyMap<string, URL> = new Map(),
  ) {
    this.simulated = subscribersOf(system, clock);
    const servers = new Map(this.simulated.servers);
    this.#ends = system.pipes.map((pipe) => {
      const { taken } = this.simulated.control(pipe.arn);
      const state = { pipe, messages: [], down: false, seen: 0, refusedAt: undefined };
      const url = real.get(pipe.arn);
      return url ? this.#realEnd({ ...state, taken: [] }, url, servers) : { ...state, taken };
    });
    this.servers = servers;
    for (const end of this.#ends) {
      this.simulated.control(end.pipe.arn).behave(({ messageId }) => this.#behaviour(end, messageId));
    }
  }

  get names(): readonly string[] {
    return this.#ends.map(({ pipe }) => pipe.name);
  }

  /** @returns ends it */
  listen(listener: Partial<SubscriberEvents>): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** @param name one pipe's subscriber @default all */
  setDown(down: boolean, name?: string): void {
    for (const end of this.#ends) {
      if (end.down === down || (name !== undefined && end.pipe.name !== name)) continue;
      end.down = down;
      this.#tell('turned', end.pipe.name, down);
    }
    this.#tell('changed');
  }

  get allDown(): boolean {
    return this.#ends.length > 0 && this.#ends.every(({ down }) => down);
  }

  /** Tells what has arrived since it was asked last. */
  look(): void {
    for (const end of this.#ends) {
      const { taken } = end;
      for (; end.seen < taken.length; end.seen++) {
        const { messageId = '', content = '' } = taken[end.seen] ?? {};
        const message = { messageId, content, at: new Date().toISOString() };
        end.messages.push(message);
        if (end.messages.length > kept) end.messages.shift();
        this.#tell('delivered', end.pipe.name, message);
      }
    }
    this.#tell('changed');
  }

  /** The last of them. */
  messages(name: string): readonly DeliveredMessage[] {
    return this.#ends.find(({ pipe }) => pipe.name === name)?.messages ?? [];
  }

  /** Of all pipes. */
  states(world: World): readonly SubscriberState[] {
    return this.#ends.map((end) => {
      const queue = world.queue(end.pipe.sourceArn);
      const { redrive, name } = queue.settings;
      const waiting = held(queue);
      if (waiting === 0) end.refusedAt = undefined;
      return {
        name: end.pipe.name,
        target: targetOf(end.pipe),
        queue: name,
        down: end.down,
        delivered: end.seen,
        waiting,
        deadLetters: redrive ? held(world.queue(redrive.deadLetterTargetArn)) : 0,
        nextTry: this.#nextTry(end, queue.nextAvailableAt()),
      };
    });
  }

  /** Destinations of one host have paths of their own. */
  #realEnd<E extends End & { readonly taken: object[] }>(end: E, url: URL, servers: Map<string, Network>): E {
    const { target } = end.pipe;
    if (target.kind !== 'api-destination') return end;
    const { host, pathname } = new URL(target.destination.endpoint);
    const others = servers.get(host);
    const server = realSubscriber(url);
    servers.set(host, (request, answer) => {
      if (others && request.path.split('?')[0] !== pathname) return others(request, answer);
      const content = request.body.toString();
      const messageId = messageIdIn(content);
      if (this.#behaviour(end, messageId) !== 'accepts') {
        return this.clock.after(0, () => answer('ECONNREFUSED'));
      }
      return server(request, (answered) => {
        const connected = typeof answered !== 'string';
        if (connected && answered.status < 300) end.taken.push({ messageId, content });
        else {
          if (!connected) end.refusedAt = this.clock.now();
          this.#tell('refused', end.pipe.name, messageId, this.#again(end.pipe, connected));
        }
        answer(answered);
      });
    });
    return end;
  }

  #behaviour(end: End, messageId: string) {
    if (!end.down) return 'accepts';
    end.refusedAt = this.clock.now();
    this.#tell('refused', end.pipe.name, messageId, this.#again(end.pipe));
    // A server that is down takes no connections; to a function it shows by what it cannot do.
    return end.pipe.target.kind === 'api-destination' ? 'unreachable' : 'fails';
  }

  /** @param connected there was an answer */
  #again({ target, sourceArn }: Pipe, connected = false): string {
    const isServer = target.kind === 'api-destination' && !connected;
    const queue = this.system.queues.find(({ arn }) => arn === sourceArn);
    const seconds = isServer ? longestRetry / 1000 : (queue?.visibilityTimeoutSeconds ?? 0);
    const here = this.timeFactor === 1 ? '' : `, here ${Math.ceil(seconds / this.timeFactor)} s`;
    return isServer ? `within ${seconds} s${here}` : `after the visibility timeout of ${seconds} s${here}`;
  }

  #nextTry({ pipe, refusedAt }: End, availableAt: number | undefined): string | undefined {
    if (refusedAt === undefined) return undefined;
    const at = pipe.target.kind === 'api-destination' ? refusedAt + longestRetry : availableAt;
    if (at === undefined) return undefined;
    return new Date(Date.now() + Math.max(0, at - this.clock.now()) / this.timeFactor).toISOString();
  }

  #tell<E extends keyof SubscriberEvents>(event: E, ...told: Parameters<SubscriberEvents[E]>): void {
    for (const listener of [...this.#listeners]) {
      (listener[event] as ((...event: Parameters<SubscriberEvents[E]>) => void) | undefined)?.(...told);
    }
  }
}

function held(queue: LiveQueue): number {
  const { visible, notVisible, delayed } = queue.counts();
  return visible + notVisible + delayed;
}

const targetOf = ({ target }: Pipe): string =>
  target.kind === 'lambda'
    ? (target.functionArn.split(':').at(-1) ?? target.functionArn)
    : target.destination.endpoint;
