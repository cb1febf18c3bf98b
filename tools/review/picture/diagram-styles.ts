import type { Mark } from './picture';

/**
 * Both colours of a node are given, since GitHub shows it on white and on black; those of a line suit both.
 */
const styles: Readonly<Record<Mark, { readonly node: string; readonly line: string }>> = {
  added: { node: 'fill:#dafbe1,color:#0a3d1a', line: 'stroke:#2da44e,stroke-width:3px' },
  changed: { node: 'fill:#fff3c4,color:#4d2d00', line: 'stroke:#bf8700,stroke-width:3px' },
  replaced: { node: 'fill:#ffdcd7,color:#82071e', line: 'stroke:#cf222e,stroke-width:3px' },
  gone: {
    node: 'fill:#d0d7de,color:#424a53',
    line: 'stroke:#8c959f,stroke-width:2px,stroke-dasharray:5 4',
  },
};

/** Mermaid's own would be a yellow that looks like a mark, and from top to bottom. */
const stackStyle = 'fill:transparent';

/** An id, or an arrow's index, and what happens to it. */
export type Marked = readonly [id: string, mark: Mark | undefined];

/** The lines that end a diagram: how what is marked looks. Arrows are called by their indexes. */
export function styleLines({
  nodes,
  stacks,
  arrows,
}: Readonly<Record<'nodes' | 'stacks' | 'arrows', readonly Marked[]>>): readonly string[] {
  return [
    ...classed('stack', `${stackStyle},stroke:#8c959f`, withMark(stacks, undefined)),
    ...(Object.keys(styles) as Mark[]).flatMap((mark) => {
      const { node, line } = styles[mark];
      const indexes = withMark(arrows, mark);
      return [
        ...classed(mark, `${node},${line}`, withMark(nodes, mark)),
        ...classed(`${mark}Stack`, `${stackStyle},${line}`, withMark(stacks, mark)),
        ...(indexes.length === 0 ? [] : [`  linkStyle ${indexes.join(',')} ${line}`]),
      ];
    }),
  ];
}

const classed = (name: string, style: string, ids: readonly string[]): readonly string[] =>
  ids.length === 0 ? [] : [`  classDef ${name} ${style}`, `  class ${ids.join(',')} ${name}`];

const withMark = (marked: readonly Marked[], wanted: Mark | undefined): readonly string[] =>
  marked.filter(([, mark]) => mark === wanted).map(([id]) => id);
