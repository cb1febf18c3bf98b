import type { StackChanges } from './found-change';

/** What happens in a stack, in numbers. */
export interface StackCounts {
  readonly stackId: string;
  readonly state: StackChanges['state'];
  /** By Terraform's plan. */
  readonly planned: boolean;
  readonly added: number;
  readonly changed: number;
  readonly replaced: number;
  readonly destroyed: number;
  /** Of the replaced ones, the deployments that each change of an API replaces. */
  readonly deployments: number;
}

export function countsOf({ stackId, state, planned, changes }: StackChanges): StackCounts {
  const count = (action: string) => changes.filter((change) => change.action === action).length;
  return {
    stackId,
    state,
    planned,
    added: count('add'),
    changed: count('change'),
    replaced: count('replace'),
    destroyed: count('destroy'),
    deployments: changes.filter(({ routine }) => routine).length,
  };
}
