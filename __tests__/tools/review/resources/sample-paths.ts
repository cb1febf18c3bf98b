import type { Sample } from './provider-samples';

const isBlocks = (value: unknown): value is readonly Sample[] =>
  Array.isArray(value) && typeof value[0] === 'object';

/** The paths of all values, those in blocks too. */
export function leavesOf(of: Sample): readonly (readonly string[])[] {
  return Object.entries(of).flatMap(([name, value]) =>
    isBlocks(value) ? leavesOf(value[0] ?? {}).map((rest) => [name, ...rest]) : [[name]],
  );
}

export function at(of: unknown, [name, ...rest]: readonly string[]): unknown {
  if (name === undefined) return of;
  const value = (of as Sample)[name];
  return value === undefined ? undefined : at(rest.length > 0 && isBlocks(value) ? value[0] : value, rest);
}

/** The sample with the value at a path changed, or without it. */
export function withChanged(
  of: Sample,
  [name = '', ...rest]: readonly string[],
  change: (value: unknown) => unknown,
): Sample {
  const value = of[name];
  if (rest.length === 0) {
    const { [name]: _, ...others } = of;
    const changed = change(value);
    return changed === undefined ? others : { ...others, [name]: changed };
  }
  const [block, ...more] = value as readonly Sample[];
  return { ...of, [name]: [withChanged(block ?? {}, rest, change), ...more] };
}

/** A state is not validated: any other value will do. */
export function other(value: unknown): unknown {
  if (typeof value === 'string') return `${value}-before`;
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  if (Array.isArray(value)) return ['before'];
  const [[key, inner] = ['before', 'before']] = Object.entries(value as Sample);
  return { [key]: other(inner) };
}
