import { type Plan, type PlanResource, resourcesOf } from '../../plan/plan';
import type { Arrow, Part } from './system';

/**
 * What a stack has of the flow. Its arrows begin and end at keys of its own parts or at ARNs of any stack.
 */
export interface StackFlow {
  readonly parts: readonly StackPart[];
  readonly arrows: readonly Arrow[];
}

export interface StackPart extends Part {
  readonly address: string;
  /** What arrows call it by. */
  readonly arn?: string;
}

/** All resources of a type, without a care for what else they have. */
export const rowsOf = (plan: Plan, type: string, ...reads: readonly string[]): readonly PlanResource[] =>
  resourcesOf(plan, type, { reads, ignores: 'the rest' });

/** A resource's address within its stack. */
export const localAddress = ({ address }: PlanResource): string => address.slice(address.indexOf(': ') + 2);

export const keyOf = ({ stackId }: Plan, resource: PlanResource): string =>
  `${stackId}/${localAddress(resource)}`;

/** A part that is a resource of its own. */
export const partOf = (
  plan: Plan,
  resource: PlanResource,
  rest: Pick<StackPart, 'kind' | 'name'> & Partial<StackPart>,
): StackPart => ({
  key: keyOf(plan, resource),
  stackId: plan.stackId,
  address: localAddress(resource),
  details: [],
  behind: [],
  ...rest,
});

/** Addresses by what their resources belong to. */
export function addressesBy(
  resources: readonly PlanResource[],
  belongsTo: (resource: PlanResource) => string | undefined,
): (owner: string | undefined) => readonly string[] {
  const addresses = new Map<string, string[]>();
  for (const resource of resources) {
    const owner = belongsTo(resource);
    if (owner === undefined) continue;
    const known = addresses.get(owner);
    if (known) known.push(localAddress(resource));
    else addresses.set(owner, [localAddress(resource)]);
  }
  return (owner) => addresses.get(owner ?? '') ?? [];
}

/** Addresses of the log groups that a resource refers to, whatever it does with them. */
export function logGroupsOf({ configuration }: Plan, resource: PlanResource): readonly string[] {
  const [type = '', name = ''] = localAddress(resource).split('.');
  const written = JSON.stringify(configuration.resource?.[type]?.[name] ?? {});
  const found = written.matchAll(/\$\{(aws_cloudwatch_log_group\.[\w-]+)\./g);
  return [...new Set([...found].map(([, address]) => address ?? ''))];
}
