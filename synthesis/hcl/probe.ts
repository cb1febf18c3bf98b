import { TerraformStack } from 'cdktf';
import { RootConstruct } from 'constructs';
import { isObject } from './json';

/** How a key of a provider's schema is written. */
export type KeyKind =
  | 'attribute'
  | 'block'
  /** A list of objects that may be written as blocks or, to say "none", as an attribute. */
  | 'attribute-as-block';

/** A generated class of a provider binding. */
export type ProviderClass = new (scope: unknown, id: string, config: object) => { toHclTerraform(): object };

interface Wrapped {
  readonly kind: KeyKind;
  /** Builds a configuration in which the key holds the given content. */
  readonly holding: (content: object) => object;
}

/** The generated class of an element: the one that names its Terraform type, not a subclass of it. */
export function providerClass(element: object): ProviderClass | undefined {
  for (let type = element.constructor; typeof type === 'function'; type = Object.getPrototypeOf(type)) {
    if (Object.hasOwn(type, 'tfResourceType')) return type as unknown as ProviderClass;
  }
  return undefined;
}

function camelCase(key: string): string {
  return key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** The bodies in a fragment, below as many levels of labels. */
function bodiesIn(value: unknown, labels: number): Record<string, unknown>[] {
  if (Array.isArray(value)) return value.flatMap((item) => bodiesIn(item, labels));
  if (!isObject(value)) return [];
  return labels === 0 ? [value] : Object.values(value).flatMap((inner) => bodiesIn(inner, labels - 1));
}

/** The attributes that a class writes for a configuration, in a stack of its own so that nothing else changes. */
function synthesizedAttributes(type: ProviderClass, config: object): Record<string, unknown> | undefined {
  try {
    const instance = new type(new TerraformStack(new RootConstruct(), 'probe'), 'probe', config);
    const { resource, data, ephemeral, provider } = instance.toHclTerraform() as Record<string, unknown>;
    const [body] = bodiesIn(provider, 1).concat(
      [resource, data, ephemeral].flatMap((value) => bodiesIn(value, 2)),
    );
    return body;
  } catch {
    return undefined;
  }
}

function contents(
  attributes: Record<string, unknown> | undefined,
  path: readonly string[],
): Record<string, unknown> | undefined {
  let found: unknown = attributes;
  for (const key of path) {
    const entry = isObject(found) ? found[key] : undefined;
    const value = isObject(entry) ? entry.value : undefined;
    found = Array.isArray(value) ? value[0] : value;
  }
  return isObject(found) ? found : undefined;
}

/**
 * Asks generated provider classes how a key is written, by giving a throw-away instance that key alone and reading
 * its `toHclTerraform()`. Needed where an override has replaced the element's own account of it.
 */
export class Probe {
  private readonly known = new Map<ProviderClass, Map<string, Wrapped | undefined>>();

  /** The kind of the key at the end of `path`, or undefined if the class does not know it. */
  kind(type: ProviderClass, path: readonly string[]): KeyKind | undefined {
    return this.ask(type, path)?.kind;
  }

  private ask(type: ProviderClass, path: readonly string[]): Wrapped | undefined {
    const answers = this.known.get(type) ?? new Map<string, Wrapped | undefined>();
    this.known.set(type, answers);
    const id = path.join('.');
    if (!answers.has(id)) answers.set(id, this.find(type, path));
    return answers.get(id);
  }

  private find(type: ProviderClass, path: readonly string[]): Wrapped | undefined {
    const key = path.at(-1) ?? '';
    const parents = path.slice(0, -1);
    const parent = parents.length === 0 ? (content: object) => content : this.ask(type, parents)?.holding;
    if (parent === undefined) return undefined;
    const wrappers = [(content: object) => [content], (content: object) => content];
    for (const wrap of wrappers) {
      const holding = (content: object) => parent({ [camelCase(key)]: wrap(content) });
      const attributes = synthesizedAttributes(type, holding({}));
      const entry = contents(attributes, parents)?.[key];
      if (entry === undefined) continue;
      if (!isObject(entry) || (entry.isBlock ?? entry.is_block) !== true)
        return { kind: 'attribute', holding };
      const inner = contents(attributes, path);
      const nullable = Object.values(inner ?? {}).some((item) => isObject(item) && item.value === null);
      return { kind: nullable ? 'attribute-as-block' : 'block', holding };
    }
    return undefined;
  }
}
