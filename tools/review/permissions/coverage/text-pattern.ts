/** A pattern of a policy, read from left to right. */
export interface TextPattern {
  readonly tokens: readonly Token[];
  readonly ignoresCase: boolean;
}

export type Token =
  /** A character that stands for itself. */
  | string
  /** A wildcard; `segment`: for anything but a colon. */
  | { readonly any: 'one' | 'many'; readonly segment: boolean }
  /** A policy variable: some text that only the request knows. It matches nothing that is known to match. */
  | { readonly variable: string };

/** States that are looked at before a question counts as not decided; no policy of a person comes near. */
const limit = 5_000;

/** Stands for every character that neither pattern names. */
const other = '\u{10FFFF}';

/**
 * Whether every text that `narrow` matches is matched by `wide`. False also where it cannot be decided: a
 * policy variable of `wide` is covered only by itself.
 */
export function coversText(wide: TextPattern, narrow: TextPattern): boolean {
  if (sameText(wide, narrow) || isAnyText(wide)) return true;
  if (!wide.ignoresCase && narrow.ignoresCase && hasLetters(narrow)) return false;
  if (wide.ignoresCase && !(isAscii(wide) && isAscii(narrow))) return false;
  return wide.ignoresCase
    ? includes(folded(wide.tokens), folded(widest(narrow)))
    : includes(wide.tokens, widest(narrow));
}

/** Whether no text is matched by both. False also where it cannot be decided. */
export function apart(a: TextPattern, b: TextPattern): boolean {
  const fold = a.ignoresCase || b.ignoresCase;
  if (fold && !(isAscii(a) && isAscii(b))) return false;
  return fold ? !meets(folded(widest(a)), folded(widest(b))) : !meets(widest(a), widest(b));
}

const isAnyText = ({ tokens: [token, ...rest] }: TextPattern) =>
  rest.length === 0 && isMany(token) && takes(token, ':');

const sameText = (a: TextPattern, b: TextPattern) =>
  a.ignoresCase === b.ignoresCase &&
  a.tokens.length === b.tokens.length &&
  a.tokens.every((token, at) => sameToken(token, b.tokens[at]));

const sameToken = (a: Token, b: Token | undefined): boolean =>
  typeof a === 'string' ? a === b : JSON.stringify(a) === JSON.stringify(b);

const isVariable = (token: Token | undefined) => typeof token === 'object' && 'variable' in token;

const hasLetters = ({ tokens }: TextPattern) =>
  tokens.some((token) => typeof token === 'string' && token.toLowerCase() !== token.toUpperCase());

/** How other letters fold depends on what stands beside them. */
const isAscii = ({ tokens }: TextPattern) =>
  tokens.every((token) => typeof token !== 'string' || token <= '\u007f');

const folded = (tokens: readonly Token[]): readonly Token[] =>
  tokens.map((token) => (typeof token === 'string' ? token.toLowerCase() : token));

/** Whatever a variable may stand for, `*` matches it too. */
const widest = ({ tokens }: TextPattern): readonly Token[] =>
  tokens.map((token) => (isVariable(token) ? { any: 'many', segment: false } : token));

const isMany = (token: Token | undefined) =>
  typeof token === 'object' && 'any' in token && token.any === 'many';

const takes = (token: Token | undefined, char: string): boolean =>
  typeof token === 'object' ? 'any' in token && !(token.segment && char === ':') : token === char;

/** The positions that are reached without a further character. */
function settled(tokens: readonly Token[], positions: Iterable<number>): readonly number[] {
  const all = new Set<number>();
  for (let position of positions) {
    all.add(position);
    while (isMany(tokens[position])) {
      position += 1;
      all.add(position);
    }
  }
  return [...all].sort((a, b) => a - b);
}

const after = (tokens: readonly Token[], positions: readonly number[], char: string): readonly number[] =>
  settled(
    tokens,
    positions.filter((at) => takes(tokens[at], char)).map((at) => (isMany(tokens[at]) ? at : at + 1)),
  );

function includes(wide: readonly Token[], narrow: readonly Token[]): boolean {
  const start = { at: 0, within: settled(wide, [0]) };
  const seen = new Set<string>();
  const open = [start];
  for (let state = open.pop(); state; state = open.pop()) {
    const { at, within } = state;
    const key = `${at}/${within}`;
    if (seen.has(key)) continue;
    if (within.length === 0 || seen.size >= limit) return false;
    seen.add(key);
    const token = narrow[at];
    if (token === undefined) {
      if (!within.includes(wide.length)) return false;
      continue;
    }
    if (isMany(token)) open.push({ at: at + 1, within });
    for (const char of charactersOf(token, wide, within)) {
      open.push({ at: isMany(token) ? at : at + 1, within: after(wide, within, char) });
    }
  }
  return true;
}

/** Those that a token takes, as far as the other pattern tells them apart. */
function charactersOf(token: Token, wide: readonly Token[], within: readonly number[]): readonly string[] {
  if (typeof token === 'string') return [token];
  const named = within.map((at) => wide[at]).filter((next): next is string => typeof next === 'string');
  return [...new Set([...named, ':', other])].filter((char) => takes(token, char));
}

function meets(a: readonly Token[], b: readonly Token[]): boolean {
  const seen = new Set<string>();
  const open: (readonly [number, number])[] = [[0, 0]];
  for (let state = open.pop(); state; state = open.pop()) {
    const [i, j] = state;
    const key = `${i}/${j}`;
    if (seen.has(key)) continue;
    if (seen.size >= limit || (i === a.length && j === b.length)) return true;
    seen.add(key);
    const [left, right] = [a[i], b[j]];
    if (isMany(left)) open.push([i + 1, j]);
    if (isMany(right)) open.push([i, j + 1]);
    if (left !== undefined && right !== undefined && shareCharacter(left, right)) {
      open.push([isMany(left) ? i : i + 1, isMany(right) ? j : j + 1]);
    }
  }
  return false;
}

const shareCharacter = (a: Token, b: Token): boolean =>
  [a, b, other].some((char) => typeof char === 'string' && takes(a, char) && takes(b, char));
