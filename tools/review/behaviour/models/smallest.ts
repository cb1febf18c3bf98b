import { isObject, placesIn, valueAt, without, withValue } from './json-place';

/** Candidates that are looked at: enough for a callback's body, and soon done. */
const mostTries = 3_000;

const deepest = 6;

/**
 * A smaller value of which the same holds: parts that do not matter are taken away, and the others shortened.
 * @param holds true of `value` itself
 * @param shorten false where texts and numbers stay as they are
 */
export function smallest(
  value: unknown,
  holds: (candidate: unknown) => boolean,
  { shorten = true }: { readonly shorten?: boolean } = {},
): unknown {
  let current: unknown = value;
  let tries = 0;
  for (;;) {
    const length = JSON.stringify(current).length;
    let next: unknown;
    for (const candidate of smaller(current, shorten)) {
      if (++tries > mostTries) return current;
      if (JSON.stringify(candidate).length < length && holds(candidate)) {
        next = candidate;
        break;
      }
    }
    if (next === undefined) return current;
    current = next;
  }
}

function* smaller(value: unknown, shorten: boolean): Generator<unknown> {
  const places = placesIn(value, deepest);
  for (const place of places) yield without(value, place);
  if (!shorten) return;
  for (const place of [[], ...places]) {
    for (const simpler of simplerThan(valueAt(value, place))) yield withValue(value, place, simpler);
  }
}

function simplerThan(value: unknown): readonly unknown[] {
  if (typeof value === 'string') {
    const half = value.slice(0, Math.ceil(value.length / 2));
    return [value.slice(0, 1), half, value.slice(0, -1), ''];
  }
  if (typeof value === 'number') return [0, 1, Math.trunc(value)];
  if (Array.isArray(value)) return [[], value.slice(0, Math.ceil(value.length / 2))];
  return isObject(value) ? [{}] : [];
}
