import { NotSimulated } from '../../not-simulated';

/** Steps from a record to a value: names of fields and indices of arrays. */
export type JsonPath = readonly (string | number)[];

const step = /\.([\w/-]+)|\[(\d+)\]/y;

/**
 * The JSON paths of Pipes: names of letters, digits, dashes, underscores and slashes, and indices.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-input-transformation.html
 *
 * @param path with its `$`
 * @throws NotSimulated for wildcards and what Pipes do not document
 */
export function jsonPath(path: string, where: string): JsonPath {
  const steps: (string | number)[] = [];
  let at = 1;
  while (path.startsWith('$') && at < path.length) {
    step.lastIndex = at;
    const [found, name, index] = step.exec(path) ?? [];
    // Some write an index so; it is not documented.
    if (found === undefined || /^\d+$/.test(name ?? '')) break;
    steps.push(name ?? Number(index));
    at += found.length;
  }
  if (at < path.length || steps.length === 0) throw new NotSimulated(where, `the JSON path ${path}`);
  return steps;
}

/** The value at a path; undefined where there is none. */
export function valueAt(value: unknown, path: JsonPath): unknown {
  return path.reduce<unknown>((within, key) => {
    if (typeof within !== 'object' || within === null) return undefined;
    // An index is of an array, a name of an object.
    if (Array.isArray(within) !== (typeof key === 'number')) return undefined;
    return Object.hasOwn(within, key)
      ? (within as Readonly<Record<string | number, unknown>>)[key]
      : undefined;
  }, value);
}
