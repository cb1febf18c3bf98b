import type { PlanResource } from './plan';
import { PlanError } from './plan-error';

/** An attribute that must be there. @throws PlanError naming the attribute when it is missing or of another type */
export function text(resource: PlanResource, attribute: string): string {
  const value = optionalText(resource, attribute);
  if (value === undefined) throw new PlanError(`${resource.address} has no "${attribute}"`);
  return value;
}

/** @throws PlanError naming the attribute when it is of another type */
export function optionalText({ address, attributes }: PlanResource, attribute: string): string | undefined {
  const value = attributes.get(attribute);
  if (value === undefined || typeof value === 'string') return value;
  throw unexpected(address, attribute, value, 'text');
}

/** @throws PlanError naming the attribute when it is of another type */
export function flag({ address, attributes }: PlanResource, attribute: string): boolean {
  const value = attributes.get(attribute) ?? false;
  if (typeof value === 'boolean') return value;
  throw unexpected(address, attribute, value, 'true or false');
}

/** @throws PlanError naming the attribute when it is of another type */
export function optionalNumber({ address, attributes }: PlanResource, attribute: string): number | undefined {
  const value = attributes.get(attribute);
  if (value === undefined || typeof value === 'number') return value;
  throw unexpected(address, attribute, value, 'a number');
}

/** A map of one kind of value; empty when it is missing. @throws PlanError naming the attribute when it holds others */
export function map<T extends 'string' | 'boolean'>(
  { address, attributes }: PlanResource,
  attribute: string,
  of: T,
): ReadonlyMap<string, T extends 'string' ? string : boolean> {
  const value = attributes.get(attribute) ?? {};
  if (typeof value !== 'object' || Array.isArray(value)) throw unexpected(address, attribute, value, 'a map');
  for (const item of Object.values(value)) {
    if (typeof item !== of) throw unexpected(address, attribute, value, `a map of ${of}s`);
  }
  return new Map(Object.entries(value));
}

const unexpected = (address: string, attribute: string, value: unknown, expected: string) =>
  new PlanError(`${address}: "${attribute}" is ${JSON.stringify(value)}, which is not ${expected}`);
