import type { Version } from '../change';
import type { TerraformPlan } from '../terraform-plan';
import { fieldsOf } from './fields';

/** Keys of blocks, types and names come first in a configuration. */
const DEPTH_OF_NAMES = 3;
/** An attribute's name, as opposed to the key of a map, which may be anything. */
const ATTRIBUTE = /^[a-z_]+$/i;

/** The names of blocks, resources, variables and attributes, one a line. */
export function namesIn(versions: readonly Version[], plans: ReadonlyMap<string, TerraformPlan>): string {
  const names = new Set<string>();
  const addNames = (value: unknown, depth: number): void => {
    if (Array.isArray(value)) for (const element of value) addNames(element, depth + 1);
    else {
      for (const [key, field] of Object.entries(fieldsOf(value))) {
        if (depth <= DEPTH_OF_NAMES || ATTRIBUTE.test(key)) names.add(key);
        addNames(field, depth + 1);
      }
    }
  };
  for (const { stacks } of versions) for (const { configuration } of stacks) addNames(configuration, 1);
  for (const plan of plans.values()) addNames(plan, DEPTH_OF_NAMES + 1);
  return [...names].join('\n');
}
