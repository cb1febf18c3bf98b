import type { RuleResource, System } from './reading/system';

/** What a stack must satisfy. A rule knows nothing of other rules, and sees nothing but the configuration. */
export interface Rule {
  /** Kebab case; waivers name it. */
  readonly id: string;
  readonly title: string;
  /** Scanners' ids for it: checkov, Trivy, cdk-nag, AWS Security Hub, KICS. None where none covers it. */
  readonly scanners: readonly string[];
  /** What happens to one who breaks it. */
  readonly protects: string;
  /** The way out in this project: an environment's setting, or the construct that writes it. */
  readonly fix: string;
  /** Where it asks for less or for other than the scanners do, and why. */
  readonly differs?: string;
  /** The resource types that it is about. */
  readonly types: readonly string[] | 'every';
  /**
   * What is wrong with one resource, each a clause with the value; nothing where all is well.
   * @throws Unreadable, NotSimulated or PlanError for what it cannot read
   */
  readonly problems: (resource: RuleResource, system: System) => readonly string[];
}

/** A problem where something holds, or else none. */
export const when = (broken: boolean, problem: string): readonly string[] => (broken ? [problem] : []);
