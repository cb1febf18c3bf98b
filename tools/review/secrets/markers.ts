/**
 * What Terraform says of a value: `true` where all of it is sensitive, otherwise the same structure with
 * `true` in it.
 * https://developer.hashicorp.com/terraform/internals/json-format#change-representation
 */
export type Marker = unknown;

/** Whether anything is marked. */
export const marksAnything = (marker: Marker): boolean =>
  marker === true ||
  (typeof marker === 'object' && marker !== null && Object.values(marker).some(marksAnything));

/**
 * The markers of a list's or set's elements, or `true` for all of it where they do not match: a set has no
 * order, so markers in another number are not those of the elements at their places. Of blocks that are
 * marked differently, each is masked as if it bore the markers of all.
 */
export function markersOfElements(elements: readonly unknown[], marker: Marker): true | readonly Marker[] {
  if (!marksAnything(marker)) return [];
  if (!Array.isArray(marker) || marker.length !== elements.length) return true;
  if (!elements.some(isStructure)) return marker;
  const all = marker.reduce<Marker>(union, false);
  return elements.map(() => all);
}

/** The markers of an object's attributes, or `true` for all of it where they are not those of an object. */
export function markersOfAttributes(marker: Marker): true | Readonly<Record<string, Marker>> {
  if (!marksAnything(marker)) return {};
  return isStructure(marker) && !Array.isArray(marker) ? (marker as Readonly<Record<string, Marker>>) : true;
}

function union(first: Marker, second: Marker): Marker {
  if (!marksAnything(first)) return second;
  if (!marksAnything(second)) return first;
  if (!isStructure(first) || !isStructure(second) || Array.isArray(first) !== Array.isArray(second))
    return true;
  if (Array.isArray(first) && Array.isArray(second)) {
    return first.length === second.length ? first.map((marker, index) => union(marker, second[index])) : true;
  }
  const [one, other] = [first, second] as Record<string, Marker>[];
  return Object.fromEntries(
    [...new Set([...Object.keys(one ?? {}), ...Object.keys(other ?? {})])].map((key) => [
      key,
      union(one?.[key], other?.[key]),
    ]),
  );
}

const isStructure = (value: unknown): value is object => typeof value === 'object' && value !== null;
