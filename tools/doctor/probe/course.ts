/** `not-seen`: nothing is known to be wrong, and it could not be seen either. */
export type Outcome = 'ok' | 'failed' | 'not-seen';

/** One thing that must happen to the message, in the order of its way. */
export interface Step {
  readonly what: string;
  readonly outcome: Outcome;
  /** What was seen; of what did not go well also why, and what to do. */
  readonly detail: string;
}

/** What became of the marked message of one flow. */
export interface ProbedFlow {
  /** Where it enters and where it ends: `POST /v1/bizppurio/delivery-results → dev-delivery-results`. */
  readonly flow: string;
  readonly stackId: string;
  /** What the message carries; nothing where none was sent, or it could carry none. */
  readonly mark: string | undefined;
  readonly steps: readonly Step[];
  /** What was sent and is gone again. */
  readonly cleanedUp: readonly string[];
  /** What is left behind: where, and how to recognise it. */
  readonly stays: readonly string[];
}

/** Cleans up what it can, and says so to the course. */
type CleanUp = (course: Course) => Promise<void>;

/** A flow while it is being probed. */
export class Course {
  mark: string | undefined;
  readonly #steps: Step[] = [];
  readonly #cleanedUp: string[] = [];
  readonly #stays: string[] = [];
  #interrupted: CleanUp | undefined;

  constructor(
    private readonly flow: string,
    private readonly stackId: string,
    private readonly progress: (doing: string) => void,
  ) {}

  ok(what: string, detail: string): void {
    this.#step(what, 'ok', detail);
  }

  failed(what: string, detail: string): void {
    this.#step(what, 'failed', detail);
  }

  notSeen(what: string, detail: string): void {
    this.#step(what, 'not-seen', detail);
  }

  doing(what: string): void {
    this.progress(`${this.flow}: ${what}`);
  }

  cleaned(what: string): void {
    this.#cleanedUp.push(what);
  }

  stays(what: string): void {
    this.#stays.push(what);
  }

  /** What to do about the message when something is thrown from here on; nothing any more without `cleanUp`. */
  ifInterrupted(cleanUp?: CleanUp): void {
    this.#interrupted = cleanUp;
  }

  /** After something was thrown: cleans up as far as that goes, and tells it. */
  async interruptedBy(error: Error): Promise<void> {
    this.notSeen('the probe goes on', error.message);
    const cleanUp = this.#interrupted;
    this.#interrupted = undefined;
    try {
      await cleanUp?.(this);
    } catch (again) {
      this.stays(`nothing was cleaned up: ${(again as Error).message}`);
    }
  }

  probed(): ProbedFlow {
    return {
      flow: this.flow,
      stackId: this.stackId,
      mark: this.mark,
      steps: [...this.#steps],
      cleanedUp: [...this.#cleanedUp],
      stays: [...this.#stays],
    };
  }

  #step(what: string, outcome: Outcome, detail: string): void {
    this.#steps.push({ what, outcome, detail });
    this.doing(`${what}: ${outcome}`);
  }
}
