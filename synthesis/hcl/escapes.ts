/**
 * Characters that must not stand raw in HCL or that a reviewer could not see: controls, line separators, the
 * byte order mark, zero-width and bidirectional marks (which can make text read differently from what it says).
 */
const UNSEEN =
  '[\\u0000-\\u001f\\u007f-\\u009f\\u061c\\u200b-\\u200f\\u2028-\\u202e\\u2060\\u2066-\\u2069\\ufeff]';
/** A mark that would combine with a quote or another character of the syntax. */
const LOOSE_MARK = '(?<=^|[\\u0000-\\u007f])\\p{M}';
const NEEDS_ESCAPE = new RegExp(`["\\\\]|${UNSEEN}|${LOOSE_MARK}`, 'gu');
const UNFIT_FOR_COMMENT = new RegExp(UNSEEN, 'gu');
const SHORT: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

function escapeCharacter(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return (
    SHORT[character] ?? (code.length > 4 ? `\\U${code.padStart(8, '0')}` : `\\u${code.padStart(4, '0')}`)
  );
}

/** Literal text of a template (its `$${` and `%%{` kept) as it stands between HCL quotes. */
export function escapeTemplateText(text: string): string {
  return text.replace(NEEDS_ESCAPE, escapeCharacter);
}

/**
 * A plain string, in which `${` and `%{` mean nothing, as it stands between HCL quotes. A run of n `$` before
 * a brace reads as n - 1 of them, so one is added.
 */
export function escapePlainText(text: string): string {
  return escapeTemplateText(text.replace(/(\$+|%+)\{/g, (run) => `${run[0]}${run}`));
}

/** What the literal text of a template evaluates to. */
export function evaluateTemplateText(text: string): string {
  return text.replace(/(\$\$+|%%+)\{/g, (run) => run.slice(1));
}

/**
 * A quoted key without the characters whose width depends on the version of Unicode, so that the `=` below each
 * other stand where `terraform fmt` wants them.
 */
export function escapeWideCharacters(quoted: string): string {
  return quoted.replace(/[\u{10000}-\u{10ffff}]|\p{M}|\p{Cn}/gu, escapeCharacter);
}

/** Text for a comment: one line, nothing unseen. */
export function commentText(text: string): string {
  return text.replace(UNFIT_FOR_COMMENT, escapeCharacter);
}
