import { escapeTemplateText } from './escapes';
import { SyntaxFault } from './problem';
import { OPERATORS, type Token, type TokenKind } from './tokens';

/** A part of a template: literal text as it stands there, or the tokens of a `${…}` / `%{…}` sequence. */
export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'sequence'; readonly tokens: readonly Token[] };

interface Scan<T> {
  readonly found: readonly T[];
  readonly end: number;
}

const ESCAPE_HINT = 'Text that is not meant as a template needs $${ for ${ and %%{ for %{.';
const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
const SKIPPED = /(?:[ \t]+|(?:#|\/\/)[^\n]*|\/\*[\s\S]*?\*\/)+/y;
const NEWLINE = /\r?\n/y;
const NAME = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
const NUMBER = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const HEREDOC = /<<(-?)([\p{ID_Start}_][\p{ID_Continue}-]*)\r?\n/uy;
const SEQUENCE_END = /~?\}/y;
const SEQUENCE = /(\$+|%+)\{(~?)/y;

function match(pattern: RegExp, source: string, position: number): RegExpExecArray | null {
  pattern.lastIndex = position;
  return pattern.exec(source);
}

/** A newline ends an item of an object, unless the braces hold a `for`. */
function endsItem(tokens: readonly Token[], brace: number): boolean {
  const first = tokens[brace + 1];
  return tokens[brace]?.kind === '{' && first !== undefined && first.text !== 'for';
}

/** Reads an expression to the end of the source or, within a template sequence, to the brace that ends it. */
function scanExpression(source: string, start: number, inSequence: boolean): Scan<Token> {
  const found: Token[] = [];
  const open: number[] = [];
  let position = start;
  while (position < source.length) {
    const skipped = match(SKIPPED, source, position) ?? match(NEWLINE, source, position);
    if (skipped) {
      position += skipped[0].length;
      if (skipped[0].endsWith('\n') && endsItem(found, open.at(-1) ?? -1)) {
        found.push({ kind: 'newline', text: '\n' });
      }
      continue;
    }
    const ending = inSequence && open.length === 0 ? match(SEQUENCE_END, source, position) : null;
    if (ending) {
      if (found.length === 0)
        throw new SyntaxFault(
          `the template sequence "${source.slice(start - 2, position + 1)}" is empty. ${ESCAPE_HINT}`,
        );
      found.push({ kind: 'sequence-end', text: ending[0] });
      return { found, end: position + ending[0].length };
    }
    const heredoc = match(HEREDOC, source, position);
    const quoted = heredoc
      ? scanHeredoc(source, position + heredoc[0].length, heredoc[2] ?? '', heredoc[1] === '-')
      : source[position] === '"'
        ? scanQuoted(source, position + 1)
        : undefined;
    if (quoted) {
      found.push({ kind: 'quote', text: '"' }, ...quoted.found, { kind: 'unquote', text: '"' });
      position = quoted.end;
      continue;
    }
    const token = scanWord(source, position);
    if (token === undefined) {
      throw new SyntaxFault(
        `${JSON.stringify(source.slice(start, position + 1))} has a character that no expression has. ${ESCAPE_HINT}`,
      );
    }
    if (token.kind in CLOSING) open.push(found.length);
    else if (token.kind === ')' || token.kind === ']' || token.kind === '}') {
      const opening = found[open.pop() ?? -1];
      if (opening === undefined || CLOSING[opening.kind] !== token.kind) {
        throw new SyntaxFault(
          `${JSON.stringify(source.slice(start, position + 1))} closes a bracket that is not open.`,
        );
      }
    }
    found.push(token);
    position += token.text.length;
  }
  if (inSequence || open.length > 0) {
    throw new SyntaxFault(
      `${JSON.stringify(source.slice(Math.max(0, start - 2)))} does not end. ${ESCAPE_HINT}`,
    );
  }
  return { found, end: position };
}

function scanWord(source: string, position: number): Token | undefined {
  const name = match(NAME, source, position);
  if (name) return { kind: 'name', text: name[0] };
  const number = match(NUMBER, source, position);
  if (number) return { kind: 'number', text: number[0] };
  const operator = OPERATORS.find((candidate) => source.startsWith(candidate, position));
  return operator && { kind: operator satisfies TokenKind, text: operator };
}

/** The parts of the template that starts at `start`: to the end of the source or, if quoted, to its closing quote. */
function scanTemplate(source: string, start: number, quoted: boolean): Scan<TemplatePart> {
  const found: TemplatePart[] = [];
  let textStart = start;
  let position = start;
  const endText = () => {
    if (position > textStart) found.push({ kind: 'text', text: source.slice(textStart, position) });
  };
  while (position < source.length) {
    const character = source[position];
    if (quoted && character === '"') {
      endText();
      return { found, end: position + 1 };
    }
    if (quoted && character === '\n') break;
    const sequence = character === '$' || character === '%' ? match(SEQUENCE, source, position) : null;
    if (sequence && sequence[1]?.length === 1) {
      endText();
      const inner = scanExpression(source, position + sequence[0].length, true);
      found.push({ kind: 'sequence', tokens: [{ kind: 'sequence', text: sequence[0] }, ...inner.found] });
      position = inner.end;
      textStart = inner.end;
    } else if (sequence) {
      position += (sequence[1]?.length ?? 0) + 1;
    } else {
      position += quoted && character === '\\' ? 2 : 1;
    }
  }
  if (quoted)
    throw new SyntaxFault(`the quoted text ${JSON.stringify(source.slice(start - 1))} does not end.`);
  endText();
  return { found, end: source.length };
}

function templateTokens(parts: readonly TemplatePart[], write: (text: string) => string): Token[] {
  return parts.flatMap((part): readonly Token[] =>
    part.kind === 'text' ? [{ kind: 'text', text: write(part.text) }] : part.tokens,
  );
}

function scanQuoted(source: string, start: number): Scan<Token> {
  const template = scanTemplate(source, start, true);
  return { found: templateTokens(template.found, (text) => text), end: template.end };
}

/** A heredoc inside an expression, as the tokens of the quoted template with the same value. */
function scanHeredoc(source: string, start: number, marker: string, indented: boolean): Scan<Token> {
  let end = start;
  while (end < source.length) {
    const lineEnd = source.indexOf('\n', end);
    const next = lineEnd === -1 ? source.length : lineEnd;
    if (source.slice(end, next).trim() === marker) {
      const body = source.slice(start, end);
      const parts = scanTemplate(indented ? withoutIndent(body) : body, 0, false).found;
      return { found: templateTokens(parts, escapeTemplateText), end: next };
    }
    end = next + 1;
  }
  throw new SyntaxFault(`the heredoc <<${marker} does not end.`);
}

/** Takes off the indent that all lines share; blank lines and tabs are refused because they do not count alike. */
function withoutIndent(body: string): string {
  const lines = body.split('\n').slice(0, -1);
  const indents = lines.map((line) => /^ *(?=[^\s])/.exec(line)?.[0].length ?? -1);
  if (indents.includes(-1)) {
    throw new SyntaxFault(
      'a <<- heredoc with blank or tab-indented lines has no exact quoted form; use << or a quoted string.',
    );
  }
  const indent = Math.min(...indents);
  return lines.map((line) => `${line.slice(indent)}\n`).join('');
}

/** The parts of a string of Terraform's JSON syntax, which is a template. Throws a `SyntaxFault` if it is broken. */
export function templateParts(source: string): readonly TemplatePart[] {
  return scanTemplate(source, 0, false).found;
}

/** The tokens of a bare expression. Throws a `SyntaxFault` if it is broken. */
export function expressionTokens(source: string): readonly Token[] {
  return scanExpression(source, 0, false).found;
}
