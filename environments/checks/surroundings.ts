import type { Placement } from '../../constructs/iam/placement';

/** What a setting must fit to, as far as it is well-formed itself. */
export interface Surroundings {
  /** Where the environment is; unknown while its account or region is faulty. */
  readonly home: Placement | undefined;
  /** The callbacks of the same environment, by the name under which a subscription finds them. */
  readonly callbacks: ReadonlyMap<string, unknown>;
}
