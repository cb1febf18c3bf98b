import { isObject, type Place, placesIn, valueAt, without, withValue } from './json-place';

type Schema = Readonly<Record<string, unknown>>;

const deepest = 4;

/** Places that are varied, at most. */
const mostPlaces = 120;

/** Beyond this a text is not made. */
const longest = 5_000;

/** Tried in every place: something of each type, and texts that schemas are often particular about. */
const probes: readonly unknown[] = [
  ...['', ' ', 'x', 'a b', '0', '한글', 'x'.repeat(300)],
  ...[0, -1, 1.5, 1_000_000, true, null, [], {}],
];

/**
 * Values like this one but for one place: a property dropped, added, emptied, too long, of another type, or with
 * each value that a schema lists for it.
 */
export function* variants(value: unknown, schemas: readonly Schema[]): Generator<unknown> {
  const named = schemas.flatMap((schema) => namedPlaces(schema, deepest));
  const places = unique([...placesIn(value, deepest), ...named]).slice(0, mostPlaces);
  for (const probe of [{}, [], 'x', 1, null]) yield probe;
  yield withValue(value, ['propertyThatNobodyKnows'], 'x');
  for (const place of places) {
    const parent = valueAt(value, place.slice(0, -1));
    if (!isObject(parent) && !Array.isArray(parent)) continue;
    yield without(value, place);
    const limits = schemas.flatMap((schema) => atTheLimits(subschemaAt(schema, place) ?? {}));
    for (const other of [...probes, ...limits]) yield withValue(value, place, other);
    const here = valueAt(value, place);
    if (isObject(here)) yield withValue(value, [...place, 'propertyThatNobodyKnows'], 'x');
    if (Array.isArray(here) && here.length > 0) yield withValue(value, place, [...here, ...here]);
  }
}

const unique = (places: readonly Place[]): readonly Place[] => [
  ...new Map(places.map((place) => [JSON.stringify(place), place])).values(),
];

function namedPlaces(schema: unknown, depth: number, at: Place = []): readonly Place[] {
  if (depth === 0 || !isObject(schema)) return [];
  const properties = isObject(schema.properties) ? Object.entries(schema.properties) : [];
  const inner: readonly (readonly [string | number, unknown])[] = isObject(schema.items)
    ? [...properties, [0, schema.items]]
    : properties;
  return inner.flatMap(([key, subschema]) => [
    [...at, key],
    ...namedPlaces(subschema, depth - 1, [...at, key]),
  ]);
}

function subschemaAt(schema: Schema, place: Place): Schema | undefined {
  const found = place.reduce<unknown>((inner, key) => {
    if (!isObject(inner)) return undefined;
    const properties = isObject(inner.properties) ? inner.properties : {};
    return typeof key === 'number'
      ? inner.items
      : Object.hasOwn(properties, key)
        ? properties[key]
        : undefined;
  }, schema);
  return isObject(found) ? found : undefined;
}

/** Values on both sides of what the schema's keywords say. */
function atTheLimits(schema: Schema): readonly unknown[] {
  const number = (keyword: string) => {
    const value = schema[keyword];
    return typeof value === 'number' && Number.isFinite(value) ? [value] : [];
  };
  const lengths = [...number('minLength'), ...number('maxLength')].flatMap((n) => [n - 1, n, n + 1]);
  const counts = [...number('minItems'), ...number('maxItems')].flatMap((n) => [n - 1, n, n + 1]);
  return [
    ...(Array.isArray(schema.enum) ? schema.enum : []),
    ...lengths.filter((n) => n >= 0 && n <= longest).flatMap((n) => ['1'.repeat(n), 'a'.repeat(n)]),
    ...[...number('minimum'), ...number('maximum')].flatMap((n) => [n - 1, n, n + 1, n + 0.5]),
    ...number('multipleOf').flatMap((n) => [n, n / 2]),
    ...counts.filter((n) => n >= 0 && n <= 100).map((n) => Array.from({ length: n }, () => 'x')),
  ];
}
