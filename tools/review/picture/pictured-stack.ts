import type { Marks } from './marks';
import type { PicturedPart, PicturedStack } from './picture';
import type { System } from './system';

/** A stack, with what changes of it that is no part of a flow. */
export function picturedStack(
  id: string,
  versions: readonly [base: System, head: System],
  callers: readonly PicturedPart[],
  parts: readonly PicturedPart[],
  marks: Marks,
): PicturedStack {
  const told = new Set(
    versions.flatMap((version) =>
      [...version.parts.values()]
        .filter(({ stackId }) => stackId === id)
        .flatMap(({ address, behind }) => [...(address === undefined ? [] : [address]), ...behind]),
    ),
  );
  const ofStack = parts.filter(({ stackId }) => stackId === id);
  const marked = new Set(ofStack.map(({ mark }) => mark));
  const [only] = marked;
  // A stack that is new or gone as a whole is told by its parts.
  const isWhole = marked.size === 1 && (only === 'added' || only === 'gone');
  // What the API policy says is who calls.
  const isCallersTold =
    callers.some(({ stackId, mark }) => stackId === id && mark !== undefined) ||
    ofStack.some(({ kind, mark }) => kind === 'route' && (mark === 'added' || mark === 'gone'));
  const what = marks.beside(id, told).filter((word) => !(isCallersTold && word === 'API policy'));
  if (isWhole) return { id, mark: only, what: [] };
  return { id, mark: what.length > 0 ? 'changed' : undefined, what };
}
