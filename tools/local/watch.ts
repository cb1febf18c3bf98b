import { NotSimulated } from '../not-simulated';
import type { World } from '../rehearse/world/world';
import { type Log, shortened } from './event-log';
import type { LocalSubscribers } from './subscribers';

/** Says what happens beyond the sockets: deliveries, dead letters, and what was refused, with the place in the plan. */
export class Watch {
  #denials = 0;
  readonly #problems = new Set<string>();

  constructor(
    private readonly world: World,
    private readonly subscribers: LocalSubscribers,
    private readonly log: Log,
  ) {
    for (const queue of world.queues.values()) {
      const { name, redrive } = queue.settings;
      queue.onMoved((message, toArn) => {
        const to = toArn.split(':').at(-1);
        if (toArn === redrive?.deadLetterTargetArn) {
          log(
            `${message.messageId} is a dead letter on ${to}, after ${message.receiveCount} deliveries`,
            'bad',
          );
        } else log(`${message.messageId} went from ${name} to ${to}`);
      });
      queue.onExpired(({ messageId }) => log(`${messageId} expired on ${name}`, 'bad'));
    }
    subscribers.listen({
      turned: (pipe, down) => log(`the subscriber of ${pipe} is ${down ? 'down' : 'up'}`),
      refused: (pipe, messageId, again) =>
        log(`${pipe}: ${messageId} not taken, it stays on the queue and is tried again ${again}`, 'bad'),
      delivered: (pipe, { messageId, content }) =>
        log(`${pipe} got ${messageId} ${shortened(content)}`, 'good'),
    });
  }

  /** Looks for what nobody tells. */
  look(): void {
    this.subscribers.look();
    const { denials } = this.world.access;
    for (; this.#denials < denials.length; this.#denials++) {
      const denial = denials[this.#denials];
      if (denial) this.log(`refused: ${denial.message} (${denial.place})`, 'bad');
    }
    for (const { place, what } of this.world.consumers.problems()) {
      const problem = `${place}: ${what}`;
      if (!this.#problems.has(problem)) this.log(problem, 'bad');
      this.#problems.add(problem);
    }
  }

  /** What was thrown: what is not simulated is said; anything else is a fault of this program. */
  failed(error: unknown): string {
    const text = error instanceof NotSimulated ? error.message : String((error as Error)?.stack ?? error);
    this.log(text, 'bad');
    return error instanceof NotSimulated ? error.message : 'a fault of npm run local: its output has it';
  }
}
