import { AsyncResource } from 'node:async_hooks';
import type { Clock } from '../../simulation/clock';
import { Heap, type HeapPlace } from '../../sqs/heap';

/** Something that an event loop will do. */
export interface Task {
  action: () => void;
  /** Whether the process waits for it before it may end. */
  holding: boolean;
  /** While it is to be done. */
  place: HeapPlace<Task> | undefined;
}

/**
 * The event loop of one process, on any clock. Lambda freezes a process between invocations: what is due
 * meanwhile happens when it is thawed. One that has ended does nothing any more.
 */
export class EventLoop {
  /** Whether asynchronous contexts are followed, which costs time and which only `node:async_hooks` shows. */
  carriesContext = false;
  /** Called when there is nothing left to wait for. */
  onEmpty: (() => void) | undefined;
  #state: 'running' | 'frozen' | 'ended' = 'running';
  #holds = 0;
  #checking = false;
  #arrived: (() => void)[] = [];
  #armed: { readonly at: number; readonly cancel: () => void } | undefined;
  readonly #tasks = new Heap<Task>();
  readonly #ends = new Set<() => void>();

  /** @param onUncaught gets what the process' own code throws out of the event loop */
  constructor(
    private readonly clock: Clock,
    private readonly onUncaught: (error: unknown) => void,
  ) {}

  now(): number {
    return this.clock.now();
  }

  get ended(): boolean {
    return this.#state === 'ended';
  }

  task(action: () => void): Task {
    return {
      action: this.carried(action),
      holding: true,
      place: undefined,
    };
  }

  /** Runs, whenever it is called, in the asynchronous context of now. */
  carried<F extends (...args: never[]) => unknown>(action: F): F {
    return this.carriesContext ? (AsyncResource.bind(action as () => unknown) as unknown as F) : action;
  }

  /** Puts a task off for so many milliseconds from now. */
  schedule(task: Task, milliseconds: number): void {
    if (this.#state === 'ended') return;
    if (task.place) this.#tasks.delete(task.place);
    else if (task.holding) this.#holds++;
    task.place = this.#tasks.add(task, this.clock.now() + milliseconds);
    if (this.#state === 'running') this.#arm();
  }

  cancel(task: Task): void {
    if (!task.place) return;
    this.#tasks.delete(task.place);
    task.place = undefined;
    if (task.holding) this.#release();
  }

  /** Whether the process waits for a task. */
  setHolding(task: Task, holding: boolean): void {
    if (task.holding === holding) return;
    task.holding = holding;
    if (!task.place) return;
    if (holding) this.#holds++;
    else this.#release();
  }

  /** Keeps the process waiting, for something from outside. @returns ends it */
  hold(): () => void {
    this.#holds++;
    let held = true;
    return () => {
      if (held) this.#release();
      held = false;
    };
  }

  /** Something from outside happens to the process: now, or when it is thawed. */
  deliver(action: () => void): void {
    if (this.#state === 'frozen') this.#arrived.push(action);
    else this.guarded(action);
  }

  /** Runs code of the process. */
  guarded(action: () => void): void {
    if (this.#state === 'ended') return;
    try {
      action();
    } catch (error) {
      this.onUncaught(error);
    }
  }

  /** Called when the process ends. @returns takes it back */
  atEnd(action: () => void): () => void {
    this.#ends.add(action);
    return () => this.#ends.delete(action);
  }

  freeze(): void {
    if (this.#state !== 'running') return;
    this.#state = 'frozen';
    this.#disarm();
  }

  thaw(): void {
    if (this.#state !== 'frozen') return;
    this.#state = 'running';
    const arrived = this.#arrived;
    this.#arrived = [];
    for (const action of arrived) this.schedule(this.task(action), 0);
    this.#arm();
  }

  /** Ends the process: none of its tasks happens any more, and nobody waits for its requests. */
  end(): void {
    if (this.#state === 'ended') return;
    this.#state = 'ended';
    this.#disarm();
    for (const action of this.#ends) action();
    this.#ends.clear();
  }

  /** Looks whether anything is left to wait for, once the code that runs now has come to rest. */
  checkEmpty(): void {
    if (this.#holds > 0 || !this.onEmpty || this.#checking) return;
    this.#checking = true;
    this.clock.after(0, () => {
      this.#checking = false;
      if (this.#holds === 0 && this.#state === 'running') this.onEmpty?.();
    });
  }

  #release(): void {
    this.#holds--;
    this.checkEmpty();
  }

  #disarm(): void {
    this.#armed?.cancel();
    this.#armed = undefined;
  }

  #arm(): void {
    const at = this.#tasks.first()?.at;
    if (at === undefined || (this.#armed && this.#armed.at <= at)) return;
    this.#disarm();
    this.#armed = { at, cancel: this.clock.after(at - this.clock.now(), () => this.#run()) };
  }

  /** One task a time: what it sets off by promises comes before the next. */
  #run(): void {
    this.#armed = undefined;
    const first = this.#tasks.first();
    if (first && first.at <= this.clock.now()) {
      const task = first.item;
      this.#tasks.delete(first);
      task.place = undefined;
      const held = task.holding;
      this.guarded(task.action);
      if (held) this.#release();
    }
    if (this.#state === 'running') this.#arm();
  }
}
