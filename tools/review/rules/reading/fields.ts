import { Unreadable } from './unreadable';

/** Attributes and blocks of one place in the configuration, references resolved as far as that is possible. */
export interface Fields {
  /** `<stack>: <type>.<name>`, and the path below it. */
  readonly where: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** What stands at an attribute; nothing where it is absent or null. */
export const valueAt = ({ values }: Fields, attribute: string): unknown =>
  Object.hasOwn(values, attribute) ? (values[attribute] ?? undefined) : undefined;

/** @throws Unreadable for anything but text */
export function textOf(fields: Fields, attribute: string): string | undefined {
  const value = valueAt(fields, attribute);
  if (value === undefined || typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw unexpected(fields, attribute, 'text');
}

/** Terraform takes numbers as text too. @throws Unreadable for anything else, expressions included */
export function numberOf(fields: Fields, attribute: string): number | undefined {
  const value = valueAt(fields, attribute);
  if (value === undefined || typeof value === 'number') return value;
  if (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value)) return Number(value);
  throw unexpected(fields, attribute, 'a number');
}

/** @throws Unreadable for anything but true and false, which may be written as text */
export function flagOf(fields: Fields, attribute: string): boolean | undefined {
  const value = valueAt(fields, attribute);
  if (value === undefined || typeof value === 'boolean') return value;
  if (value === 'true' || value === 'false') return value === 'true';
  throw unexpected(fields, attribute, 'true or false');
}

/** @throws Unreadable for anything but a list of texts, or one text */
export function textsOf(fields: Fields, attribute: string): readonly string[] {
  const values = [valueAt(fields, attribute) ?? []].flat();
  if (values.every((value) => typeof value === 'string')) return values;
  throw unexpected(fields, attribute, 'a list of texts');
}

/** The texts of a map. @throws Unreadable for anything but a map of texts */
export function mapOf(fields: Fields, attribute: string): ReadonlyMap<string, string> {
  const value = valueAt(fields, attribute) ?? {};
  if (!isObject(value) || Object.values(value).some((item) => typeof item !== 'string')) {
    throw unexpected(fields, attribute, 'a map of texts');
  }
  return new Map(Object.entries(value as Record<string, string>));
}

/** Terraform's JSON syntax writes one block as itself or as a list of one. @throws Unreadable for what is no block */
export function blocksOf(fields: Fields, attribute: string): readonly Fields[] {
  if (valueAt(fields, 'dynamic') !== undefined) throw unexpected(fields, 'dynamic', 'written out');
  return [valueAt(fields, attribute) ?? []].flat().map((value, index, all) => {
    if (!isObject(value)) throw unexpected(fields, attribute, 'a block');
    const place = all.length > 1 ? `${attribute}[${index}]` : attribute;
    return { where: `${fields.where}.${place}`, values: value };
  });
}

/** JSON within a text. @throws Unreadable for anything but an object */
export function jsonOf(fields: Fields, attribute: string): Fields | undefined {
  const text = textOf(fields, attribute);
  if (text === undefined) return undefined;
  const where = `${fields.where}.${attribute}`;
  try {
    const values: unknown = JSON.parse(text);
    if (isObject(values)) return { where, values };
  } catch {
    // Said below.
  }
  throw new Unreadable(where, `${shown(text)} is no JSON object`);
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value as messages show it, at most about a hundred characters of it. */
export function shown(value: unknown): string {
  const json = JSON.stringify(value) ?? String(value);
  return json.length > 100 ? `${json.slice(0, 100)}…` : json;
}

const unexpected = (fields: Fields, attribute: string, expected: string) =>
  new Unreadable(
    fields.where,
    `its ${attribute} is ${shown(valueAt(fields, attribute))}, which is not ${expected}`,
  );
