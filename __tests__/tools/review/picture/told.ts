import type { Picture, PicturedPart } from '../../../../tools/review/picture/picture';

/** A part on one line: its mark, its name, its kind and what is changed of it. */
export const partLine = ({ mark, name, kind, details, what }: PicturedPart): string =>
  [mark ?? 'same', `${name} (${kind})`, ...details, ...what.map((word) => `[${word}]`)].join(' ');

export const markedParts = ({ parts }: Picture): readonly string[] =>
  parts.filter(({ mark }) => mark !== undefined).map(partLine);

/** The arrows, as `<name> -> <name>` with what is told of them. */
export function arrowLines({ parts, arrows }: Picture): readonly string[] {
  const part = (key: string) => {
    const found = parts.find((one) => one.key === key);
    return found?.kind === 'callers' ? `callers ${found.details.join(' ')}` : `${found?.name}`;
  };
  return arrows.map(({ from, to, kind, label, mark }) =>
    [mark, part(from), kind === 'both' ? '<->' : '->', part(to), kind, label]
      .filter((word) => word !== undefined && word !== 'both' && word !== 'messages')
      .join(' '),
  );
}
