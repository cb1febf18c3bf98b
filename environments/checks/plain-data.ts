import { secretive } from './check';
import type { Fault } from './fault';
import { isObject, textOf, valueAt } from './reading';

/** An environment together with what it is called in faults. */
export interface Labelled {
  readonly label: string;
  readonly data: unknown;
}

/**
 * An environment as far as it is plain data, and faults for the settings that are not. All other checks rely on
 * that: they look through what they are given without an end in sight.
 */
export function readable(
  environment: unknown,
  index: number,
): { readonly environment: Labelled; readonly unread: readonly Fault[] } {
  const place = `environments[${index}]`;
  const labelOf = (data: unknown) => textOf(valueAt(data, 'name')) || place;
  const reason = unreadable(environment);
  if (reason === undefined)
    return { environment: { label: labelOf(environment), data: environment }, unread: [] };
  const settings = settingsOf(environment).map(([key, { value, get }]) => ({
    key,
    value: value as unknown,
    broken: get ? reason : unreadable(value),
  }));
  const data = Object.fromEntries(
    settings.flatMap(({ key, value, broken }) => (broken === undefined ? [[key, value]] : [])),
  );
  const label = labelOf(data);
  return {
    environment: { label, data },
    unread: settings.flatMap(({ key, value, broken }) =>
      broken === undefined ? [] : [{ environment: label, field: key, value: secretive(value), rule: broken }],
    ),
  };
}

function settingsOf(environment: unknown): readonly (readonly [string, PropertyDescriptor])[] {
  try {
    return isObject(environment) ? Object.entries(Object.getOwnPropertyDescriptors(environment)) : [];
  } catch {
    return [];
  }
}

/** Why a value cannot be looked through, if so: it contains itself, is nested too deep, or a property throws. */
function unreadable(value: unknown): string | undefined {
  const looked = new Set<object>();
  const tooDeep = (inner: unknown, depth: number): boolean => {
    if (typeof inner !== 'object' || inner === null || looked.has(inner)) return false;
    if (depth > 100) return true;
    const deep = Object.values(inner).some((next) => tooDeep(next, depth + 1));
    looked.add(inner);
    return deep;
  };
  try {
    return tooDeep(value, 0)
      ? 'must be plain data: it contains itself, or is nested more than 100 deep'
      : undefined;
  } catch {
    return 'must be plain data: reading one of its properties throws';
  }
}
