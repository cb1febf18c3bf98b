import type { FoundChange, StackChanges } from './found-change';
import { nameIn } from './resource-name';
import { isStateful } from './stateful';

/** A resource that Terraform would destroy and make again, only because its address is another one. */
export interface Move {
  readonly stackId: string;
  readonly type: string;
  readonly from: string;
  readonly to: string;
  readonly name: string | undefined;
}

/**
 * What goes and comes again under the same name, and what stands beside it: what is called `a_queue` and becomes
 * `b_queue` takes its `a_queue_policy` with it.
 */
export function movesIn(stack: StackChanges): readonly Move[] {
  const { gone, come } = goneAndCome(stack);
  const byName = new Map(come.map((change) => [nameKey(change, stack.head), change]));
  const named = gone.flatMap((change) => {
    const key = nameKey(change, stack.base);
    const to = key === undefined ? undefined : byName.get(key);
    return to ? [{ change, to }] : [];
  });
  const byAddress = new Map(come.map((change) => [change.address, change]));
  const prefixes = [...new Map(named.map(prefixOf).map((pair) => [pair.join(' '), pair])).values()];
  const pairs = new Map(named.map(({ change, to }) => [change.address, to]));
  const taken = new Set(named.map(({ to }) => to.address));
  for (const { address, type } of gone) {
    if (pairs.has(address)) continue;
    const label = address.slice(type.length + 1);
    const to = prefixes
      .filter(([from]) => label.startsWith(from))
      .map(([from, prefix]) => byAddress.get(`${type}.${prefix}${label.slice(from.length)}`))
      .find((found) => found && !taken.has(found.address) && nameKey(found, stack.head) === undefined);
    if (!to) continue;
    pairs.set(address, to);
    taken.add(to.address);
  }
  return gone.flatMap(({ address, type, name }) => {
    const to = pairs.get(address);
    return to ? [{ stackId: stack.stackId, type, from: address, to: to.address, name }] : [];
  });
}

/** What makes Terraform take the one for the other. https://developer.hashicorp.com/terraform/language/block/moved */
export const movedBlocks = (moves: readonly Move[]): string =>
  moves.map(({ from, to }) => `moved {\n  from = ${from}\n  to   = ${to}\n}`).join('\n\n');

/** Where more than so many pairs are possible, nobody looks for one. */
const mostPairs = 10_000;

/** By the old address what comes in its place under another name: the most alike of its type. */
export function renamesIn(stack: StackChanges, moved: ReadonlySet<string>): ReadonlyMap<string, FoundChange> {
  const { gone, come } = goneAndCome(stack);
  const matters = ({ type, address }: FoundChange) => isStateful(type) && !moved.has(address);
  const [from, to] = [gone.filter(matters), come.filter(matters)];
  if (from.length * to.length > mostPairs) return new Map();
  const pairs = from
    .flatMap((one) =>
      to
        .filter(({ type }) => type === one.type)
        .map((other) => ({ one, other, alike: likeness(one, other, stack) })),
    )
    .filter(({ alike }) => alike >= 1)
    .toSorted((a, b) => b.alike - a.alike);
  const renames = new Map<string, FoundChange>();
  const taken = new Set<string>();
  for (const { one, other } of pairs) {
    if (renames.has(one.address) || taken.has(other.address)) continue;
    renames.set(one.address, other);
    taken.add(other.address);
  }
  return renames;
}

const goneAndCome = ({ changes }: StackChanges) => ({
  gone: changes.filter(({ action }) => action === 'destroy'),
  come: changes.filter(({ action }) => action === 'add'),
});

function nameKey({ address, type }: FoundChange, resources: StackChanges['base']): string | undefined {
  const name = nameIn(resources.get(address)?.attributes ?? {});
  return name === undefined ? undefined : `${type} ${name}`;
}

/** The labels without what they have in common at their end. */
function prefixOf({ change, to }: { readonly change: FoundChange; readonly to: FoundChange }) {
  const [from, other] = [change, to].map(({ address, type }) => address.slice(type.length + 1));
  const common = commonEnd(from ?? '', other ?? '');
  return [from?.slice(0, from.length - common) ?? '', other?.slice(0, other.length - common) ?? ''] as const;
}

function commonEnd(a: string, b: string): number {
  let length = 0;
  while (length < Math.min(a.length, b.length) && a.at(-1 - length) === b.at(-1 - length)) length += 1;
  return length;
}

/** The share of their attributes that are the same, and that of their labels. */
function likeness(from: FoundChange, to: FoundChange, { base, head }: StackChanges): number {
  const [before, after] = [base.get(from.address)?.attributes ?? {}, head.get(to.address)?.attributes ?? {}];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => name !== 'name',
  );
  const same = names.filter((name) => JSON.stringify(before[name]) === JSON.stringify(after[name])).length;
  const end = commonEnd(from.address, to.address) / Math.max(from.address.length, to.address.length);
  return (names.length === 0 ? 1 : same / names.length) + end;
}
