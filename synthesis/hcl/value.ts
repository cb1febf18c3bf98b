import { escapePlainText, escapeTemplateText, escapeWideCharacters, evaluateTemplateText } from './escapes';
import { writeExpression } from './expression';
import { entries, isObject } from './json';
import { parseCanonicalJson } from './jsonencode';
import { type Assignment, alignedLines, indent, type Lines } from './layout';
import { at, below, HclError, type Place } from './problem';
import { type TemplatePart, templateParts } from './scan';

/** How the strings of a value are meant. */
export type Strings =
  /** As templates, in a position where functions may be called. */
  | 'template'
  /** As they stand: Terraform reads the position without evaluating templates. */
  | 'plain'
  /** As they stand, within the argument of a function. */
  | 'plain-argument';

const MAX_COLUMNS = 100;
const MAX_ITEMS_ON_A_LINE = 5;
const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_-]*$/;
/** `for` would begin a for expression, the others are read as values by other tools. */
const RESERVED: ReadonlySet<string> = new Set(['for', 'true', 'false', 'null']);
/** Lists of policies that reviewers compare line by line. */
const ONE_A_LINE: ReadonlySet<string> = new Set([
  'actions',
  'not_actions',
  'resources',
  'not_resources',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
]);

function writeParts(parts: readonly TemplatePart[], escapeText: (text: string) => string): string {
  return parts
    .map((part) => (part.kind === 'text' ? escapeText(part.text) : writeExpression(part.tokens)))
    .join('');
}

/** A string as a quoted HCL template, in which its templates are evaluated as in JSON. */
function writeTemplate(text: string, strings: Strings): Lines {
  const parts = strings === 'template' && /[$%]\{/.test(text) ? templateParts(text) : undefined;
  const [first] = parts ?? [];
  if (parts?.length === 1 && first?.kind === 'sequence' && first.tokens[0]?.text.startsWith('${')) {
    return [writeExpression(first.tokens.slice(1, -1))];
  }
  if (parts?.some((part) => part.kind === 'sequence')) {
    return [`"${writeParts(parts, escapeTemplateText)}"`];
  }
  return strings === 'plain'
    ? [`"${escapePlainText(text)}"`]
    : writePlainText(strings === 'template' ? evaluateTemplateText(text) : text);
}

function writePlainText(text: string): Lines {
  const json = parseCanonicalJson(text);
  if (json === undefined) return [`"${escapePlainText(text)}"`];
  const [first, ...rest] = writeValue(json, 'plain-argument', { construct: '', keys: [] }, 0);
  const wrapped = [`jsonencode(${first}`, ...rest];
  return [...wrapped.slice(0, -1), `${wrapped.at(-1)})`];
}

/** A key of a map: bare where it is an identifier, quoted otherwise; a key may be a template, too. */
function writeKey(key: string, strings: Strings): string {
  if (IDENTIFIER.test(key) && !RESERVED.has(key)) return key;
  const inner =
    strings === 'template'
      ? writeParts(templateParts(key), escapeWideText)
      : escapeWideCharacters(escapePlainText(key));
  return `"${inner}"`;
}

function escapeWideText(text: string): string {
  return escapeWideCharacters(escapeTemplateText(text));
}

/** A list of written items: on one line if short, else one a line. */
export function writeList(
  items: readonly Lines[],
  value: readonly unknown[],
  column: number,
  key?: string,
): Lines {
  if (items.length === 0) return ['[]'];
  const oneLine = `[${items.map(([first]) => first).join(', ')}]`;
  const short =
    items.length <= (key !== undefined && ONE_A_LINE.has(key) ? 1 : MAX_ITEMS_ON_A_LINE) &&
    column + oneLine.length <= MAX_COLUMNS &&
    items.every((lines) => lines.length === 1) &&
    !value.some(isObject);
  if (short) return [oneLine];
  return ['[', ...items.flatMap((lines) => indent([...lines.slice(0, -1), `${lines.at(-1)},`])), ']'];
}

/**
 * A JSON value as an HCL expression.
 *
 * @param column where the value begins; lists that would pass column 100 are written one value a line
 * @param key the key that holds the value
 */
export function writeValue(
  value: unknown,
  strings: Strings,
  place: Place,
  column: number,
  key?: string,
): Lines {
  if (value === null || value === undefined) return ['null'];
  if (typeof value === 'boolean') return [String(value)];
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new HclError(place, `${value} is not a number that Terraform has.`);
    return [JSON.stringify(value)];
  }
  if (typeof value === 'string') return at(place, () => writeTemplate(value, strings));
  if (Array.isArray(value)) {
    const items = value.map((item, index) => writeValue(item, strings, below(place, index), column + 2));
    return writeList(items, value, column, key);
  }
  if (!isObject(value))
    throw new HclError(place, `a ${typeof value} has no place in a Terraform configuration.`);
  const assignments = entries(value).map(([name, item]): Assignment => {
    const written = at(place, () => writeKey(name, strings));
    return {
      key: written,
      value: writeValue(item, strings, below(place, name), column + written.length + 5, name),
    };
  });
  return assignments.length === 0 ? ['{}'] : ['{', ...indent(alignedLines(assignments)), '}'];
}
