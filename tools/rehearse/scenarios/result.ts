import type { Denial } from '../world/access';
import type { Account } from '../world/ledger';

/** Something that did not hold, and where to look. */
export interface Failure {
  readonly what: string;
  /** In the plan: the resource, and the statement where it is one. */
  readonly place?: string;
}

/** How a scenario went with a flow. Plain data: it comes from other threads. */
export interface ScenarioResult {
  readonly stackId: string;
  readonly way: string;
  readonly scenario: string;
  readonly title: string;
  /** What was sent and what came out. */
  readonly outcome: string;
  readonly failures: readonly Failure[];
  /** What IAM refused meanwhile, whether it should or not: each actor and action once. */
  readonly denials: readonly Denial[];
  readonly account: Account;
  /** How long it would have taken, in milliseconds. */
  readonly virtualMilliseconds: number;
}

export const held = ({ failures }: Pick<ScenarioResult, 'failures'>): boolean => failures.length === 0;
