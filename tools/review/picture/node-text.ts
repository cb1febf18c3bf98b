import { mermaidLabel } from '../markdown/mermaid-label';
import type { Noun } from '../section';
import type { Mark, PicturedPart, PicturedStack } from './picture';
import type { PartKind } from './system';

/** What stands before the name: colour alone is not enough. */
export const marks: Readonly<Record<Mark, string>> = {
  added: '+',
  changed: '~',
  replaced: '!',
  gone: '−',
};

/** Nothing where the shape and the name say it. */
const kinds: Readonly<Record<PartKind, string | undefined>> = {
  callers: undefined,
  clients: undefined,
  route: undefined,
  'web-socket-api': 'WebSocket API',
  queue: 'queue',
  'fifo-queue': 'FIFO queue',
  'dead-letter-queue': 'dead-letter queue',
  pipe: 'pipe',
  destination: 'HTTPS server',
  function: 'function',
  bucket: 'bucket',
  other: undefined,
};

/** Characters of a line; names in AWS have at most 80, paths and hosts any number. */
const longest = 60;

/** Details of a part, and what of it changes: more says no more. */
const most = 4;

/** The label of a part, escaped. */
export function partText({ stackId, kind, name, details, mark, what }: PicturedPart): string {
  if (kind === 'callers') return lines(marked(mark, name), ...few(details));
  const owner = stackId === undefined ? "someone else's " : '';
  const plain = [kinds[kind] && `${owner}${kinds[kind]}`, ...details].filter((word) => word).join(', ');
  return lines(marked(mark, name), plain, changed(mark, what));
}

/** The label of a stack, escaped. */
export const stackText = ({ id, mark, what }: PicturedStack): string =>
  [marked(mark, id), what.length === 0 ? '' : label(few(what).join(', '))].filter((part) => part).join(': ');

/** What is counted instead of drawn. */
export const moreText = ({
  mark,
  count,
  noun: [one, several],
}: {
  readonly mark: Mark | undefined;
  readonly count: number;
  readonly noun: Noun;
}): string => `${lead(mark)}and ${count} ${mark ?? 'unchanged'} ${count === 1 ? one : several}`;

const changed = (mark: Mark | undefined, what: readonly string[]) =>
  what.length === 0 || mark === undefined ? '' : `${marks[mark]} ${few(what).join(', ')}`;

const marked = (mark: Mark | undefined, name: string) => `${lead(mark)}${label(name)}`;

/**
 * What precedes the text of what is marked. No plain space, since "+ " would begin a list for Mermaid,
 * which it does not draw.
 */
export const lead = (mark: Mark | undefined) => (mark === undefined ? '' : `${marks[mark]}#160;`);

const label = (plain: string) => mermaidLabel(plain, longest);

const few = (values: readonly string[]): readonly string[] =>
  values.length <= most ? values : [...values.slice(0, most - 1), `and ${values.length - most + 1} more`];

const lines = (first: string, ...others: readonly string[]): string =>
  [first, ...others.filter((line) => line !== '').map(label)].join('<br/>');
