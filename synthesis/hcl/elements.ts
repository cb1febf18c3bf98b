import { TerraformElement, TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { transparentId } from '../readable-names';
import { entries, isObject } from './json';
import { BUILT_IN_TYPES, LANGUAGE } from './language';
import { type KeyKind, Probe, type ProviderClass, providerClass } from './probe';
import { Schema } from './schema';

/** A construct that contributes to the configuration, and one block that it contributes. */
export interface Contribution {
  readonly element: TerraformElement;
  /** The section and labels of the block, as `address` joins them. */
  readonly address: string;
  /** The metadata of the block's body. */
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** One string for a section of the configuration and the labels of a block in it. */
export function address(section: string, labels: readonly string[]): string {
  return [section, ...labels].join('/');
}

/** The construct's path within its stack; what is the construct around it, by its id, adds nothing. */
export function pathInStack(stack: TerraformStack, element: IConstruct): string {
  const ids = element.node.scopes.slice(stack.node.scopes.length).map((scope) => scope.node.id);
  const telling = ids.filter((id) => id !== transparentId);
  return (telling.length > 0 ? telling : ids).join('/');
}

function elementsOf(construct: IConstruct): TerraformElement[] {
  const own = TerraformElement.isTerraformElement(construct) ? [construct as TerraformElement] : [];
  return [
    ...own,
    ...construct.node.children.filter((child) => !TerraformStack.isStack(child)).flatMap(elementsOf),
  ];
}

/** The bodies in a fragment of metadata, with the labels that lead to them. */
function bodies(
  value: unknown,
  labels: number,
  found: readonly string[] = [],
): [readonly string[], Record<string, unknown>][] {
  if (Array.isArray(value)) return value.flatMap((item) => bodies(item, labels, found));
  if (!isObject(value)) return [];
  if (labels === 0) return [[found, value]];
  return entries(value).flatMap(([label, inner]) => bodies(inner, labels - 1, [...found, label]));
}

/** Every block that the stack's elements say they contribute, in the order of the construct tree. */
export function contributions(stack: TerraformStack): readonly Contribution[] {
  return elementsOf(stack).flatMap((element) =>
    entries(element.toHclTerraform()).flatMap(([section, value]) =>
      section === 'terraform'
        ? []
        : bodies(value, LANGUAGE[section]?.labels ?? 0).map(([labels, metadata]) => ({
            element,
            address: address(section, labels),
            metadata,
          })),
    ),
  );
}

function overriddenKeys(element: TerraformElement): ReadonlySet<string> {
  const { overrides } = element.toMetadata() as { readonly overrides?: Record<string, readonly string[]> };
  return new Set(Object.values(overrides ?? {}).flat());
}

/** Knows for every block of a stack which of its keys are nested blocks. */
export class Schemas {
  private readonly probe = new Probe();
  private readonly classes = new Map<string, ProviderClass>();

  constructor(found: readonly Contribution[]) {
    for (const { element, address: of } of found) {
      const type = providerClass(element);
      const key = of.split('/').slice(0, 2).join('/');
      if (type !== undefined && !this.classes.has(key)) this.classes.set(key, type);
    }
  }

  /** The schema of a block, from the elements that contribute to it and their provider's class. */
  of(section: string, type: string, found: readonly Contribution[]): Schema {
    const providerType = this.classes.get(address(section, [type]));
    const ask = (path: readonly string[], hasValue: boolean): KeyKind | undefined => {
      if (BUILT_IN_TYPES.has(type)) return 'attribute';
      // What a class itself gives without saying that it is a block is an argument; an override says nothing.
      const [key = '', ...deeper] = path;
      const own =
        deeper.length === 0 && hasValue && !found.some(({ element }) => overriddenKeys(element).has(key));
      if (own) return 'attribute';
      return providerType && this.probe.kind(providerType, path);
    };
    return new Schema(
      found.map(({ metadata }) => metadata),
      { ask, ofType: (otherSection, otherType) => this.of(otherSection, otherType, []) },
    );
  }
}
