import type { PlannedChange, TerraformPlan } from '../../terraform-plan';
import type { ConfiguredResource } from '../configured-stack';
import { type Difference, differences } from '../differences';
import { type FoundChange, isRoutine } from '../found-change';
import { fields } from '../record';
import { referencesIn } from '../references';
import { nameIn, nameOf } from '../resource-name';
import { attributeChange, pathText } from '../value-text';

type Resources = ReadonlyMap<string, ConfiguredResource>;

/** What Terraform plans for a stack's resources, and how many of them only bear other default tags. */
export interface PlannedChanges {
  readonly changes: readonly FoundChange[];
  readonly tagged: number;
}

export function plannedChanges(
  stackId: string,
  plan: TerraformPlan,
  base: Resources,
  head: Resources,
): PlannedChanges {
  const managed = (plan.resource_changes ?? []).filter(({ mode }) => mode === 'managed');
  const replaced = new Set(
    managed
      .filter(({ change }) => actionOf(change.actions) === 'replace')
      .map(({ address }) => plain(address)),
  );
  const roots = rootsOf(managed, head, replaced);
  let tagged = 0;
  const changes = managed.flatMap((planned): FoundChange[] => {
    const { address, type, change } = planned;
    const action = actionOf(change.actions);
    if (action === undefined) return [];
    const configured = head.get(plain(address)) ?? base.get(plain(address));
    const forcedBy = (change.replace_paths ?? []).map(withoutSingleIndexes).map(pathText);
    const found = action === 'change' || action === 'replace' ? told(planned, configured) : [];
    if (action === 'change' && found.length > 0 && found.every(isTag)) {
      tagged += 1;
      return [];
    }
    const attributes = found.filter((difference) => !isTag(difference));
    const becauseOf = roots.get(plain(address));
    return [
      {
        stackId,
        address,
        type,
        action,
        name: nameFrom(planned, base, head),
        attributes: attributes.map(attributeChange),
        forcedBy,
        planned: true,
        unknown: attributes
          .filter(({ path }) => isUnknown(change.after_unknown, path))
          .map(({ path }) => pathText(path)),
        becauseOf,
        routine: becauseOf === undefined && isRoutine(type, forcedBy, change.actions[0] === 'create'),
        reason: planned.action_reason,
      },
    ];
  });
  return { changes, tagged };
}

/** An address without the index that `count` or `for_each` gives it. */
export const plain = (address: string): string => address.replace(/\[[^\]]*\]$/, '');

export function actionOf(actions: readonly string[]): FoundChange['action'] | undefined {
  if (actions.includes('create') && actions.includes('delete')) return 'replace';
  if (actions.includes('create')) return 'add';
  if (actions.includes('delete')) return 'destroy';
  return actions.includes('update') ? 'change' : undefined;
}

function nameFrom({ address, change }: PlannedChange, base: Resources, head: Resources): string | undefined {
  const [before, after] = [base.get(plain(address)), head.get(plain(address))];
  return (
    (after && nameOf(after, head)) ??
    (before && nameOf(before, base)) ??
    nameIn(fields(change.after ?? change.before))
  );
}

/** All tags, with those of the provider: a resource's own are in `tags`. */
const isTag = ({ path }: Difference): boolean => path[0] === 'tags_all';

/**
 * What is worth telling of a change: of what becomes known only after apply, what the configuration writes or what
 * forces the replacement; the rest is what AWS gives each new resource.
 */
function told({ change }: PlannedChange, configured: ConfiguredResource | undefined): readonly Difference[] {
  const forcing = new Set((change.replace_paths ?? []).map(([name]) => name));
  return differences(fields(change.before), fields(change.after)).filter(({ path }) => {
    if (!isUnknown(change.after_unknown, path)) return true;
    const [name = ''] = path;
    return forcing.has(name) || Object.hasOwn(configured?.attributes ?? {}, name);
  });
}

/** `after_unknown` has true in the place of what is not known, however deep. */
function isUnknown(unknown: unknown, path: readonly (string | number)[]): boolean {
  let at = unknown;
  for (const step of path) {
    if (at === true) return true;
    if (Array.isArray(at) && typeof step === 'string') at = at[0];
    at = typeof at === 'object' && at !== null ? (at as Record<string | number, unknown>)[step] : undefined;
  }
  return at === true;
}

/** Those of blocks of which there is one: `["endpoint_configuration", 0, "types"]` is written without the 0. */
const withoutSingleIndexes = (path: readonly (string | number)[]) => path.filter((step) => step !== 0);

/** Which are replaced only because what they refer to is: each with the one that it began with. */
function rootsOf(
  managed: readonly PlannedChange[],
  head: Resources,
  replaced: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const causes = new Map<string, string>();
  for (const { address, change } of managed) {
    const paths = change.replace_paths ?? [];
    if (!replaced.has(plain(address)) || paths.length === 0) continue;
    if (!paths.every((path) => isUnknown(change.after_unknown, path))) continue;
    const attributes = head.get(plain(address))?.attributes ?? {};
    const cause = paths
      .flatMap(([name = '']) => referencesIn(JSON.stringify(attributes[name] ?? '')))
      .find((reference) => replaced.has(reference.address) && reference.address !== plain(address));
    if (cause) causes.set(plain(address), cause.address);
  }
  const roots = new Map<string, string>();
  for (const address of causes.keys()) {
    const passed = new Set([address]);
    let root = causes.get(address);
    for (let next = root; next !== undefined && !passed.has(next); next = causes.get(next)) {
      passed.add(next);
      root = next;
    }
    if (root !== undefined) roots.set(address, root);
  }
  return roots;
}
