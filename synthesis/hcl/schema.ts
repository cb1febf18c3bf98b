import { isObject } from './json';
import type { KeyKind } from './probe';

/** What is known beyond an element's own metadata. */
export interface SchemaSource {
  /** How a key is written that the metadata does not describe, though it may hold a value for it. */
  readonly ask: (path: readonly string[], hasValue: boolean) => KeyKind | undefined;
  /** The schema of another type, for a block that stands within this one. */
  readonly ofType: (section: string, type: string) => Schema;
}

/** What an element's own `toHclTerraform()` says about one level of its body. */
export class Schema {
  private readonly children = new Map<string, Schema>();

  /**
   * @param levels the metadata found for this level: one for each element or repeated block it was found in
   * @param source where to look for what the metadata does not describe
   */
  constructor(
    private readonly levels: readonly Record<string, unknown>[],
    private readonly source: SchemaSource,
    private readonly path: readonly string[] = [],
  ) {}

  /** Keys in the order in which the element gives them. */
  get order(): readonly string[] {
    return [...new Set(this.levels.flatMap((level) => Object.keys(level)))];
  }

  /**
   * How a key is written; undefined if nothing says so.
   *
   * @param needsClass that the value itself has no objects to tell blocks from attributes
   */
  kind(key: string, needsClass: boolean): KeyKind | undefined {
    const found = this.levels.map((level) => level[key]).filter((entry) => entry !== undefined);
    const described = found.filter(isObject).find((entry) => flag(entry) !== undefined);
    if (described === undefined) return this.source.ask([...this.path, key], found.length > 0);
    if (flag(described) === false) return 'attribute';
    // Of a list without objects or a string, only the class tells whether the key may be an attribute as well.
    if (needsClass) return this.source.ask([...this.path, key], false) ?? 'block';
    return this.below(key).levels.some(hasNullValue) ? 'attribute-as-block' : 'block';
  }

  /** The schema of a type that stands within this body, as a data source does in a check. */
  ofType(section: string, type: string): Schema {
    return this.source.ofType(section, type);
  }

  /** The schema of a nested block. */
  below(key: string): Schema {
    const known = this.children.get(key);
    if (known !== undefined) return known;
    const levels = this.levels.flatMap((level) => {
      const entry = level[key];
      const value = isObject(entry) ? entry.value : undefined;
      return (Array.isArray(value) ? value : [value]).filter(isObject);
    });
    const child = new Schema(levels, this.source, [...this.path, key]);
    this.children.set(key, child);
    return child;
  }
}

function flag(entry: Record<string, unknown>): boolean | undefined {
  const isBlock = entry.isBlock ?? entry.is_block;
  return typeof isBlock === 'boolean' ? isBlock : undefined;
}

/** Generated classes fill a key of a block that may also be an attribute with null, and leave out any other. */
function hasNullValue(level: Record<string, unknown>): boolean {
  return Object.values(level).some(
    (entry) => isObject(entry) && flag(entry) !== undefined && entry.value === null,
  );
}
