import { listed, type Rule } from './check';
import { isObject } from './reading';
import { shown } from './shown';

export const matching =
  (pattern: RegExp, wanted: string): Rule =>
  (value) =>
    typeof value === 'string' && pattern.test(value) ? undefined : `must be ${wanted}`;

export const oneOf =
  (...values: readonly string[]): Rule =>
  (value) =>
    typeof value === 'string' && values.includes(value)
      ? undefined
      : `must be ${listed(values.map(shown), 'or')}`;

export const boolean: Rule = (value) =>
  typeof value === 'boolean' ? undefined : 'must be true or false, without quotes';

export const integer =
  (least: number, most: number, what = ''): Rule =>
  (value) =>
    Number.isInteger(value) && (value as number) >= least && (value as number) <= most
      ? undefined
      : `must be a whole number${what && ` ${what}`} from ${figure(least)} to ${figure(most)}`;

export const figure = (value: number) => value.toLocaleString('en-US');

/** What survives being written as JSON. */
export const jsonRule: Rule = (value) => (isJson(value) ? undefined : 'must be a value that JSON has');

function isJson(value: unknown): boolean {
  if (Array.isArray(value)) return Array.from(value as unknown[]).every(isJson);
  if (isObject(value)) return typeof value.toJSON !== 'function' && Object.values(value).every(isJson);
  return value === null || ['string', 'boolean'].includes(typeof value) || Number.isFinite(value);
}

/** The first rule that is broken. */
export const firstOf =
  (...rules: readonly Rule[]): Rule =>
  (value) => {
    for (const rule of rules) {
      const broken = rule(value);
      if (broken !== undefined) return broken;
    }
    return undefined;
  };

/** A name that becomes a part of AWS's and Terraform's names; how long it may be depends on what it is put into. */
export const settingName: Rule = matching(
  /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
  'lower-case letters, digits and single hyphens, starting with a letter and not ending with a hyphen',
);
