import { escapedText } from './escapes';
import { visible, visibleOnOneLine } from './visible';

/**
 * Markdown that is safe to show: whatever came from a plan, an environment or git stands in it as text or as
 * code. Only the functions of this file make it.
 */
export interface Markdown {
  readonly markdown: string;
}

/** Markdown as it is written, with values in it: plain text becomes text, Markdown stays what it is. */
export function md(
  written: TemplateStringsArray,
  ...values: readonly (string | number | Markdown)[]
): Markdown {
  return {
    markdown: written
      .map((part, index) => (index === 0 ? part : inserted(values[index - 1] ?? '') + part))
      .join(''),
  };
}

const inserted = (value: string | number | Markdown): string =>
  typeof value === 'object' ? value.markdown : text(String(value)).markdown;

/**
 * Plain text on one line: nothing in it is a mark, a link, a mention, a reference, an emoji, a formula or
 * HTML, and what cannot be seen is shown as `\u202e`. What someone will copy is better shown as `code`:
 * zero-width characters keep GitHub from finding references here.
 */
export const text = (plain: string): Markdown => ({
  markdown: escapedText(visible(plain).replace(/\s+/g, ' ')),
});

/**
 * Plain text as code on one line, exactly: newlines as `\n`, what cannot be seen as `\u202e`, empty text as
 * `""`. GitHub finds no references in code. A table's cell escapes the `|` in it, and only there: elsewhere
 * the backslash would show. A backslash before a `|` cannot be had in a cell's backticks, so that rare code
 * is HTML everywhere.
 */
export function code(plain: string): Markdown {
  const shown = visibleOnOneLine(plain) || '""';
  if (shown.includes('\\|')) {
    return { markdown: `<code>${escapedText(shown).replaceAll('\\|', '&#124;')}</code>` };
  }
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = /^`|`$|^ .*[^ ].* $/.test(shown) ? ' ' : '';
  return { markdown: fence + pad + shown + pad + fence };
}

/** Several with something between them. */
export const joined = (parts: readonly Markdown[], between = ', '): Markdown => ({
  markdown: parts.map(({ markdown }) => markdown).join(between),
});
