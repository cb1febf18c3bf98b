import type { Mark, PicturedArrow } from './picture';
import type { Arrow, System } from './system';

/** The arrows of both versions; marked is what only one of them has. */
export function picturedArrows(base: System, head: System, markOf: MarkOf): readonly PicturedArrow[] {
  const id = ({ from, to, kind }: Arrow) => `${from} ${to} ${kind}`;
  const [before, after] = [base, head].map(
    ({ arrows }) => new Map(arrows.map((arrow) => [id(arrow), arrow])),
  );
  const all = new Map([...(before ?? []), ...(after ?? [])]);
  const order = [...new Set([...head.arrows, ...base.arrows].map(id))];
  return order.flatMap((key): readonly PicturedArrow[] => {
    const arrow = all.get(key);
    // What begins or ends at no ARN is not known.
    if (!arrow || !markOf.has(arrow.from) || !markOf.has(arrow.to)) return [];
    const mark = before?.has(key) ? (after?.has(key) ? undefined : 'gone') : 'added';
    if (mark === undefined) return [{ ...arrow, mark: isAnew(arrow, markOf) ? 'added' : undefined }];
    const lacking = mark === 'added' ? base : head;
    return [{ ...arrow, mark: isSure(mark, arrow, lacking, markOf) ? mark : undefined }];
  });
}

type MarkOf = ReadonlyMap<string, Mark | undefined>;

/** In another region, both versions have what is new. */
const isAnew = ({ from, to }: Arrow, markOf: MarkOf): boolean =>
  markOf.get(from) === 'added' || markOf.get(to) === 'added';

/** A version that could not be read in full lacks arrows of parts that it lacks. */
const isSure = (mark: Mark, { from, to }: Arrow, lacking: System, markOf: MarkOf): boolean =>
  markOf.get(from) === mark ||
  markOf.get(to) === mark ||
  [from, to].every((end) => end.startsWith('arn:') || lacking.parts.has(end));
