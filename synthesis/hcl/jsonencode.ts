/** Go's JSON writer escapes these so that JSON can stand in HTML. */
const HTML = /[<>&\u2028\u2029]/g;
/** `\b` and `\f` are written differently by different versions of Go; a lone surrogate has no UTF-8. */
const UNSURE = /[\b\f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const PLAIN_NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?$/;

function byCodePoint(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}

function writeString(value: string): string {
  return JSON.stringify(value).replace(
    HTML,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** What Terraform's `jsonencode` gives for a value, or undefined where that is not certain. */
function encode(value: unknown): string | undefined {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    const text = JSON.stringify(value);
    return PLAIN_NUMBER.test(text) ? text : undefined;
  }
  if (typeof value === 'string') return UNSURE.test(value) ? undefined : writeString(value);
  const items = Array.isArray(value)
    ? value.map(encode)
    : Object.keys(value as object)
        .sort(byCodePoint)
        .map((key) => {
          const item = encode((value as Record<string, unknown>)[key]);
          return item === undefined || UNSURE.test(key) ? undefined : `${writeString(key)}:${item}`;
        });
  if (items.includes(undefined)) return undefined;
  return Array.isArray(value) ? `[${items.join(',')}]` : `{${items.join(',')}}`;
}

/**
 * The object or list that a text stands for if it is, byte for byte, what `jsonencode` makes of it (sorted keys, no
 * spaces, HTML characters escaped, in Unicode's composed form, as Terraform keeps strings); otherwise undefined.
 */
export function parseCanonicalJson(text: string): object | undefined {
  if (!/^(\{".*\}|\[.+\])$/s.test(text) || text !== text.normalize('NFC')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return encode(value) === text ? (value as object) : undefined;
  } catch {
    return undefined;
  }
}
