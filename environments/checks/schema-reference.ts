import type { Rule } from './check';
import { isObject } from './reading';

/** What a `$ref` must do: point within the schema, to a schema, and not in a circle of nothing but references. */
export const referenceRule =
  (root: unknown): Rule =>
  (value) => {
    if (typeof value !== 'string' || !/^#(\/|$)/.test(value)) {
      return 'must point within this schema, as in "#/definitions/address": API Gateway has no other document to look it up in';
    }
    const passed = new Set<string>();
    for (let reference: unknown = value; typeof reference === 'string'; ) {
      if (passed.has(reference)) return 'leads back to itself: let it point to a schema that says something';
      passed.add(reference);
      const target = pointedAt(root, reference);
      if (!isObject(target)) return 'points at nothing that is a schema: put one there, or correct the path';
      reference = Object.hasOwn(target, '$ref') ? target.$ref : undefined;
    }
    return undefined;
  };

function pointedAt(root: unknown, reference: string): unknown {
  return reference
    .split('/')
    .slice(1)
    .map((part) => decoded(part).replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>(
      (inner, key) =>
        typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key)
          ? (inner as Record<string, unknown>)[key]
          : undefined,
      root,
    );
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
