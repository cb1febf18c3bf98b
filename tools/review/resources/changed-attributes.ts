import { code, joined, type Markdown, md } from '../markdown/markdown';
import type { FoundChange } from './found-change';
import { called, kindOf, rankOf } from './kind';
import type { AttributeChange } from './resource-change';
import { isName } from './resource-name';

/** Of how many resources with the same change the names are shown. */
const most = 3;

interface Row {
  readonly attribute: AttributeChange;
  readonly unknown: boolean;
  readonly changes: FoundChange[];
}

export interface ChangedAttributes {
  /** Resource, attribute, before, after. */
  readonly rows: readonly (readonly Markdown[])[];
  /** How many have no row, since they only carry another name or another region than before. */
  readonly following: number;
}

/**
 * What changes in place and what forces replacements, the most important first. The same change of several resources is
 * one row; what only follows from what AWS gives another resource is none.
 * @param elsewhere what is another text everywhere, such as a region
 */
export function changedAttributes(
  changes: readonly FoundChange[],
  elsewhere: readonly (readonly [before: string, after: string])[],
): ChangedAttributes {
  const follows = following([...changes.flatMap(renamings), ...elsewhere]);
  const rows = new Map<string, Row>();
  let left = 0;
  for (const change of changes) {
    if (change.routine) continue;
    for (const attribute of change.attributes) {
      const { path, before, after } = attribute;
      const unknown = change.unknown.includes(path);
      if (unknown && before === undefined) continue;
      if (!forces(change, path) && follows(before, after)) {
        left += 1;
        continue;
      }
      const key = JSON.stringify([change.type, path, before ?? null, after ?? null, unknown]);
      const same = rows.get(key);
      if (same) same.changes.push(change);
      else rows.set(key, { attribute, unknown, changes: [change] });
    }
  }
  const sorted = [...rows.values()].toSorted((a, b) => rankOfRow(a) - rankOfRow(b));
  return { rows: sorted.map(cells), following: left };
}

const rankOfRow = ({ changes: [first] }: Row): number => rankOf(first?.type ?? '');

function cells({ attribute: { path, before, after }, unknown, changes }: Row): readonly Markdown[] {
  return [
    resources(changes),
    changes.some((change) => forces(change, path)) ? md`${code(path)} (replaces)` : code(path),
    before === undefined ? md`` : code(before),
    unknown ? md`known after apply` : after === undefined ? md`` : code(after),
  ];
}

const forces = ({ forcedBy }: FoundChange, path: string): boolean =>
  forcedBy.some((forcing) => path === forcing || path.startsWith(`${forcing}.`));

/** The new names of replaced resources. */
const renamings = (change: FoundChange): readonly (readonly [string, string])[] =>
  change.attributes.flatMap(({ path, before, after }) =>
    isName(path) && forces(change, path) && before && after ? [[before, after] as const] : [],
  );

/** Whether a text is the other one with all that is renamed in it. */
function following(
  renamed: readonly (readonly [before: string, after: string])[],
): (before: string | undefined, after: string | undefined) => boolean {
  const names = new Map(renamed);
  // The longest first: one name may be the beginning of another.
  const all = [...names.keys()].toSorted((a, b) => b.length - a.length).map(escaped);
  if (all.length === 0) return () => false;
  const any = new RegExp(all.join('|'), 'g');
  return (before, after) =>
    before !== undefined && before.replace(any, (name) => names.get(name) ?? name) === after;
}

const escaped = (plain: string) => plain.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function resources(changes: readonly FoundChange[]): Markdown {
  const [first] = changes;
  if (changes.length === 1 && first) return md`${called(first)}`;
  const names = [...new Set(changes.map(({ name, address }) => name ?? address))];
  const more = names.length > most ? md` and ${names.length - most} more` : md``;
  const [, several] = kindOf(first?.type ?? '');
  return md`${changes.length} ${several}: ${joined(names.slice(0, most).map((name) => md`${name}`))}${more}`;
}
