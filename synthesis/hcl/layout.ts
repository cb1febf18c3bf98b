/** Text as lines without indentation of their own. */
export type Lines = readonly string[];

/** One `key = value`; the value's further lines are indented with the key. */
export interface Assignment {
  readonly key: string;
  readonly value: Lines;
}

const segmenter = new Map<'shared', Intl.Segmenter>();

/** Columns a key takes: `terraform fmt` counts what a reader sees as one character as one. */
function columns(key: string): number {
  if (/^[\x20-\x7e]*$/.test(key)) return key.length;
  let shared = segmenter.get('shared');
  if (shared === undefined) {
    shared = new Intl.Segmenter('en', { granularity: 'grapheme' });
    segmenter.set('shared', shared);
  }
  return [...shared.segment(key)].length;
}

/** Lines moved two spaces in. */
export function indent(lines: Lines): Lines {
  return lines.map((line) => (line === '' ? '' : `  ${line}`));
}

/** Assignments below each other, `=` aligned within each run of single-line ones as `terraform fmt` does. */
export function alignedLines(assignments: readonly Assignment[]): Lines {
  const lines: string[] = [];
  let run: Assignment[] = [];
  const endRun = () => {
    const width = Math.max(0, ...run.map(({ key }) => columns(key)));
    for (const { key, value } of run) lines.push(`${key}${' '.repeat(width - columns(key))} = ${value[0]}`);
    run = [];
  };
  for (const assignment of assignments) {
    if (assignment.value.length === 1) {
      run.push(assignment);
      continue;
    }
    endRun();
    const [first, ...rest] = assignment.value;
    lines.push(`${assignment.key} = ${first}`, ...rest);
  }
  endRun();
  return lines;
}

/** Paragraphs with one blank line between them; empty ones leave no trace. */
export function paragraphs(groups: readonly Lines[]): Lines {
  return groups
    .filter((group) => group.length > 0)
    .flatMap((group, index) => (index === 0 ? group : ['', ...group]));
}

/** A block with its body; an empty one is written on one line. */
export function block(header: string, body: Lines): Lines {
  return body.length === 0 ? [`${header} {}`] : [`${header} {`, ...indent(body), '}'];
}
