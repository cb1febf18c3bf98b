import type { TerraformConfiguration } from '../synth/synthesize';
import type { TerraformPlan } from './terraform-plan';

/** What is reviewed: two versions of every stack, and what Terraform plans where that is known. Holds no secrets. */
export interface Change {
  readonly base: Version;
  readonly head: Version;
  /** By the stack's id, for the stacks whose plan was given. */
  readonly plans: ReadonlyMap<string, TerraformPlan>;
}

export interface Version {
  /** As a person calls it: `origin/main (1a2b3c4)`, `the working tree`. */
  readonly name: string;
  readonly stacks: readonly ReviewedStack[];
}

/** A stack as it was synthesized. */
export interface ReviewedStack {
  readonly id: string;
  /** The environment's name, which every resource bears as a tag. */
  readonly environment: string;
  /** In Terraform's JSON syntax. */
  readonly configuration: TerraformConfiguration;
  /** The same as HCL, as it is checked in. */
  readonly hcl: string;
  /** Its `.terraform.lock.hcl`. */
  readonly lock: string | undefined;
}

/** The stack of both versions; one of them is absent where it is new or gone. */
export interface StackPair {
  readonly id: string;
  readonly base: ReviewedStack | undefined;
  readonly head: ReviewedStack | undefined;
}

/** Every stack of either version once, in the new version's order, those that are gone last. */
export function stackPairs({ base, head }: Pick<Change, 'base' | 'head'>): readonly StackPair[] {
  const ids = new Set([...head.stacks, ...base.stacks].map(({ id }) => id));
  const stackOf = ({ stacks }: Version, id: string) => stacks.find((stack) => stack.id === id);
  return [...ids].map((id) => ({ id, base: stackOf(base, id), head: stackOf(head, id) }));
}

/** Whether nothing of a stack's configuration differs; one that is in one version only differs. */
export const isUnchanged = ({ base, head }: Pick<StackPair, 'base' | 'head'>): boolean =>
  JSON.stringify(base?.configuration) === JSON.stringify(head?.configuration);
