// Markdown that a pull request's own code wrote, made harmless wherever it stands: a parser of ours that took something
// for code which GitHub takes for text would be a hole, so that code is treated as text is. A zero-width space between
// the two characters that mean something is not seen, in text or in code.
const gap = '\u200B';

/** The only HTML there is in a review: it folds a part, marks a word, breaks a line, or parts two lists. */
const allowedTag = /^<(?:\/?(?:details|summary|code|strong)|details open|br ?\/?|!-- --)>/;

/** What a review says, and nothing that does something: no mention, no image, no HTML but that. */
export function harmless(markdown) {
  return (
    markdown
      .replace(/\r\n?/g, '\n')
      // Control characters, and those that turn or hide text. First: what one of them held apart is then seen.
      .replace(/(?![\n\t\u200B-\u200D\u2060])[\p{Cc}\p{Cf}\u2028\u2029]/gu, '')
      // CommonMark: a tag, a comment and an autolink have one of these right after the bracket.
      .replace(/<(?=[A-Za-z/!?])/g, (bracket, at, whole) =>
        allowedTag.test(whole.slice(at, at + 20)) ? bracket : bracket + gap,
      )
      // GitHub looks for mentions in what is rendered, where \@ and character references have become @.
      .replace(/(?:@|&(?:#0*64|#[xX]0*40|commat);)(?=[^\s@\u200B])/g, `$&${gap}`)
      .replace(/!(?=\[)/g, `!${gap}`)
      // In a Mermaid picture: directives but for measures, and styles that load something.
      .replace(/%%(?=\{)(?!\{init: \{["\w:,{} ]*\}%%\n)/g, `%%${gap}`)
      .replace(/url(?=\s*\()/gi, `$&${gap}`)
      .replace(/^([ \t>]*(?:`{3,}|~{3,})[ \t]*mermaid[^\n]*\n[ \t>]*)(?=---)/gim, `$1${gap}`)
  );
}
