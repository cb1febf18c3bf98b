import { NotSimulated } from '../../not-simulated';

/** What a template works with. `null` is also what is not defined. */
export type Value = null | boolean | number | string | readonly Value[] | VelocityMap | HostObject;

export interface VelocityMap {
  readonly kind: 'map';
  readonly entries: Map<string, Value>;
  /** API Gateway's own maps print nothing, those of a JSON body print `{key=value}`. */
  readonly prints: boolean;
  /** Whether a key that is not there may still have a value in AWS, so that asking for it is an error. */
  readonly closed?: boolean;
}

/** `$input`, `$util`: what API Gateway puts into a template. */
export interface HostObject {
  readonly kind: 'object';
  /** As a template names it. */
  readonly name: string;
  readonly properties: Readonly<Record<string, Value>>;
  readonly methods: Readonly<Record<string, (...args: readonly Value[]) => Value>>;
}

/** A value of JSON. */
export function fromJson(value: unknown): Value {
  if (Array.isArray(value)) return value.map(fromJson);
  if (value === null || value === undefined) return null;
  if (typeof value !== 'object') return value as string | number | boolean;
  return mapOf(Object.entries(value).map(([key, inner]) => [key, fromJson(inner)]));
}

export const mapOf = (entries: Iterable<readonly [string, Value]>, prints = true): VelocityMap => ({
  kind: 'map',
  entries: new Map(entries),
  prints,
});

export const isList = (value: Value): value is readonly Value[] => Array.isArray(value);
export const isMap = (value: Value): value is VelocityMap =>
  value !== null && typeof value === 'object' && 'kind' in value && value.kind === 'map';
export const isHost = (value: Value): value is HostObject =>
  value !== null && typeof value === 'object' && 'kind' in value && value.kind === 'object';

/** `undefined` where it is not known what AWS would give. */
export const entry = ({ entries, closed }: VelocityMap, key: string): Value | undefined =>
  closed ? entries.get(key) : (entries.get(key) ?? null);

/** How a reference to the value prints: nothing for null, `{a=b}` for a map, JSON for a list. */
export function print(value: Value): string {
  if (value === null) return '';
  if (isList(value)) return JSON.stringify(toJson(value));
  if (isMap(value)) {
    if (!value.prints) return '';
    return `{${[...value.entries].map(([key, inner]) => `${key}=${print(inner)}`).join(', ')}}`;
  }
  if (isHost(value)) throw new NotSimulated(`$${value.name}`, 'printing it');
  return String(value);
}

/** The opposite of `fromJson`. */
export function toJson(value: Value): unknown {
  if (isList(value)) return value.map(toJson);
  if (isMap(value)) return Object.fromEntries([...value.entries].map(([key, inner]) => [key, toJson(inner)]));
  if (isHost(value)) throw new NotSimulated(`$${value.name}`, 'its JSON');
  return value;
}
