import { escapePlainText } from '../../../synthesis/hcl/escapes';

const unicode = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
const json = (text: string): string => JSON.stringify(text).slice(1, -1);

/**
 * Each is how a text stands within another: in JSON, in Go's JSON (`jsonencode`), in HCL, in Terraform's JSON
 * syntax.
 */
const escapings: readonly ((text: string) => string)[] = [
  json,
  (text) => json(text).replace(/[<>&\u2028\u2029]/g, unicode),
  (text) => json(text).replace(/[^\0-\x7e]/g, unicode),
  escapePlainText,
  (text) => text.replace(/(\$+|%+)\{/g, (run) => `${run[0]}${run}`),
];
/** JSON in JSON, in a template, in HCL. */
const DEEPEST = 4;
/** Of a secret as long as a file, in UTF-16 units, no further forms are made. */
const LONGEST = 2_000_000;
/** Shorter pieces of base64 would be found by chance. */
const SHORTEST_PIECE = 9;

/** Every way in which a value may stand in a text; the value itself first. */
export function formsOf(value: string): readonly string[] {
  const forms = new Set([value]);
  let latest: readonly string[] = [value];
  for (let depth = 0, length = 0; depth < DEEPEST && latest.length > 0 && length < LONGEST; depth += 1) {
    const next = latest.flatMap((form) => escapings.map((escaped) => escaped(form)));
    latest = [...new Set(next)].filter((form) => !forms.has(form));
    for (const form of latest) forms.add(form);
    length += latest.reduce((sum, form) => sum + form.length, 0);
  }
  for (const form of [...base64Of(value), urlOf(value)]) forms.add(form);
  return [...forms];
}

/** As a whole, and as a part of something longer, where it begins at any of three offsets. */
function base64Of(value: string): readonly string[] {
  const whole = Buffer.from(value).toString('base64');
  const pieces = [0, 1, 2].map((offset) => {
    const shifted = Buffer.concat([Buffer.alloc(offset), Buffer.from(value)]);
    const complete = Math.floor((shifted.length * 8) / 6);
    return shifted.toString('base64').slice(Math.ceil((offset * 8) / 6), complete);
  });
  const all = [whole, whole.replace(/=+$/, ''), ...pieces.filter((piece) => piece.length >= SHORTEST_PIECE)];
  return all.flatMap((base64) => [base64, base64.replaceAll('+', '-').replaceAll('/', '_')]);
}

function urlOf(value: string): string {
  try {
    return encodeURIComponent(value);
  } catch {
    // Half of a surrogate pair has no UTF-8.
    return value;
  }
}
