import { isMap, mapOf, type Value, type VelocityMap } from '../velocity/value';

/** What is known of a request, by the names that `$context` has for it; `null` where AWS defines no value. */
export interface ContextFields {
  readonly [name: string]: string | number | null | ContextFields;
}

/**
 * `$context` of a mapping template. Its overrides are empty and can be set; asking for anything that `fields` do not
 * name is an error, since AWS may have a value for it.
 */
export function contextVariable(fields: ContextFields): VelocityMap {
  const { entries, ...map } = closed(fields);
  return {
    ...map,
    entries: new Map([
      ['requestOverride', mapOf(emptyMaps('path', 'querystring', 'header'), false)],
      ['responseOverride', mapOf(emptyMaps('header'), false)],
      ...entries,
    ]),
  };
}

/** What templates have set under `$context.<override>`, as dotted names. */
export function overrides(
  context: VelocityMap,
  override: 'requestOverride' | 'responseOverride',
): ReadonlyMap<string, Value> {
  const set = new Map<string, Value>();
  const collect = (value: Value, name: string) => {
    if (!isMap(value)) set.set(name, value);
    else for (const [key, inner] of value.entries) collect(inner, name === '' ? key : `${name}.${key}`);
  };
  collect(context.entries.get(override) ?? null, '');
  return set;
}

const closed = (fields: ContextFields): VelocityMap => ({
  ...mapOf(
    Object.entries(fields).map(([key, value]): readonly [string, Value] => [
      key,
      value !== null && typeof value === 'object' ? closed(value) : value,
    ]),
    false,
  ),
  closed: true,
});

const emptyMaps = (...names: readonly string[]) =>
  names.map((name): readonly [string, Value] => [name, mapOf([], false)]);
