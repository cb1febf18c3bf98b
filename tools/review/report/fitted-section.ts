import { text } from '../markdown/markdown';
import type { Section } from '../section';
import { LeftOut } from './left-out';
import { type Piece, pieceOf, shownPiece, unitsWithin, wholeLength } from './piece';

/** A section as Markdown, whole or as much of it as there was room for. */
export interface FittedSection {
  readonly markdown: string;
  readonly shortened: boolean;
}

/** A section that is to be fitted: how long it is, and how short it can be. In UTF-16 units. */
export interface SectionToFit {
  readonly title: string;
  readonly head: string;
  readonly pieces: readonly Piece[];
  readonly whole: number;
  readonly least: number;
}

/**
 * @param room more than this is never shown of a block, in UTF-16 units
 * @param longest an item, a row or a line that is longer is replaced by a word on its length; in UTF-16 units
 */
export function sectionToFit({ title, blocks }: Section, room: number, longest: number): SectionToFit {
  const head = `## ${text(title).markdown}`;
  const pieces = blocks.map((block) => pieceOf(block, room, longest)).filter(({ total }) => total > 0);
  const whole = pieces.reduce(
    (length, piece, index) => length + separator(pieces, index).length + wholeLength(piece),
    head.length,
  );
  return { title, head, pieces, whole, least: Math.min(whole, head.length + (noteLengths(pieces)[0] ?? 0)) };
}

/**
 * As much of a section as has room, the first blocks and their first units before the others. What is left
 * out is said in its place; of neighbours that are left out as a whole, in one line.
 *
 * @param room in UTF-16 units, at least `least`
 */
export function fittedSection({ head, pieces, whole }: SectionToFit, room: number): FittedSection {
  const fits = whole <= room;
  const notes = noteLengths(pieces);
  let markdown = head;
  let leftOut = new LeftOut();
  let shortened = pieces.some(({ cut }) => cut);
  pieces.forEach((piece, index) => {
    const between = leftOut.note + separator(pieces, index);
    const free = room - markdown.length - between.length - (notes[index + 1] ?? 0);
    const kept = fits ? piece.total : unitsWithin(piece, free);
    shortened ||= kept < piece.total;
    if (kept === 0) leftOut.add(piece);
    else {
      markdown += between + shownPiece(piece, kept);
      leftOut = new LeftOut();
    }
  });
  return { markdown: markdown + leftOut.note, shortened };
}

/** For each piece, the length of the line that says that it and all behind it are left out. */
function noteLengths(pieces: readonly Piece[]): readonly number[] {
  const leftOut = new LeftOut();
  return pieces
    .toReversed()
    .map((piece) => {
      leftOut.add(piece);
      return leftOut.note.length;
    })
    .toReversed();
}

/** Two lists with nothing between them would become one. */
const separator = (pieces: readonly Piece[], index: number): string =>
  pieces[index]?.kind === 'list' && pieces[index - 1]?.kind === 'list' ? '\n\n<!-- -->\n\n' : '\n\n';
