/** A place in a JSON value: property names and list positions, from the root down. */
export type Place = readonly (string | number)[];

type Json = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function valueAt(root: unknown, place: Place): unknown {
  return place.reduce<unknown>((value, key) => {
    if (Array.isArray(value)) return value[key as number];
    return isObject(value) && Object.hasOwn(value, key) ? value[key as string] : undefined;
  }, root);
}

/** The same value with another one in a place; what is on the way there is kept where it is an object or a list. */
export function withValue(root: unknown, place: Place, value: unknown): unknown {
  const [key, ...rest] = place;
  if (key === undefined) return value;
  if (Array.isArray(root)) {
    return root.map((item, index) => (index === key ? withValue(item, rest, value) : item));
  }
  if (!isObject(root)) return root;
  return { ...root, [key]: withValue(Object.hasOwn(root, key) ? root[key] : undefined, rest, value) };
}

export function without(root: unknown, place: Place): unknown {
  const [key, ...rest] = place;
  if (key === undefined) return root;
  if (Array.isArray(root)) {
    return rest.length === 0
      ? root.filter((_, index) => index !== key)
      : root.map((item, index) => (index === key ? without(item, rest) : item));
  }
  if (!isObject(root)) return root;
  if (rest.length > 0) return { ...root, [key]: without(root[key], rest) };
  return Object.fromEntries(Object.entries(root).filter(([name]) => name !== key));
}

/** Every place within a value, those further up first. @param depth of places at most */
export function placesIn(value: unknown, depth: number, at: Place = []): readonly Place[] {
  if (depth === 0) return [];
  const keys = Array.isArray(value) ? [...value.keys()] : isObject(value) ? Object.keys(value) : [];
  const here = keys.map((key): Place => [...at, key]);
  return [
    ...here,
    ...here.flatMap((place) => placesIn(valueAt(value, place.slice(at.length)), depth - 1, place)),
  ];
}
