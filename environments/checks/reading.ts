export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The elements of a list, holes included; none where the value is no list. */
export const elements = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? Array.from(value as unknown[]) : [];

/** What is at a path of keys, or nothing where the way there is not made of objects. */
export const valueAt = (value: unknown, ...keys: readonly string[]): unknown =>
  keys.reduce<unknown>(
    (inner, key) => (isObject(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined),
    value,
  );

export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** The callbacks of an environment by their names, whichever API receives them; the first of each name. */
export function callbacksByName(environment: unknown): ReadonlyMap<string, unknown> {
  const callbacks = new Map<string, unknown>();
  for (const callback of ['callbackReceiver', 'httpCallbackReceiver'].flatMap((receiver) =>
    elements(valueAt(environment, receiver, 'callbacks')),
  )) {
    const name = textOf(valueAt(callback, 'name'));
    if (name !== undefined && !callbacks.has(name)) callbacks.set(name, callback);
  }
  return callbacks;
}

/** Each position whose value an earlier one already has, with that one. */
export function repeats(
  values: readonly (string | undefined)[],
): readonly { index: number; first: number }[] {
  const seen = new Map<string, number>();
  return values.flatMap((value, index) => {
    if (value === undefined) return [];
    const first = seen.get(value);
    if (first !== undefined) return [{ index, first }];
    seen.set(value, index);
    return [];
  });
}
