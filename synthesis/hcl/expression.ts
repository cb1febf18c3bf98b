import type { Token, TokenKind } from './tokens';

const OPENING: ReadonlySet<TokenKind> = new Set(['(', '[', '{', 'sequence']);
const CLOSING: ReadonlySet<TokenKind> = new Set([')', ']', '}', 'sequence-end']);

/** After one of these, a minus is a sign and not a subtraction. */
const BEFORE_SIGN: ReadonlySet<TokenKind | undefined> = new Set<TokenKind | undefined>([
  undefined,
  '(',
  '[',
  '{',
  '=',
  ':',
  ',',
  '?',
  '+',
  '-',
  '*',
  '/',
  '%',
  '==',
  '!=',
  '<',
  '>',
  '<=',
  '>=',
  '&&',
  '||',
  '!',
]);

/** Whether `terraform fmt` puts a space between two neighbours; `before` is the token in front of them. */
function spaced(before: TokenKind | undefined, left: Token, right: TokenKind): boolean {
  if (left.kind === 'name' && right === '(') return false;
  if (left.kind === '::' || right === '::') return left.kind !== 'name' && right !== 'name';
  if (left.kind === '.' || right === '.') return false;
  if (right === ',' || right === '...') return false;
  if (left.kind === ',') return true;
  if (left.kind === 'text' || left.kind === 'quote' || right === 'text' || right === 'unquote') return false;
  if (left.kind === 'name' && left.text === 'in' && before === 'name') return true;
  if (right === '[' && (left.kind === 'name' || left.kind === 'number' || CLOSING.has(left.kind)))
    return false;
  if (left.kind === '!') return false;
  if (left.kind === '-') return !BEFORE_SIGN.has(before);
  if (left.kind === '{' || right === '}') return !(left.kind === '{' && right === '}');
  if (left.kind === 'sequence') return right === '{';
  if (left.kind === 'sequence-end' && right === 'sequence') return false;
  if (left.kind === '}' && right === 'sequence-end') return true;
  return !OPENING.has(left.kind) && !CLOSING.has(right);
}

/** Newlines between the items of an object become commas, so that every expression fits on one line. */
function onOneLine(tokens: readonly Token[]): readonly Token[] {
  const joined: Token[] = [];
  for (const token of tokens) {
    const afterComma = joined.at(-1)?.kind === ',';
    if (token.kind === 'newline') {
      if (!afterComma) joined.push({ kind: ',', text: ',' });
    } else {
      if (afterComma && (token.kind === '}' || token.kind === ']' || token.kind === ')')) joined.pop();
      joined.push(token);
    }
  }
  return joined;
}

/** The text of an expression on one line, spaced as `terraform fmt` does. */
export function writeExpression(tokens: readonly Token[]): string {
  let text = '';
  let before: TokenKind | undefined;
  let left: Token | undefined;
  for (const token of onOneLine(tokens)) {
    if (left !== undefined && spaced(before, left, token.kind)) text += ' ';
    text += token.text;
    before = left?.kind;
    left = token;
  }
  return text;
}
