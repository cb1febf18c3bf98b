import type { Marks } from './marks';
import type { Picture, PicturedPart } from './picture';
import { picturedArrows } from './pictured-arrows';
import { picturedCallers } from './pictured-callers';
import { picturedStack } from './pictured-stack';
import type { Part, System } from './system';

/** Both versions of an environment in one picture: what is there now, and what was there and is no more. */
export function pictureOf(
  environment: string,
  stackIds: readonly string[],
  base: System,
  head: System,
  marks: Marks,
): Picture {
  const parts = [...new Set([...head.parts.keys(), ...base.parts.keys()])].map((key) =>
    picturedPart(base.parts.get(key), head.parts.get(key), marks),
  );
  const markOf = new Map(parts.map(({ key, mark }) => [key, mark]));
  const callers = picturedCallers(
    parts.flatMap(({ key, stackId, kind, mark }) =>
      kind === 'route' && stackId !== undefined
        ? [{ key, stackId, mark, before: base.parts.get(key), after: head.parts.get(key) }]
        : [],
    ),
  );
  return {
    environment,
    stacks: stackIds.map((id) => picturedStack(id, [base, head], callers.parts, parts, marks)),
    parts: [...callers.parts, ...parts],
    arrows: [...callers.arrows, ...picturedArrows(base, head, markOf)],
  };
}

function picturedPart(before: Part | undefined, after: Part | undefined, marks: Marks): PicturedPart {
  const { key, stackId, kind, name, details, address } = (after ?? before) as Part;
  const behind = [...new Set([...(after?.behind ?? []), ...(before?.behind ?? [])])];
  const { mark, what } =
    stackId === undefined || address === undefined ? unmarked : marks.ofPart(stackId, address, behind);
  const part = { key, stackId, kind, name, details };
  // Clients come and go with their API, and are none of its settings.
  if (kind !== 'clients' || mark === 'added' || mark === 'gone') return { ...part, mark, what };
  const isSame = !before || !after || before.name === after.name;
  return { ...part, mark: isSame ? undefined : 'changed', what: [] };
}

const unmarked = { mark: undefined, what: [] };
