import { visible } from './visible';

/**
 * What does not stand as it is: all but letters, digits and a few marks that mean nothing between quotes. A
 * `-`, `.` or `_` at a word's edge may be Markdown's. While it parses, Mermaid itself writes entity codes as
 * `ﬂ°35¶ß`: these letters would be read as one.
 */
const UNUSUAL = /[^\p{L}\p{N} ,/()….\-_]|[ﬂß]|(?<![\p{L}\p{N}])[-._]|[-._](?![\p{L}\p{N}])/gu;

/**
 * Plain text between the quotes of a Mermaid flowchart's label, `id["…"]`: nothing in it ends the label or is
 * HTML, a directive, an icon, a formula or Markdown. Whatever is unusual is an entity code, as `#58;` for a
 * colon.
 * https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters
 *
 * @param longest what is longer ends in an ellipsis; in characters as they are shown @default 60
 */
export function mermaidLabel(plain: string, longest = 60): string {
  const characters = [...visible(plain).replace(/\s+/g, ' ').trim()];
  const shown =
    characters.length > longest ? [...characters.slice(0, Math.max(0, longest - 1)), '…'] : characters;
  const text = shown
    .join('')
    // `$$…$$` is a formula even as entities; a zero-width space keeps it apart.
    .replace(/\$(?=\$)/g, '$\u200b');
  // Mermaid does not parse an empty label.
  return text.replace(UNUSUAL, (character) => `#${character.codePointAt(0)};`) || ' ';
}
