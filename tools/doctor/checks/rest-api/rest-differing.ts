import type { Finding } from '../../finding';
import { type Circumstances, finding } from './rest-circumstances';

/** A finding where two values differ, and none where they are the same. */
export type Differing = (
  code: string,
  problem: string,
  values: readonly [synthesized: string | undefined, deployed: string | undefined],
  seen: string,
  more?: Partial<Pick<Finding, 'severity' | 'cause'>>,
) => readonly Finding[];

/** Compares the values of one thing; a difference is an error where nothing else is said. */
export const differingIn =
  (circumstances: Circumstances, about: Pick<Finding, 'at' | 'subject'>): Differing =>
  (code, problem, [synthesized, deployed], seen, more = {}) =>
    synthesized === deployed
      ? []
      : [
          finding(circumstances, {
            ...about,
            code,
            severity: 'error',
            problem,
            synthesized: synthesized ?? 'none',
            deployed: deployed ?? 'none',
            seen,
            ...more,
          }),
        ];
