import { entries, isObject } from './json';
import { below, HclError, type Place } from './problem';

/** A block of Terraform's JSON syntax. */
export interface JsonBlock {
  readonly labels: readonly string[];
  readonly body: Readonly<Record<string, unknown>>;
  readonly place: Place;
}

/**
 * The blocks that a property of Terraform's JSON syntax stands for: objects within objects for the labels, a list
 * wherever several are meant, null for none.
 */
export function unpackBlocks(value: unknown, labels: number, place: Place): readonly JsonBlock[] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value))
    return value.flatMap((item, index) => unpackBlocks(item, labels, below(place, index)));
  if (!isObject(value)) {
    throw new HclError(
      place,
      `a block needs an object or a list of objects, but this is ${JSON.stringify(value)}. ` +
        'A dynamic block within another block cannot be written by CDKTF: write the inner blocks out, ' +
        'or set the whole as "dynamic" through addOverride.',
    );
  }
  if (labels === 0) return [{ labels: [], body: value, place }];
  return entries(value)
    .filter(([label]) => label !== '//')
    .flatMap(([label, inner]) =>
      unpackBlocks(inner, labels - 1, below(place, label)).map((block) => ({
        ...block,
        labels: [label, ...block.labels],
      })),
    );
}
