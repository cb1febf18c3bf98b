import type { Mark, Picture, PicturedPart } from './picture';

/** A way that messages take from where they come in to wherever they end. */
export interface PicturedFlow {
  /** Keys of parts; several flows may share a part. */
  readonly parts: ReadonlySet<string>;
  /** Of where it begins, and where that is not marked, whether anything of it is. */
  readonly mark: Mark | undefined;
}

/** The flows of a picture: first those that change, one of each mark in turn, then the others. */
export function flowsOf({ parts, arrows }: Picture): readonly PicturedFlow[] {
  const partOf = new Map(parts.map((part) => [part.key, part]));
  const isOutside = (key: string) => ['callers', 'clients'].includes(partOf.get(key)?.kind ?? '');
  const after = grouped(arrows.map(({ from, to }) => [from, to]));
  const before = grouped(arrows.map(({ from, to }) => [to, from]));
  const follows = new Set(
    arrows.filter(({ from, kind }) => kind !== 'reply' && !isOutside(from)).map(({ to }) => to),
  );
  const marked = new Set(
    arrows.filter(({ mark }) => mark !== undefined).map(({ from, to }) => `${from} ${to}`),
  );
  const seen = new Set<string>();
  const flows: PicturedFlow[] = [];
  const follow = (root: PicturedPart) => {
    const reached = new Set([root.key]);
    for (const key of reached) for (const next of after.get(key) ?? []) reached.add(next);
    for (const key of reached) seen.add(key);
    const callers = (before.get(root.key) ?? []).filter(isOutside);
    const all = new Set([...callers, ...reached]);
    const isMarked =
      [...all].some((key) => partOf.get(key)?.mark !== undefined) ||
      [...reached].some((key) => (after.get(key) ?? []).some((next) => marked.has(`${key} ${next}`)));
    flows.push({ parts: all, mark: root.mark ?? (isMarked ? 'changed' : undefined) });
  };
  const inside = parts.filter(({ key }) => !isOutside(key));
  for (const part of inside) if (!follows.has(part.key)) follow(part);
  // What is left goes round in circles.
  for (const part of inside) if (!seen.has(part.key)) follow(part);
  const [unchanged = [], ...changing] = [undefined, ...byWeight].map((mark) =>
    flows.filter((flow) => flow.mark === mark),
  );
  return [...inTurn(changing), ...unchanged];
}

/** What matters most first. */
export const byWeight: readonly Mark[] = ['replaced', 'gone', 'added', 'changed'];

/** One of each after the other, so that many of one kind leave room for those of another. */
const inTurn = (groups: readonly (readonly PicturedFlow[])[]): readonly PicturedFlow[] =>
  groups
    .flatMap((group, rank) => group.map((flow, index) => ({ flow, index, rank })))
    .sort((one, other) => one.index - other.index || one.rank - other.rank)
    .map(({ flow }) => flow);

function grouped(pairs: readonly (readonly [string, string])[]): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const [key, value] of pairs) {
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return groups;
}
