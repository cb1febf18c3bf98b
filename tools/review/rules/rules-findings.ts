import type { Concern } from '../concern';
import type { Violation } from './violations';
import type { Waiver } from './waivers';

/** How a version's stacks keep the rules. */
export interface RulesFindings {
  /** How many rules there are, and resources that they are about. */
  readonly rules: number;
  readonly resources: number;
  /** Whether stacks or waivers differ between the versions. */
  readonly changed: boolean;
  /** Those that no waiver covers; new ones first. */
  readonly violations: readonly RuleViolation[];
  readonly waived: readonly WaivedViolation[];
  /** Waivers about which something is to be said. */
  readonly waivers: readonly WaiverRemark[];
  /** What is wrong with the waiver file. */
  readonly faults: readonly string[];
  /** What rules could not read. */
  readonly unread: readonly string[];
}

export interface RulesReview extends RulesFindings {
  readonly concerns: readonly Concern[];
}

export interface RuleViolation extends Violation {
  /** The rule was kept by this resource before the change, or the resource was not there. */
  readonly isNew: boolean;
  /** When the waiver ended that covered it. */
  readonly waivedUntil: string | undefined;
}

export interface WaivedViolation extends Violation {
  /** Whoever reviews the change decides whether its waiver was meant for it, too. */
  readonly isNew: boolean;
  readonly reason: string;
  readonly expires: string;
}

export interface WaiverRemark extends Waiver {
  readonly remark: 'expired' | 'too-long' | 'new' | 'changed' | 'unused';
  /** How many violations it is about. */
  readonly violations: number;
}
