import type { ConfiguredResource } from './configured-stack';
import { forcesWhenUnknown } from './forces-replacement';
import { isFields } from './record';
import { referencesIn } from './references';

/** An attribute that is made of what AWS gives another resource. */
interface Use {
  readonly address: string;
  readonly path: readonly (string | number)[];
}

/** What a replaced resource brings about in another: what it is known by changes. */
export interface Spread extends Use {
  /** The replaced resource that all of it began with. */
  readonly root: string;
  /** Whether the other is replaced by it, too. */
  readonly replaces: boolean;
}

/**
 * What else is changed or replaced because resources are replaced: whatever AWS gives a resource is not known before
 * it is made anew, and an attribute that forces a replacement does so when its value is not known, too.
 * @param replaced for reasons of their own
 */
export function spreadOf(
  replaced: readonly string[],
  resources: ReadonlyMap<string, ConfiguredResource>,
): readonly Spread[] {
  if (replaced.length === 0) return [];
  const uses = usesOf(resources);
  const roots = new Map(replaced.map((address) => [address, address]));
  const spread: Spread[] = [];
  // A map goes on to what is added to it on the way.
  for (const [from, root] of roots) {
    for (const { address, path } of uses.get(from) ?? []) {
      const names = path.filter((step) => typeof step === 'string');
      const replaces = forcesWhenUnknown(resources.get(address)?.type ?? '', names);
      spread.push({ address, path, root, replaces });
      if (replaces && !roots.has(address)) roots.set(address, root);
    }
  }
  return spread;
}

/** By the address of what is referred to. What the configuration says is resolved already. */
function usesOf(resources: ReadonlyMap<string, ConfiguredResource>): ReadonlyMap<string, readonly Use[]> {
  const uses = new Map<string, Use[]>();
  const visit = (address: string, value: unknown, path: readonly (string | number)[]): void => {
    if (typeof value === 'string') {
      for (const to of new Set(referencesIn(value).map((reference) => reference.address))) {
        const others = uses.get(to);
        if (others) others.push({ address, path });
        else uses.set(to, [{ address, path }]);
      }
    } else if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) visit(address, item, [...path, index]);
    } else if (isFields(value)) {
      for (const [name, inner] of Object.entries(value)) visit(address, inner, [...path, name]);
    }
  };
  for (const { address, attributes } of resources.values()) visit(address, attributes, []);
  return uses;
}
