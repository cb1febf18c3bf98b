import type { Picture, PicturedStack } from './picture';

/** The stacks, those that stand alone last: they would lie between those that belong together. */
export const stacksInOrder = (picture: Picture): readonly PicturedStack[] => {
  const connected = connectedStacks(picture);
  const isConnected = ({ id }: PicturedStack) => connected.has(id);
  return [...picture.stacks.filter(isConnected), ...picture.stacks.filter((stack) => !isConnected(stack))];
};

/**
 * Pairs of parts to be drawn one left of the other. Mermaid arranges a stack by itself where no arrow leaves
 * it, as one wide node in the others' first column; an invisible arrow puts it into the columns of the others.
 */
export function alignments(picture: Picture): readonly (readonly [left: string, right: string])[] {
  const { parts, arrows } = picture;
  const connected = connectedStacks(picture);
  const stackOf = new Map(parts.map(({ key, stackId }) => [key, stackId]));
  const reached = new Set(arrows.map(({ to }) => to));
  return stacksInOrder(picture).flatMap(({ id }) => {
    const first = parts.find(({ key, stackId }) => stackId === id && !reached.has(key));
    const second = arrows.find(({ to }) => stackOf.get(to) !== id)?.to;
    return connected.has(id) || !first || second === undefined ? [] : [[first.key, second] as const];
  });
}

/** The stacks that messages come into or go out of. */
function connectedStacks({ parts, arrows }: Picture): ReadonlySet<string | undefined> {
  const stackOf = new Map(parts.map(({ key, stackId }) => [key, stackId]));
  const ends = arrows.map(({ from, to }) => [stackOf.get(from), stackOf.get(to)] as const);
  return new Set(ends.filter(([from, to]) => from !== to).flat());
}
