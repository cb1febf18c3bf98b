import { type Markdown, text } from '../markdown/markdown';

export const tableHead = (columns: readonly string[]): string =>
  `${tableRow(columns.map(text))}\n|${' --- |'.repeat(columns.length)}\n`;

export const tableRow = (cells: readonly Markdown[]): string => `| ${cells.map(cell).join(' | ')} |`;

/**
 * A cell ends at a `|` without a backslash, even in code, and GitHub takes that backslash away first.
 * https://github.github.com/gfm/#tables-extension-
 */
const cell = ({ markdown }: Markdown): string =>
  markdown
    .replace(/\s*\n\s*/g, ' ')
    .replace(/(\\*)\|/g, (bar, backslashes: string) =>
      backslashes.length % 2 === 0 ? `${backslashes}\\|` : bar,
    );
