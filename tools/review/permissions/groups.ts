import { groupsOf } from '../groups';
import type { PermissionChange } from './permission-change';
import type { Owner } from './policies/owned-statements';
import { ownerName, type Sentence } from './words/sentence';

/** Changes that are told as one: all of an owner that comes or goes, or the same change of several owners. */
export interface ChangeGroup {
  readonly owners: readonly Owner[];
  /** Those of the first owner; the others' differ only in names. */
  readonly changes: readonly PermissionChange[];
  /** With the names of all; several owners that do something themselves are `each`. */
  readonly gained: readonly Sentence[];
  readonly lost: readonly Sentence[];
}

export function changeGroups(changes: readonly PermissionChange[]): readonly ChangeGroup[] {
  const units = groupsOf(changes, (change) =>
    change.ownerIs === 'there' ? nextUnit(change) : `${change.ownerIs} ${nameOf(change)}`,
  );
  return groupsOf(units, (unit) => JSON.stringify(unit.map(shapeOf))).map((alike): ChangeGroup => {
    const sentences = (kind: 'gained' | 'lost') =>
      merged(
        alike.map((unit) => unit.flatMap((change) => change[kind].map((one) => byName(one, change, alike)))),
      );
    return {
      owners: alike.flatMap(([first]) => first?.owner ?? []),
      changes: alike[0] ?? [],
      gained: sentences('gained'),
      lost: sentences('lost'),
    };
  });
}

/** A statement of an owner that stays is told by itself. */
const nextUnit = (change: PermissionChange): string => JSON.stringify([nameOf(change), change]);

const nameOf = ({ stackId, owner }: PermissionChange) => `${stackId} ${owner.kind} ${owner.name}`;

/** A change without the names that differ from one owner to the next. */
function shapeOf({ owner, about, ownerIs, change, unread, before, after, ...told }: PermissionChange) {
  const sentences = (all: readonly Sentence[]) =>
    all.map(({ who, resources, ...rest }) => ({
      ...rest,
      who: kindOf(who),
      resources: resources.map(kindOf),
    }));
  return [
    owner.kind,
    about,
    ownerIs,
    change,
    unread && [before, after],
    sentences(told.gained),
    sentences(told.lost),
    told.alarms,
  ];
}

/** `queue orders` is some queue; what has a wildcard in it says more than a name. */
const kindOf = (name: string): string =>
  name.includes('*') ? name : name.replace(/^(queue|role|function|bucket|topic|table|pipe|key) \S+$/, '$1');

const byName = (sentence: Sentence, { owner }: PermissionChange, alike: readonly unknown[]): Sentence =>
  alike.length > 1 && sentence.who === ownerName(owner) ? { ...sentence, who: 'each' } : sentence;

/** Sentences that say the same with other names, as one with all the names. */
function merged(units: readonly (readonly Sentence[])[]): readonly Sentence[] {
  const [first = []] = units;
  return first.map((sentence, index) => {
    const alike = units.flatMap((unit) => unit[index] ?? []);
    const resources = [...new Set(alike.flatMap((one) => one.resources))];
    return {
      ...sentence,
      who: [...new Set(alike.map(({ who }) => who))].join(', '),
      resources,
      ...(resources.length > sentence.resources.length && { note: sentence.note ?? 'each on its own' }),
    };
  });
}
