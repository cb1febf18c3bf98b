/** A row of a Markdown table, by the names of its columns. */
export type Row = Readonly<Record<string, string>>;

/** The table of a page whose first column has that name and whose others include these; fails unless there is one. */
export function table(page: string, first: string, ...others: readonly string[]): readonly Row[] {
  const found = tables(page).filter(
    ([row = {}]) => Object.keys(row)[0] === first && others.every((name) => name in row),
  );
  if (found.length !== 1)
    throw new Error(`${found.length} tables begin with ${first} and have ${others.join(', ')}`);
  return found[0] as readonly Row[];
}

/** All tables of a page. */
export const tables = (page: string): readonly (readonly Row[])[] =>
  [...page.matchAll(/^\|.*\|\n\|[ |:-]+\|\n(?:\|.*\|\n)+/gm)].map(([text]) => {
    const [names = [], , ...rows] = text.trim().split('\n').map(cells);
    return rows.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index] ?? ''])));
  });

/** `\|` is no border. */
const cells = (line: string): readonly string[] =>
  line
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());

/** A figure as pages write it; a dash is nothing. */
export const figure = (text: string): number => (text === '–' ? 0 : Number(text.replaceAll(',', '')));

/** In dollars and cents, as pages write it. */
export const money = (value: number): string =>
  value.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
