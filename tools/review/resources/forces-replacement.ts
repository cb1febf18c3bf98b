import { attributesThatForce, type Forcing } from './forcing-attributes';

/**
 * Whether a change of an attribute replaces its resource, as far as the provider's own rules say; nothing where the
 * type is not known here.
 * @param path names only, without the indexes of blocks
 * @param before nothing where the attribute is left out; `after` likewise
 */
export function forcesReplacement(
  type: string,
  path: readonly string[],
  before: unknown,
  after: unknown,
): boolean | undefined {
  const attributes = attributesThatForce.get(type);
  if (!attributes) return undefined;
  return attributes.some(({ path: forcing, rule }) => {
    if (startsWith(forcing, path)) {
      const rest = forcing.slice(path.length);
      return forces(rule, valueAt(before, rest), valueAt(after, rest));
    }
    return startsWith(path, forcing);
  });
}

/** Whether a value of the attribute that is not known before it is applied replaces the resource. */
export const forcesWhenUnknown = (type: string, path: readonly string[]): boolean =>
  attributesThatForce.get(type)?.some(({ path: forcing }) => startsWith(path, forcing)) ?? false;

/** Whether it is known which attributes replace a resource of the type. */
export const isKnownType = (type: string): boolean => attributesThatForce.has(type);

function forces({ otherwise, kept, when }: Forcing, before: unknown, after: unknown): boolean {
  if (after === undefined && kept) return false;
  const [from, to] = [before ?? otherwise, after ?? otherwise];
  if (JSON.stringify(from) === JSON.stringify(to)) return false;
  return when?.(from, to) ?? true;
}

const startsWith = (path: readonly string[], start: readonly string[]): boolean =>
  start.length <= path.length && start.every((name, index) => path[index] === name);

/** A block is an object, or a list of one. */
function valueAt(value: unknown, path: readonly string[]): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  const block = Array.isArray(value) ? value[0] : value;
  return typeof block === 'object' && block !== null
    ? valueAt((block as Readonly<Record<string, unknown>>)[name] ?? undefined, rest)
    : undefined;
}
