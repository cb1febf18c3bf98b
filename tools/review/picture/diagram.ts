import { mermaidLabel } from '../markdown/mermaid-label';
import type { Noun } from '../section';
import { alignments, stacksInOrder } from './alignment';
import { type Marked, styleLines } from './diagram-styles';
import { lead, moreText, partText, stackText } from './node-text';
import type { Mark, Picture, PicturedArrow, PicturedPart } from './picture';
import type { ArrowKind, PartKind } from './system';

export interface Drawing {
  readonly picture: Picture;
  readonly counted: readonly Counted[];
}

/** What is counted instead of drawn. */
export interface Counted {
  readonly mark: Mark | undefined;
  readonly count: number;
  readonly noun: Noun;
}

const shapes: Readonly<Record<PartKind, readonly [open: string, close: string]>> = {
  callers: ['([', '])'],
  clients: ['([', '])'],
  route: ['[', ']'],
  'web-socket-api': ['[', ']'],
  queue: ['[[', ']]'],
  'fifo-queue': ['[[', ']]'],
  'dead-letter-queue': ['[[', ']]'],
  pipe: ['{{', '}}'],
  destination: ['([', '])'],
  function: ['(', ')'],
  bucket: ['[(', ')]'],
  other: ['[', ']'],
};

const lines: Readonly<Record<ArrowKind, string>> = {
  messages: '-->',
  'dead-letters': '-.->',
  reply: '-->',
  both: '<-->',
};

/** Narrow, since GitHub shrinks what is wider than a comment; names break at their hyphens. */
const settings =
  '%%{init: {"flowchart": {"nodeSpacing": 30, "rankSpacing": 30, "wrappingWidth": 130, ' +
  '"subGraphTitleMargin": {"top": 2, "bottom": 4}}}}%%';

/**
 * A picture as a Mermaid flowchart. Nothing of a name is in it but as a label.
 * https://mermaid.js.org/syntax/flowchart.html
 */
export function diagram({ picture, counted }: Drawing): string {
  const { parts, arrows } = picture;
  const ids = new Map(parts.map(({ key }, index) => [key, `n${index + 1}`]));
  const idOf = (key: string) => ids.get(key) ?? '';
  const markOf = new Map(parts.map(({ key, mark }) => [key, mark]));
  const node = (part: PicturedPart) => {
    const [open, close] = shapes[part.kind];
    return `${idOf(part.key)}${open}"${partText(part)}"${close}`;
  };
  const stacks = stacksInOrder(picture).map((stack, index) => ({
    stack,
    id: `s${index + 1}`,
    inside: parts.filter(({ stackId }) => stackId === stack.id),
  }));
  const drawn = stacks.filter(({ inside }) => inside.length > 0);
  const bare = stacks.filter(({ inside, stack }) => inside.length === 0 && stack.mark !== undefined);
  const more = counted.map((one, index) => ({ ...one, id: `m${index + 1}` }));
  return [
    settings,
    'flowchart LR',
    ...drawn.flatMap(({ id, stack, inside }) => [
      `  subgraph ${id}["${stackText(stack)}"]`,
      '    direction LR',
      ...inside.map((part) => `    ${node(part)}`),
      '  end',
    ]),
    ...parts.filter(({ stackId }) => stackId === undefined).map((part) => `  ${node(part)}`),
    ...bare.map(({ id, stack }) => `  ${id}["${stackText(stack)}"]`),
    ...more.map((one) => `  ${one.id}["${moreText(one)}"]`),
    ...arrows.map((arrow) => `  ${arrowText(arrow, idOf, markOf)}`),
    ...alignments(picture).map(([left, right]) => `  ${idOf(left)} ~~~ ${idOf(right)}`),
    ...styleLines({
      nodes: [
        ...parts.map(({ key, mark }): Marked => [idOf(key), mark]),
        ...bare.map(({ id, stack }): Marked => [id, stack.mark]),
        ...more.map(({ id, mark }): Marked => [id, mark]),
      ],
      stacks: drawn.map(({ id, stack }) => [id, stack.mark]),
      arrows: arrows.map(({ mark }, index) => [`${index}`, mark]),
    }),
  ].join('\n');
}

function arrowText(
  { from, to, kind, label, mark }: PicturedArrow,
  idOf: (key: string) => string,
  markOf: ReadonlyMap<string, Mark | undefined>,
): string {
  // An end that bears the mark says it already.
  const isTold = [from, to].some((end) => markOf.get(end) === mark);
  const words = `${isTold ? '' : lead(mark)}${label === undefined ? '' : mermaidLabel(label, 40)}`;
  return `${idOf(from)} ${lines[kind]}${words === '' ? '' : `|"${words}"|`} ${idOf(to)}`;
}
