import type { Markdown } from '../markdown/markdown';

const TOKENS = /\\([!-/:-@[-`{-~])|(`+)([^`]|[^`].*?[^`])\2(?!`)|(&#\d+;|<\/?code>)|(\*\*)|[&<>"]/g;
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (plain: string): string => plain.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? '');

/**
 * A summary as HTML: within `<summary>` Markdown is not read, and with the blank lines that would have it
 * read, the text stands below its triangle. Renders what `text` and `code` make and `**bold**`; other marks
 * show as they are.
 */
export function summaryHtml({ markdown }: Markdown): string {
  let bold = false;
  const html = markdown
    .replace(/\s*\n\s*/g, ' ')
    .replace(
      TOKENS,
      (token, literal?: string, _fence?: string, span?: string, own?: string, mark?: string) => {
        if (literal !== undefined) return escaped(literal);
        if (span !== undefined) return `<code>${escaped(withoutPadding(span))}</code>`;
        if (own !== undefined) return own;
        if (mark === undefined) return escaped(token);
        bold = !bold;
        return bold ? '<strong>' : '</strong>';
      },
    );
  return bold ? `${html}</strong>` : html;
}

/** https://spec.commonmark.org/0.31.2/#code-spans: one space on both sides belongs to the backticks. */
const withoutPadding = (span: string): string => (/^ .*[^ ].* $/.test(span) ? span.slice(1, -1) : span);
