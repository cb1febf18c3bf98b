/** The operators and brackets of HCL expressions, the longer ones before those they begin with. */
export const OPERATORS = [
  '...',
  '::',
  '==',
  '!=',
  '<=',
  '>=',
  '&&',
  '||',
  '=>',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  '.',
  ',',
  ':',
  '?',
  '=',
  '!',
  '+',
  '-',
  '*',
  '/',
  '%',
  '<',
  '>',
] as const;

/** What a token is; an operator's kind is its own text. */
export type TokenKind =
  | (typeof OPERATORS)[number]
  | 'name'
  | 'number'
  | 'quote'
  | 'unquote'
  | 'text'
  | 'sequence'
  | 'sequence-end'
  | 'newline';

/** One token of an expression: `sequence` is `${` or `%{`, `text` the literal text between quotes. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}
