import { counted } from '../counted';
import type { Noun } from '../section';

/** Something of which there is a number. */
export interface Counted {
  readonly noun: Noun;
  readonly total: number;
}

/** Says in its place that a part of it is left out. */
export const partLeftOut = (count: number, { noun, total }: Counted): string =>
  `… and ${count.toLocaleString('en-US')} of ${counted(total, ...noun)} left out`;

/** What stands beside each other and is left out as a whole; says so in one line, each noun once. */
export class LeftOut {
  private readonly totals = new Map<string, Counted>();

  add({ noun, total }: Counted): void {
    this.totals.set(noun[0], { noun, total: total + (this.totals.get(noun[0])?.total ?? 0) });
  }

  /** A paragraph of its own; empty while nothing is left out. */
  get note(): string {
    if (this.totals.size === 0) return '';
    const totals = [...this.totals.values()].map(({ total, noun }) => counted(total, ...noun));
    return `\n\n… ${totals.join(', ')} left out`;
  }
}
