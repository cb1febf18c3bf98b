import { canonicalJson } from '../../../../synthesis/canonical-json';
import { brief, listed } from '../notice';
import { isObject } from './json-place';

/** They say something to people, and nothing of bodies. */
const annotations = ['$schema', 'id', 'title', 'description', 'default', 'definitions'];

/** Their order says nothing. */
const sets = ['required', 'enum', 'type'];

/** What differs between two schemas: `maxLength 20 → 10 at /properties/PHONE`. Not all of it need matter. */
export const keywordDifference = (base: unknown, head: unknown): readonly string[] => compare(base, head, '');

function compare(base: unknown, head: unknown, at: string): readonly string[] {
  if (!isObject(base) || !isObject(head)) {
    return same(base, head) ? [] : [`${shown(base)} → ${shown(head)} at ${at || '/'}`];
  }
  const keywords = [...new Set([...Object.keys(base), ...Object.keys(head)])];
  return keywords
    .filter((keyword) => isNameList(at) || !annotations.includes(keyword))
    .flatMap((keyword) => {
      const [before, after] = [base[keyword], head[keyword]];
      if (same(before, after)) return [];
      const inner = `${at}/${keyword}`;
      if (!isNameList(at) && sets.includes(keyword)) return setDifference(keyword, before, after, at || '/');
      if (isObject(before) && isObject(after)) return compare(before, after, inner);
      if (isNameList(inner) && !isNameList(at)) return compare(before ?? {}, after ?? {}, inner);
      if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
        return before.flatMap((one: unknown, index) => compare(one, after[index], `${inner}/${index}`));
      }
      if (before === undefined) return [`${keyword} ${shown(after)} is new at ${at || '/'}`];
      if (after === undefined) return [`${keyword} ${shown(before)} is gone at ${at || '/'}`];
      return [`${keyword} ${shown(before)} → ${shown(after)} at ${at || '/'}`];
    });
}

/** Whether the names of this object are no keywords but the properties' own. */
const isNameList = (pointer: string) => /\/(?:properties|patternProperties|dependencies)$/.test(pointer);

function setDifference(keyword: string, before: unknown, after: unknown, at: string): readonly string[] {
  const list = (value: unknown) => (value === undefined ? [] : [value].flat()).map((one) => shown(one));
  const [was, is] = [list(before), list(after)];
  const [less, more] = [was.filter((one) => !is.includes(one)), is.filter((one) => !was.includes(one))];
  if (keyword === 'type' || (less.length === was.length && less.length > 0) || was.length === 0) {
    if (less.length === 0 && more.length === 0) return [];
    return [`${keyword} ${values(was)} → ${values(is)} at ${at}`];
  }
  return [
    ...(less.length > 0 ? [`${keyword} no longer has ${values(less)} at ${at}`] : []),
    ...(more.length > 0 ? [`${keyword} also has ${values(more)} at ${at}`] : []),
  ];
}

const values = (texts: readonly string[]) => (texts.length > 0 ? brief(listed(texts, 4)) : 'none');

const shown = (value: unknown): string => brief(JSON.stringify(value) ?? 'nothing');

const same = (a: unknown, b: unknown): boolean => canonicalJson(a) === canonicalJson(b);
