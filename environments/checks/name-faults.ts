import { type NamedKind, nameLimits } from '../../constructs/names';
import { derivedNames, excess, type SettingName } from './derived-names';
import { called, type Fault } from './fault';
import type { Labelled } from './plain-data';
import { textOf, valueAt } from './reading';
import { shown } from './shown';

/** Names that are too long for AWS, and names that two resources would share. */
export function nameFaults(environments: readonly Labelled[]): readonly Fault[] {
  const names = environments.map((environment) => ({ environment, names: derivedNames(environment.data) }));
  return [
    ...names.flatMap(({ environment, names: own }) => tooLong(environment.label, own)),
    ...shared(names.flatMap(({ environment, names: own }) => own.map((name) => ({ environment, name })))),
  ];
}

/** One fault a setting: of the name that is the furthest over its limit. */
function tooLong(label: string, names: readonly SettingName[]): readonly Fault[] {
  const worst = new Map<string, SettingName>();
  for (const name of names) {
    const other = worst.get(name.field);
    if (excess(name) > 0 && (!other || excess(name) > excess(other))) worst.set(name.field, name);
  }
  return [...worst.values()].map((name) => ({
    environment: label,
    field: name.field,
    value: name.setting,
    rule: `names the ${name.kind} ${shown(name.name)}, ${name.name.length} characters, and AWS takes ${nameLimits[name.kind]}: shorten it by ${excess(name)}${name.field === 'name' ? '' : ", or the environment's name"}`,
  }));
}

interface Placed {
  readonly environment: Labelled;
  readonly name: SettingName;
}

function shared(names: readonly Placed[]): readonly Fault[] {
  const first = new Map<string, Placed>();
  const faults = names.flatMap((placed): readonly (Fault & { readonly pair: string })[] => {
    const { kind, name } = placed.name;
    const key = JSON.stringify([kind, name, ...within(kind, placed.environment.data)]);
    const other = first.get(key);
    if (!other) first.set(key, placed);
    if (!other || isRepeatedSetting(other, placed)) return [];
    const { environment, name: own } = placed;
    const there = `${other.name.field}${other.environment === environment ? '' : ` of ${called(other.environment.label)}`}`;
    return [
      {
        environment: environment.label,
        field: own.field,
        value: own.setting,
        rule: `names the ${kind} ${shown(name)}, and so does ${there}: let the names differ`,
        pair: JSON.stringify([environment.label, own.field, there]),
      },
    ];
  });
  return onePerPair(faults);
}

/** Where a name must be the only one of its kind. */
function within(kind: NamedKind, environment: unknown): readonly (string | undefined)[] {
  const accountId = textOf(valueAt(environment, 'accountId'));
  if (kind === 'bucket') return [];
  return kind === 'role' ? [accountId] : [accountId, textOf(valueAt(environment, 'region'))];
}

/** The same name of the same list is a fault of its own already. */
function isRepeatedSetting(a: Placed, b: Placed): boolean {
  const listOf = ({ name }: Placed) => name.field.replace(/\[\d+\]\.name$/, '');
  const prefix = ({ environment }: Placed) => textOf(valueAt(environment.data, 'name'));
  return listOf(a) === listOf(b) && a.name.setting === b.name.setting && prefix(a) === prefix(b);
}

function onePerPair(faults: readonly (Fault & { readonly pair: string })[]): readonly Fault[] {
  const pairs = new Set<string>();
  return faults.flatMap(({ pair, ...fault }) => {
    if (pairs.has(pair)) return [];
    pairs.add(pair);
    return [fault];
  });
}
