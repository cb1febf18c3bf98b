import type { Change } from '../change';
import type { ResourceChange } from './resource-change';
import { stackChanges } from './stack-changes';

/**
 * What happens to each resource, stack by stack. A change of the provider's default tags is none here: it would be one
 * of every resource.
 */
export const resourceChanges = (change: Change): readonly ResourceChange[] =>
  stackChanges(change).flatMap(({ changes }) => changes);
