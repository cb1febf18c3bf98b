import type { Mark, PicturedArrow, PicturedPart } from './picture';
import type { Part } from './system';

/** A route of both versions; one of them is absent where it is new or gone. */
export interface PicturedRoute {
  readonly key: string;
  readonly stackId: string;
  readonly mark: Mark | undefined;
  readonly before: Part | undefined;
  readonly after: Part | undefined;
}

/** Who calls the routes: one part for all of the same allow-list, each address with what happens to it. */
export function picturedCallers(routes: readonly PicturedRoute[]): {
  readonly parts: readonly PicturedPart[];
  readonly arrows: readonly PicturedArrow[];
} {
  const groups = new Map<string, PicturedRoute[]>();
  const both = new Set(routes.filter(({ before, after }) => before && after).map(groupKey));
  for (const route of routes) {
    // A new route for known callers is no new callers.
    const known = groupKey({
      ...route,
      before: route.before ?? route.after,
      after: route.after ?? route.before,
    });
    const key = both.has(known) ? known : groupKey(route);
    groups.set(key, [...(groups.get(key) ?? []), route]);
  }
  const parts = [...groups].map(([key, members]) => callersPart(key, members));
  return {
    parts,
    arrows: [...groups].flatMap(([key, members]) =>
      members.map(({ key: to, mark }) => ({
        from: key,
        to,
        kind: 'messages' as const,
        label: undefined,
        mark: mark === 'added' || mark === 'gone' ? mark : undefined,
      })),
    ),
  };
}

const groupKey = ({ stackId, before, after }: PicturedRoute): string =>
  `${stackId}/callers/${JSON.stringify([before?.callers, after?.callers])}`;

function callersPart(key: string, members: readonly PicturedRoute[]): PicturedPart {
  const [first] = members as [PicturedRoute];
  const typical = members.find((route) => route.before && route.after) ?? first;
  const before = (typical.before ?? typical.after)?.callers ?? [];
  const after = (typical.after ?? typical.before)?.callers ?? [];
  const added = after.filter((address) => !before.includes(address));
  const gone = before.filter((address) => !after.includes(address));
  const isShared = members.every(({ mark }) => mark === first.mark);
  const shared = isShared && (first.mark === 'added' || first.mark === 'gone') ? first.mark : undefined;
  return {
    key,
    stackId: first.stackId,
    kind: 'callers',
    name: 'callers',
    details: [
      ...added.map((address) => `+ ${address}`),
      ...gone.map((address) => `− ${address}`),
      ...after.filter((address) => before.includes(address)),
    ],
    mark: added.length + gone.length > 0 ? 'changed' : shared,
    what: [],
  };
}
