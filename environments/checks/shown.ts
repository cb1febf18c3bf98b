/** Stands for a value that may be a secret. */
export const notShown: unique symbol = Symbol('not shown');

const longest = 80;

/** A value for a terminal: on one line, at most about 80 characters, objects and lists by their kind only. */
export function shown(value: unknown): string {
  if (value === undefined) return '(missing)';
  if (value === notShown) return '(not shown)';
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return value.length === 0 ? '(an empty list)' : `(a list of ${value.length})`;
  if (typeof value === 'function' || typeof value === 'symbol') return `(a ${typeof value})`;
  if (typeof value !== 'object' || value === null) return String(value);
  const keys = Object.keys(value);
  return keys.length === 0
    ? '(an empty object)'
    : `(an object with ${shortened(keys.map(escaped).join(', '))})`;
}

const quoted = (text: string) =>
  text.length > longest
    ? `"${shortened(escaped(text))}" (${text.length.toLocaleString('en-US')} characters)`
    : `"${escaped(text)}"`;

/** Control characters, marks of direction and the like would garble the line or hide a part of it. */
const escaped = (text: string) =>
  text
    .slice(0, 4 * longest)
    .replace(/["\\]/g, '\\$&')
    .replace(
      /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu,
      (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
    );

const shortened = (text: string) =>
  text.length > longest ? `${Array.from(text).slice(0, longest).join('')}…` : text;
