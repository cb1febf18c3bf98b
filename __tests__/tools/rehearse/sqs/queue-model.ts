import type { HeldMessage } from '../../../../tools/rehearse/sqs/live-queue';
import type { Queue } from '../../../../tools/rehearse/sqs/queue';

export interface ModelMessage {
  readonly id: string;
  readonly group: string;
  readonly sentAt: number;
  readonly expiresAt: number;
  receives: number;
  receivedAt: number;
  /** Not to be received before. */
  hiddenUntil: number;
  delayed: boolean;
}

/** What a queue holds, as its rules read: every question looks through all messages. */
export class QueueModel {
  held: ModelMessage[] = [];
  readonly deduplicated = new Map<string, { readonly id: string; readonly until: number }>();
  expired = 0;
  deleted = 0;
  moved = 0;
  sent = 0;

  constructor(readonly settings: Queue) {}

  pass(now: number): void {
    const left = this.held.filter(({ expiresAt }) => expiresAt > now);
    this.expired += this.held.length - left.length;
    this.held = left;
    for (const message of this.held) if (message.hiddenUntil <= now) message.delayed = false;
  }

  isVisible(message: ModelMessage, now: number): boolean {
    return message.hiddenUntil <= now;
  }

  isSpent({ receives }: ModelMessage): boolean {
    return receives >= (this.settings.redrive?.maxReceiveCount ?? Number.POSITIVE_INFINITY);
  }

  /** On a FIFO queue: those of its group that came before it. */
  before(message: ModelMessage): readonly ModelMessage[] {
    if (!this.settings.fifo) return [];
    const group = this.held.filter((other) => other.group === message.group);
    return group.slice(0, group.indexOf(message));
  }

  receivable(now: number): readonly ModelMessage[] {
    return this.held.filter(
      (message) =>
        this.isVisible(message, now) && this.before(message).every((other) => this.isVisible(other, now)),
    );
  }

  nextAvailableAt(now: number): number | undefined {
    const moments = this.held
      .filter((message) => !this.isVisible(message, now) && this.before(message).length === 0)
      .map(({ hiddenUntil, expiresAt }) =>
        this.settings.fifo ? Math.min(hiddenUntil, expiresAt) : hiddenUntil,
      );
    return moments.length > 0 ? Math.min(...moments) : undefined;
  }

  stateOf(message: ModelMessage, now: number): HeldMessage['state'] {
    if (this.isVisible(message, now)) return 'visible';
    return message.delayed ? 'delayed' : 'notVisible';
  }
}
