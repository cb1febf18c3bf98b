import { NotSimulated } from '../../not-simulated';
import { PlanError } from '../../plan/plan-error';
import { nameOf } from './reading/name';
import type { RuleResource, System } from './reading/system';
import { Unreadable } from './reading/unreadable';
import type { Rule } from './rule';

export interface Violation {
  readonly rule: string;
  readonly title: string;
  /** `<stack>: <type>.<name>` */
  readonly resource: string;
  /** What a person calls it, where it has a name. */
  readonly name: string | undefined;
  /** A clause about the resource, with the value. */
  readonly problem: string;
  readonly fix: string;
}

/** What rules find in the stacks of a version. */
export interface Held {
  readonly violations: readonly Violation[];
  /** What a rule could not read, each once. */
  readonly unread: readonly string[];
  /** Resources that at least one rule besides those about every resource is about. */
  readonly resources: number;
}

/** Holds every stack of a version against rules. What one cannot read ends neither the rule nor the others. */
export function held(system: System, rules: readonly Rule[]): Held {
  const violations: Violation[] = [];
  const unread = new Set<string>();
  const resources = new Set<string>();
  for (const rule of rules) {
    for (const resource of subjectsOf(rule, system)) {
      if (rule.types !== 'every') resources.add(resource.where);
      try {
        const found = new Set(rule.problems(resource, system));
        violations.push(...[...found].map((problem) => violation(rule, resource, problem)));
      } catch (error) {
        if (!isUnreadable(error)) throw error;
        unread.add(`${rule.id} of ${resource.where}: ${error.message}`);
      }
    }
  }
  return { violations, unread: [...unread], resources: resources.size };
}

const subjectsOf = ({ types }: Rule, { stacks, resources }: System): readonly RuleResource[] =>
  types === 'every' ? stacks.flatMap((stack) => stack.everyResource) : types.flatMap(resources);

const violation = ({ id, title, fix }: Rule, resource: RuleResource, problem: string): Violation => ({
  rule: id,
  title,
  resource: resource.where,
  name: nameOf(resource),
  problem,
  fix,
});

const isUnreadable = (error: unknown): error is Error =>
  error instanceof Unreadable || error instanceof NotSimulated || error instanceof PlanError;
