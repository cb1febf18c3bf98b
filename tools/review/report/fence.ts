import { visible, visibleOnOneLine } from '../markdown/visible';

/** The lines of a text, the first of them as they are shown. */
export interface Lines {
  readonly total: number;
  /** As many as have room, and one more. */
  readonly first: readonly string[];
  /** Some of the first are shortened. */
  readonly cut: boolean;
}

/**
 * Reads no more of a text than can be shown: there may be megabytes of it.
 *
 * @param room for the first lines, in UTF-16 units
 * @param longest longer lines are cut, with a word on how much; in UTF-16 units, at least 80
 */
export function linesOf(text: string, room: number, longest: number): Lines {
  const end = text.endsWith('\n') ? text.length - 1 : text.length;
  const first: string[] = [];
  let size = 0;
  let total = 0;
  let cut = false;
  for (let at = 0; at <= end; total += 1) {
    const newline = text.indexOf('\n', at);
    const lineEnd = newline < 0 || newline > end ? end : newline;
    if (size <= room) {
      const whole = lineEnd - at <= longest ? shown(text.slice(at, lineEnd)) : undefined;
      const line =
        whole !== undefined && whole.length <= longest ? whole : cutLine(text.slice(at, lineEnd), longest);
      cut ||= line !== whole;
      first.push(line);
      size += line.length + 1;
    }
    at = lineEnd + 1;
  }
  return { total, first, cut };
}

/** A carriage return would begin a line of Markdown. */
const shown = (line: string): string =>
  visible(line.replace(/\r$/, '')).replace(/[\v\f\r]/g, visibleOnOneLine);

/** An escape is up to six times as long as what it stands for. */
function cutLine(line: string, longest: number): string {
  const kept = line.slice(0, Math.floor((longest - 40) / 6)).replace(/[\ud800-\udbff]$/, '');
  return `${shown(kept)}… and ${(line.length - kept.length).toLocaleString('en-US')} more characters`;
}

/** Longer than any run of backticks in the lines, so that none of them ends it. */
export function fenceAround(lines: readonly string[]): string {
  let longest = 2;
  for (const line of lines) {
    for (const run of line.match(/`{3,}/g) ?? []) longest = Math.max(longest, run.length);
  }
  return '`'.repeat(longest + 1);
}
