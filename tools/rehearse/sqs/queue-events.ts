import type { HeldMessage } from './held-message';

interface Events {
  readonly available: readonly [];
  readonly moved: readonly [message: HeldMessage, toArn: string, messageId: string];
  readonly expired: readonly [message: HeldMessage];
  readonly deleted: readonly [message: HeldMessage];
}

export type QueueEvent = keyof Events;
export type QueueListener<E extends QueueEvent> = (...event: Events[E]) => void;

/** What a queue has to tell, kept until the call that it comes from is done with the queue. */
export class QueueEvents {
  readonly #listeners = new Map<QueueEvent, Set<(...event: never) => void>>();
  #pending: (() => void)[] = [];

  /** @returns ends it */
  on<E extends QueueEvent>(name: E, listener: QueueListener<E>): () => void {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners);
    const own: QueueListener<E> = (...event) => listener(...event);
    listeners.add(own);
    return () => {
      listeners.delete(own);
    };
  }

  /** @param event what is told; asked for at once, and only when someone listens */
  add<E extends QueueEvent>(name: E, event: () => Events[E]): void {
    const listeners = this.#listeners.get(name);
    if (!listeners || listeners.size === 0) return;
    const told = event();
    this.#pending.push(() => {
      for (const listener of [...listeners]) (listener as QueueListener<E>)(...told);
    });
  }

  /** What another queue has to tell because of this one's call. */
  addThoseOf(other: QueueEvents): void {
    this.#pending.push(() => other.flush());
  }

  flush(): void {
    if (this.#pending.length === 0) return;
    const pending = this.#pending;
    this.#pending = [];
    for (const tell of pending) tell();
  }
}
