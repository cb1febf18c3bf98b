/**
 * Characters that a reader does not see, or that make text read differently from what it says ("Trojan
 * source"): controls, bidirectional marks, zero-width and other ignorable characters, fillers that look like
 * a space, halves of surrogate pairs. https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing
 */
const UNSEEN =
  /(?![\t-\r])[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u2800]/gu;
const WHITESPACE_BUT_SPACE = /[^\S ]/g;
const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Plain text in which whatever cannot be seen is written as `\u202e` or `\u{e0001}`; whitespace stays. */
export const visible = (plain: string): string => plain.replace(UNSEEN, escaped);

/** The same on one line, exactly: whitespace other than a space is written out too, a newline as `\n`. */
export const visibleOnOneLine = (plain: string): string =>
  visible(plain).replace(WHITESPACE_BUT_SPACE, (character) => SHORT[character] ?? escaped(character));

function escaped(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
}
