import { NotSimulated } from '../../not-simulated';
import type { PlanResource } from '../../plan/plan';
import { PlanError } from '../../plan/plan-error';

/**
 * The blocks of one name within a resource or a block. Terraform's JSON syntax writes one as itself or as a
 * list.
 * @param known the attributes that are understood
 * @throws NotSimulated for others
 */
export function blocksOf(
  { address, attributes }: PlanResource,
  name: string,
  known: readonly string[],
): readonly PlanResource[] {
  const value = attributes.get(name) ?? [];
  return (Array.isArray(value) ? value : [value]).map((written: unknown) => {
    const at = `${address}.${name}`;
    if (typeof written !== 'object' || written === null) {
      throw new PlanError(`${at} is ${JSON.stringify(written)}, which is no block`);
    }
    const present = Object.entries(written).filter(([, inner]) => inner !== null);
    const unknown = present.find(([attribute]) => !known.includes(attribute));
    if (unknown) throw new NotSimulated(at, `its attribute "${unknown[0]}"`);
    return { address: at, attributes: new Map(present) };
  });
}

/** @throws PlanError when there are several */
export function optionalBlock(
  within: PlanResource,
  name: string,
  known: readonly string[],
): PlanResource | undefined {
  const [block, ...others] = blocksOf(within, name, known);
  if (others.length > 0) throw new PlanError(`${within.address} has "${name}" more than once`);
  return block;
}

/** @throws PlanError when it is missing */
export function requiredBlock(within: PlanResource, name: string, known: readonly string[]): PlanResource {
  const block = optionalBlock(within, name, known);
  if (!block) throw new PlanError(`${within.address} has no "${name}"`);
  return block;
}
