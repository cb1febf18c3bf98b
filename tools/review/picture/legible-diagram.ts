import { type Counted, type Drawing, diagram } from './diagram';
import { byWeight, flowsOf, type PicturedFlow } from './flows';
import type { Mark, Picture } from './picture';

/** Nodes of a picture that is taken in at a glance. */
export const mostNodes = 40;

/** Characters of it; Mermaid itself ends at 50,000. */
export const mostCharacters = 12_000;

/** Stacks that change in nothing that is drawn; those of a picture are few. */
const mostStacks = 8;

/**
 * A picture as Mermaid, small enough to be drawn and read: one that is too large shows the flows that change,
 * as many as there is room for, and counts the others.
 */
export function legibleDiagram(picture: Picture): string {
  const whole = { picture, counted: [] };
  if (isLegible(whole)) return diagram(whole);
  const flows = flowsOf(picture);
  const shown = new Set<PicturedFlow>();
  let drawing = partly(picture, flows, shown);
  for (const flow of flows) {
    if (flow.mark === undefined) break;
    const larger = partly(picture, flows, new Set([...shown, flow]));
    if (!isLegible(larger)) continue;
    shown.add(flow);
    drawing = larger;
  }
  return diagram(drawing);
}

const isLegible = (drawing: Drawing): boolean => {
  const { stacks, parts } = drawing.picture;
  const empty = stacks.filter((stack) => !parts.some(({ stackId }) => stackId === stack.id));
  const nodes = parts.length + empty.length + drawing.counted.length;
  return nodes <= mostNodes && diagram(drawing).length <= mostCharacters;
};

/** What some flows pass through, and how many others there are. */
function partly(
  { environment, stacks, parts, arrows }: Picture,
  flows: readonly PicturedFlow[],
  shown: ReadonlySet<PicturedFlow>,
): Drawing {
  const keys = new Set([...shown].flatMap((flow) => [...flow.parts]));
  const drawn = parts.filter(({ key }) => keys.has(key));
  const drawnIn = new Set(drawn.map(({ stackId }) => stackId));
  const empty = stacks.filter(({ id, mark }) => mark !== undefined && !drawnIn.has(id));
  const left = new Set(empty.slice(mostStacks));
  return {
    picture: {
      environment,
      stacks: stacks.filter((stack) => drawnIn.has(stack.id) || (empty.includes(stack) && !left.has(stack))),
      parts: drawn,
      arrows: arrows.filter(({ from, to }) => keys.has(from) && keys.has(to)),
    },
    counted: [
      ...counted(
        flows.filter((flow) => !shown.has(flow)),
        ['flow', 'flows'],
      ),
      ...counted([...left], ['stack', 'stacks']),
    ],
  };
}

function counted(
  things: readonly { readonly mark: Mark | undefined }[],
  noun: Counted['noun'],
): readonly Counted[] {
  return [...byWeight, undefined].flatMap((mark) => {
    const count = things.filter((thing) => thing.mark === mark).length;
    return count === 0 ? [] : [{ mark, count, noun }];
  });
}
