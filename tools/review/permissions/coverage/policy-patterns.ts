import type { TextPattern, Token } from './text-pattern';

/** Colons before the part of an ARN that names the resource. */
const separators = 5;

/** Actions are the same in any case. */
export const actionPattern = (text: string): TextPattern => ({
  tokens: [...text].map((char) => wildcard(char, false) ?? char),
  ignoresCase: true,
});

/** What `StringEquals` matches, wildcards being characters like any other. */
export const exactPattern = (text: string, ignoresCase = false): TextPattern => ({
  tokens: pieces(text).flatMap((piece): readonly Token[] =>
    'variable' in piece ? [piece] : [...piece.text],
  ),
  ignoresCase,
});

/** What `StringLike` matches. */
export const likePattern = (text: string): TextPattern => ({
  tokens: pieces(text).flatMap((piece): readonly Token[] =>
    'variable' in piece
      ? [piece]
      : [...piece.text].map((char) => (piece.literal ? char : (wildcard(char, false) ?? char))),
  ),
  ignoresCase: false,
});

/** What the ARN operators match: no wildcard stands for a colon before the resource. */
export const arnPattern = (text: string): TextPattern => segmented(text, () => false);

/** What a `Resource` element matches: so it does, but for a `*` that ends its segment. */
export const resourcePattern = (text: string): TextPattern =>
  segmented(text, (char, next) => char === '*' && (next === ':' || next === undefined));

function segmented(text: string, maySpan: (char: string, next: string | undefined) => boolean): TextPattern {
  const chars = pieces(text).flatMap((piece): readonly (string | Piece)[] =>
    'variable' in piece || piece.literal ? [piece] : [...piece.text],
  );
  let colons = 0;
  const tokens = chars.flatMap((char, index): readonly Token[] => {
    // What a variable stands for may be empty, and may have colons: nothing limits the wildcards around it.
    if (typeof char === 'object') {
      if ('text' in char) return [...char.text];
      colons = separators;
      return [char];
    }
    if (char === ':') colons += 1;
    const next = chars[index + 1];
    const spans = typeof next === 'object' ? 'variable' in next : maySpan(char, next);
    return [wildcard(char, colons < separators && !spans) ?? char];
  });
  return { tokens, ignoresCase: false };
}

const wildcard = (char: string, segment: boolean): Token | undefined =>
  char === '*' ? { any: 'many', segment } : char === '?' ? { any: 'one', segment } : undefined;

type Piece = { readonly literal: boolean; readonly text: string } | { readonly variable: string };

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html */
const pieces = (text: string): readonly Piece[] =>
  text.split(/(\$\{[^}]*\})/).map((piece): Piece => {
    const inner = /^\$\{([^}]*)\}$/.exec(piece)?.[1];
    if (inner === undefined) return { literal: false, text: piece };
    return inner.length === 1 ? { literal: true, text: inner } : { variable: inner.toLowerCase() };
  });
