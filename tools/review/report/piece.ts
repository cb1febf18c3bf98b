import type { Markdown } from '../markdown/markdown';
import type { Block, Noun } from '../section';
import { fenceAround, linesOf } from './fence';
import { type Counted, partLeftOut } from './left-out';
import { summaryHtml } from './summary-html';
import { tableHead, tableRow } from './table';

/** A block as Markdown of which the first so many lines, rows or items can be shown. */
export interface Piece extends Counted {
  readonly kind: Block['kind'];
  /** There are fewer than the total where no more can fit. */
  readonly units: readonly string[];
  /** What stands around them, and behind what is said of the others. */
  readonly before: string;
  readonly after: string;
  readonly close: string;
  /** One of them is replaced by a word on its length. */
  readonly cut: boolean;
  /** The length of the first so many units with what is between them. */
  readonly lengths: readonly number[];
}

/** The Markdown of the first so many units, and what is left out of it. */
export const shownPiece = (piece: Piece, kept: number): string =>
  piece.before +
  piece.units.slice(0, kept).join('\n') +
  piece.after +
  (kept < piece.total ? `\n\n${partLeftOut(piece.total - kept, piece)}` : '') +
  piece.close;

export const wholeLength = (piece: Piece): number =>
  piece.units.length < piece.total ? Number.POSITIVE_INFINITY : lengthOf(piece, piece.total);

/** The most units that have room; none where not even one has. */
export function unitsWithin(piece: Piece, room: number): number {
  if (wholeLength(piece) <= room) return piece.total;
  const note = `\n\n${partLeftOut(piece.total, piece)}`.length;
  let [fits, tooMany] = [0, Math.min(piece.units.length, piece.total - 1) + 1];
  while (tooMany - fits > 1) {
    const middle = (fits + tooMany) >> 1;
    if (lengthOf(piece, middle) + note <= room) fits = middle;
    else tooMany = middle;
  }
  return fits;
}

const lengthOf = ({ before, lengths, after, close }: Piece, kept: number): number =>
  before.length + (lengths[kept] ?? 0) + after.length + close.length;

/**
 * @param room more than this is never shown of it, in UTF-16 units
 * @param longest an item, a row or a line that is longer is replaced by a word on its length; in UTF-16 units
 */
export function pieceOf(block: Block, room: number, longest: number): Piece {
  switch (block.kind) {
    case 'paragraph':
      return piece(block.kind, ['paragraph', 'paragraphs'], [block.text.markdown.trim()]);
    case 'list':
      return ofWholeUnits(block, block.items, item, longest);
    case 'table':
      return { ...ofWholeUnits(block, block.rows, row, longest), before: tableHead(block.columns) };
    case 'fence': {
      const { total, first, cut } = linesOf(block.text, room, longest);
      return {
        ...piece(block.kind, ['line', 'lines'], first),
        ...fenced(block.language, first, block.summary),
        total,
        cut,
      };
    }
    case 'mermaid': {
      // Where the first lines alone have no room, the picture has none.
      const { first } = linesOf(block.text, room, Number.POSITIVE_INFINITY);
      const picture = piece(block.kind, ['picture', 'pictures'], [first.join('\n')]);
      return { ...picture, ...fenced('mermaid', first) };
    }
  }
}

const item = ({ markdown }: Markdown): string => `- ${markdown.trim().replaceAll('\n', '\n  ')}`;
const row = (cells: readonly Markdown[]): string => tableRow(cells);

function ofWholeUnits<T extends Markdown | readonly Markdown[]>(
  { kind, noun }: { readonly kind: Block['kind']; readonly noun: Noun },
  all: readonly T[],
  written: (unit: T) => string,
  longest: number,
): Piece {
  let cut = false;
  const units = all.map((unit) => {
    const whole = written(unit);
    if (whole.length <= longest) return whole;
    cut = true;
    return written((Array.isArray(unit) ? unit.map(orItsLength) : orItsLength(unit as Markdown)) as T);
  });
  return { ...piece(kind, noun, units), cut };
}

/** Cutting Markdown would break its marks. */
const orItsLength = (whole: Markdown): Markdown =>
  whole.markdown.length <= 200
    ? whole
    : { markdown: `… ${whole.markdown.length.toLocaleString('en-US')} characters left out` };

function fenced(
  language: string,
  lines: readonly string[],
  summary?: Markdown,
): Pick<Piece, 'before' | 'after' | 'close'> {
  const fence = fenceAround(lines);
  // Without the blank lines, what is between would be HTML.
  const [open, close] = summary
    ? [`<details><summary>${summaryHtml(summary)}</summary>\n\n`, '\n\n</details>']
    : ['', ''];
  return { before: `${open}${fence}${language}\n`, after: `\n${fence}`, close };
}

function piece(kind: Block['kind'], noun: Noun, units: readonly string[]): Piece {
  const lengths = [0];
  let length = -1;
  for (const unit of units) {
    length += unit.length + 1;
    lengths.push(length);
  }
  return { kind, noun, units, total: units.length, before: '', after: '', close: '', cut: false, lengths };
}
