import { NotSimulated } from '../rehearse/not-simulated';

/** One thing that the worked example shows. */
export interface Step {
  readonly held: boolean;
  readonly title: string;
  /** What came of it, in a few words. */
  readonly outcome: string;
  /** Shown below, one line each. */
  readonly details: readonly string[];
}

/** The worked example going through one stack. */
export interface Example {
  readonly stackId: string;
  /** Where it enters and where it should end, in words. */
  readonly way: string;
  readonly steps: readonly Step[];
  /** What could not be shown of it, and why. */
  readonly notes: readonly string[];
}

/** A step that fails by what is not simulated: it is not known to hold. */
export function attempted(title: string, step: () => Step): Step {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof NotSimulated)) throw error;
    return { held: false, title, outcome: error.message, details: [] };
  }
}
