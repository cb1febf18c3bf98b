import { nearest } from './nearest';
import { elements, isObject, repeats, textOf } from './reading';
import { notShown, shown } from './shown';

/** A fault before it is known of which environment. */
export interface Problem {
  readonly field: string;
  readonly value: unknown;
  readonly rule: string;
}

/** The rule that a value breaks, or nothing. A missing value is `undefined`. */
export type Rule = (value: unknown) => string | undefined;

/** What is wrong with a value at a field and below it. Takes values of any type, since settings may be JavaScript. */
export type Check = (value: unknown, field: string) => readonly Problem[];

/** A check for each setting: one that is forgotten does not compile. */
export type Checks<T> = { readonly [K in keyof T]-?: Check };

export const rule =
  (broken: Rule): Check =>
  (value, field) => {
    const text = broken(value);
    return text === undefined ? [] : [{ field, value, rule: text }];
  };

export const optional =
  (check: Check): Check =>
  (value, field) =>
    value === undefined ? [] : check(value, field);

export const all =
  (...checks: readonly Check[]): Check =>
  (value, field) =>
    checks.flatMap((check) => check(value, field));

/** Keeps what may be a secret out of the faults; numbers and the like are none. */
export const hidden =
  (check: Check): Check =>
  (value, field) =>
    check(value, field).map((problem) => ({ ...problem, value: secretive(problem.value) }));

export const secretive = (value: unknown) =>
  typeof value === 'string' || (typeof value === 'object' && value !== null) ? notShown : value;

/** `a.b`, `a[0]`, `a["b c"]`. */
export function below(field: string, key: string | number): string {
  if (typeof key === 'number') return `${field}[${key}]`;
  if (!/^[A-Za-z_$][\w$]{0,79}$/.test(key)) return `${field}[${shown(key)}]`;
  return field === '' ? key : `${field}.${key}`;
}

/** An object of these settings and no others. */
export const object =
  <T>(checks: Checks<T>): Check =>
  (value, field) => {
    const names = Object.keys(checks);
    if (!isObject(value)) {
      return [{ field, value, rule: `must be an object with ${listed(names)}` }];
    }
    return [
      ...names.flatMap((name) => checks[name as keyof T](value[name], below(field, name))),
      ...Object.keys(value)
        .filter((key) => !Object.hasOwn(checks, key))
        .map((key) => ({
          field: below(field, key),
          value: secretive(value[key]),
          rule: unknownSetting(key, names),
        })),
    ];
  };

function unknownSetting(key: string, names: readonly string[]): string {
  const meant = nearest(key, names);
  if (meant) return `is not a setting: write ${meant}`;
  return names.length > 0
    ? `is not a setting here: leave it out, or use ${listed(names, 'or')}`
    : 'is not a setting here: leave it out';
}

type Tagged<Tag extends string> = { readonly [K in Tag]: string };
type Variants<T extends Tagged<Tag>, Tag extends string> = {
  readonly [K in T[Tag]]: Checks<Omit<Extract<T, { readonly [P in Tag]: K }>, Tag>>;
};

/** One of several kinds of objects, told apart by their `tag`. */
export const tagged =
  <T extends Tagged<Tag>, Tag extends string>(tag: Tag, variants: Variants<T, Tag>): Check =>
  (value, field) => {
    const allowed = () => listed(Object.keys(variants).map(shown), 'or');
    if (!isObject(value)) {
      return [{ field, value, rule: `must be an object whose ${tag} is ${allowed()}` }];
    }
    const kind = value[tag];
    if (typeof kind !== 'string' || !Object.hasOwn(variants, kind)) {
      return [{ field: below(field, tag), value: kind, rule: `must be ${allowed()}` }];
    }
    return object({ [tag]: fine, ...variants[kind as keyof typeof variants] })(value, field);
  };

export const fine: Check = () => [];

/** A list of what `wanted` says: `at least one callback`. */
export const list =
  (each: Check, wanted: string, { atLeast = 0, atMost = Number.POSITIVE_INFINITY }): Check =>
  (value, field) => {
    const fits = Array.isArray(value) && value.length >= atLeast && value.length <= atMost;
    return [
      ...(fits ? [] : [{ field, value, rule: `must be a list of ${wanted}` }]),
      ...elements(value).flatMap((element, index) => each(element, below(field, index))),
    ];
  };

/** Whether a list of texts has none twice. */
export const distinct: Check = (value, field) =>
  repeats(elements(value).map(textOf)).map(({ index, first }) => ({
    field: below(field, index),
    value: elements(value)[index],
    rule: `is ${below(field, first)} too: leave one out`,
  }));

/** Keeps a text out of the faults that stands where an object or a list should be: a URL with a password, say. */
export const hiddenText =
  (check: Check): Check =>
  (value, field) =>
    check(value, field).map((problem) =>
      typeof value === 'string' && problem.value === value ? { ...problem, value: notShown } : problem,
    );

export const listed = (words: readonly string[], last = 'and') =>
  words.length > 1 ? `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}` : words.join('');
