/**
 * Breaks up what GitHub finds in the text after Markdown is rendered, where a backslash is gone and an entity
 * is the character again. `visible` shows this character wherever it comes from a value, so every raw one is
 * ours. It is written raw and not as `&#8203;` because formulas are found in the source, too.
 */
const BREAK = '\u200b';

/**
 * Each with GitHub's rule. https://docs.github.com/en/get-started/writing-on-github (autolinked references and
 * URLs)
 */
const references: readonly (readonly [pattern: RegExp, replacement: string | ((found: string) => string)])[] =
  [
    // A commit: 7 to 40 hexadecimal digits as a word of their own.
    [/(?<!\w)[0-9a-f]{7,40}(?!\w)/gi, (found) => found.replace(/.{6}(?=.)/g, `$&${BREAK}`)],
    // An issue: `#12`, `owner/repo#12`, `GH-12`.
    [/#(?=\w|$)/g, `#${BREAK}`],
    [/\bGH-(?=\d|$)/gi, `$&${BREAK}`],
    // A mention or a mail address: `@user`, `@organization/team`, `user@host`.
    [/@(?!\s)/g, `@${BREAK}`],
    // A web address: `scheme://…`, `www.…`. https://github.github.com/gfm/#autolinks-extension-
    [/:(?=\/)|(?<=[ps]):$/gi, `:${BREAK}`],
    [/(?<=www)\./gi, `${BREAK}.`],
    // An emoji: a name between colons.
    [/:(?=[\w+-]+:)/g, `:${BREAK}`],
    // A formula: `$…$`, `$$…$$`, and a `$` next to code; it does not open behind this
    // character, while `\$` opens.
    [/\$/g, `${BREAK}$`],
    [/\$$/g, `$${BREAK}`],
  ];

/** Plain text on one line in which nothing is found as a reference; it reads as before. */
const withoutReferences = (plain: string): string =>
  references.reduce(
    (broken, [pattern, replacement]) => broken.replace(pattern, replacement as string),
    plain,
  );

/** Marks wherever they stand. An underscore within a word marks nothing, and names are full of them. */
const MARKS = /[\\`*[\]<&~|#$]|_(?![a-z0-9])|(?<![a-z0-9])_/gi;
/**
 * Marks of blocks, which they are at a line's start, and that may be here; `www` may have begun before it.
 */
const AT_THE_START = /^( ?(?:\d{1,9}|w{0,2}))([.)])|^( ?)([-+=>:(])/i;

/**
 * Plain text on one line, nothing unseen in it, as inline Markdown that reads as it does and does nothing.
 */
export const escapedText = (plain: string): string =>
  withoutReferences(plain)
    .replace(MARKS, '\\$&')
    .replace(AT_THE_START, '$1$3\\$2$4')
    // It would make an image of a link behind it.
    .replace(/!$/, '\\!');
