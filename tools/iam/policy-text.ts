import { NotSimulated } from '../not-simulated';

/** The value of a policy variable, by its key. @throws NotSimulated when the request does not have it */
export type Variables = (key: string) => string;

/** A test of a value of the request against a text of the policy. */
export type TextTest = (value: string, variables: Variables) => boolean;

/** A piece of a policy's text; in `literal` ones `*` and `?` stand for themselves. */
export interface TextPiece {
  readonly literal: boolean;
  readonly text: string;
}

type Piece = TextPiece | { readonly variable: string };

/**
 * Turns a policy's text into a test, once where it holds no variable.
 * @param test of the text, its variables replaced
 * @throws NotSimulated for a policy variable that is more than a key
 */
export function textTest(
  text: string,
  at: string,
  test: (pieces: readonly TextPiece[]) => (value: string) => boolean,
): TextTest {
  const pieces = piecesOf(text, at);
  if (!pieces.some((piece) => 'variable' in piece)) return test(pieces as readonly TextPiece[]);
  return (value, variables) =>
    test(pieces.map((piece) => ('variable' in piece ? replaced(piece.variable, variables, at) : piece)))(
      value,
    );
}

/** `${*}`, `${?}` and `${$}` are those characters themselves. */
const escapes = ['*', '?', '$'];

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html */
function piecesOf(text: string, at: string): readonly Piece[] {
  return text.split(/(\$\{[^}]*\})/).map((piece): Piece => {
    const inner = /^\$\{([^}]*)\}$/.exec(piece)?.[1];
    if (inner === undefined) return { literal: false, text: piece };
    if (escapes.includes(inner)) return { literal: true, text: inner };
    if (/^[a-z0-9-]+:[\w:/.-]+$/i.test(inner)) return { variable: inner };
    throw new NotSimulated(at, `the policy variable ${piece}`);
  });
}

function replaced(variable: string, variables: Variables, at: string): TextPiece {
  const text = variables(variable);
  if (/[*?]/.test(text)) {
    throw new NotSimulated(at, `the value ${JSON.stringify(text)} of the policy variable \${${variable}}`);
  }
  return { literal: true, text };
}

/** The text as it stands, wildcards included. */
export const plainText = (pieces: readonly TextPiece[]): string => pieces.map(({ text }) => text).join('');

/** A policy's text with wildcards, as a regular expression: any `*` and `?` stand for any characters. */
export const wildcards = (pieces: readonly TextPiece[], flags = ''): RegExp =>
  expression(
    pieces.flatMap(({ literal, text }) =>
      [...text].map((char) => (literal || !isWildcard(char) ? escaped(char) : any(char, '.'))),
    ),
    flags,
  );

export const isWildcard = (char: string): boolean => char === '*' || char === '?';

/** @param among what one character may be, as a regular expression */
export const any = (wildcard: string, among: string): string => (wildcard === '*' ? `${among}*` : among);

export const expression = (source: readonly string[], flags = ''): RegExp =>
  new RegExp(`^${source.join('')}$`, `su${flags}`);

export const escaped = (char: string): string => char.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');
