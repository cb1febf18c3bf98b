import type { ConfiguredResource } from './configured-stack';
import { type Difference, differences } from './differences';
import { forcesReplacement } from './forces-replacement';
import { type FoundChange, isRoutine } from './found-change';
import { nameOf } from './resource-name';
import { type Spread, spreadOf } from './spread';
import { attributeChange, pathText } from './value-text';

type Resources = ReadonlyMap<string, ConfiguredResource>;

/**
 * What the two configurations say of a stack's resources.
 * @param moves by the new address the old one, as `moved` blocks say
 */
export function configuredChanges(
  stackId: string,
  base: Resources,
  head: Resources,
  moves: ReadonlyMap<string, string>,
): readonly FoundChange[] {
  const common = { stackId, unknown: [], becauseOf: undefined, reason: undefined, planned: false };
  const pairs = [...head.values()].map((after) => {
    const before = base.get(moves.get(after.address) ?? after.address);
    return [before?.type === after.type ? before : undefined, after] as const;
  });
  const there = new Set(pairs.map(([before]) => before?.address));
  const compared = pairs.flatMap(([before, after]) =>
    before ? [{ after, found: compare(before, after) }] : [],
  );
  const replaced = compared.filter(({ found }) => found.some(({ forces }) => forces));
  const spread = byAddress(
    spreadOf(
      replaced.map(({ after }) => after.address),
      head,
    ),
  );
  const same = compared.flatMap(({ after, found }): FoundChange[] => {
    const forcing = found.filter(({ forces }) => forces).map(({ path }) => pathText(path));
    const spreadHere = spread.get(after.address) ?? [];
    if (found.length === 0 && spreadHere.length === 0) return [];
    const becauseOf = forcing.length > 0 ? undefined : spreadHere.find(({ replaces }) => replaces)?.root;
    const forcedBy = [
      ...new Set([
        ...forcing,
        ...spreadHere.filter(({ replaces }) => replaces).map(({ path }) => pathText(path)),
      ]),
    ];
    const own = found.map(attributeChange);
    const unknown = [...new Set(spreadHere.map(({ path }) => pathText(path)))].filter(
      (path) => !own.some((change) => change.path === path),
    );
    return [
      {
        ...common,
        address: after.address,
        type: after.type,
        action: forcedBy.length > 0 ? 'replace' : 'change',
        name: nameOf(after, head),
        attributes: [...own, ...unknown.map((path) => ({ path, before: undefined, after: undefined }))],
        forcedBy,
        unknown,
        becauseOf,
        routine: becauseOf === undefined && isRoutine(after.type, forcedBy, after.createsBeforeDestroy),
      },
    ];
  });
  const whole = (action: 'add' | 'destroy', of: ConfiguredResource, resources: Resources): FoundChange => ({
    ...common,
    address: of.address,
    type: of.type,
    action,
    name: nameOf(of, resources),
    attributes: [],
    forcedBy: [],
    routine: false,
  });
  return [
    ...pairs.flatMap(([before, after]) => (before ? [] : [whole('add', after, head)])),
    ...same,
    ...[...base.values()].flatMap((gone) => (there.has(gone.address) ? [] : [whole('destroy', gone, base)])),
  ];
}

interface Found extends Difference {
  readonly forces: boolean;
}

function compare(before: ConfiguredResource, after: ConfiguredResource): readonly Found[] {
  const { ignores } = after;
  if (ignores === 'all') return [];
  const names = new Set([...Object.keys(before.attributes), ...Object.keys(after.attributes)]);
  return [...names]
    .filter((name) => !ignores.includes(name))
    .flatMap((name) => differences(before.attributes[name], after.attributes[name], [name]))
    .map((difference) => ({
      ...difference,
      forces:
        forcesReplacement(
          after.type,
          difference.path.filter((step) => typeof step === 'string'),
          difference.before,
          difference.after,
        ) ?? false,
    }));
}

function byAddress(spread: readonly Spread[]): ReadonlyMap<string, readonly Spread[]> {
  const found = new Map<string, Spread[]>();
  for (const one of spread) {
    const others = found.get(one.address);
    if (others) others.push(one);
    else found.set(one.address, [one]);
  }
  return found;
}
