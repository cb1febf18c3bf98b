import { isObject } from '../models/json-place';

/** Samples of one pattern, at most. */
const most = 60;

type Fields = Readonly<Record<string, unknown>>;

/**
 * Fields of messages that could match an event pattern: one with the first value of each field, then others with
 * another value in one place. Where the body is compared as JSON it is an object.
 */
export function patternSamples(pattern: unknown): readonly Fields[] {
  if (!isObject(pattern)) return [];
  const choices = Object.entries(pattern).flatMap(([name, inner]): readonly Fields[] => {
    if (name === '$or') return Array.isArray(inner) ? inner.flatMap(patternSamples) : [];
    const values = Array.isArray(inner) ? inner.flatMap(valuesFor) : patternSamples(inner);
    return values.map((value) => ({ [name]: value }));
  });
  const first = Object.assign({}, ...choices.toReversed()) as Fields;
  return [first, ...choices.map((choice) => ({ ...first, ...choice }))].slice(0, most);
}

/** Values on either side of one comparison; `undefined` for a field that is not there. */
function valuesFor(comparison: unknown): readonly unknown[] {
  if (!isObject(comparison)) return [comparison];
  return Object.entries(comparison).flatMap(([operator, operand]): readonly unknown[] => {
    const text = typeof operand === 'string' ? operand : 'x';
    switch (operator) {
      case 'prefix':
        return [`${text}x`];
      case 'suffix':
        return [`x${text}`];
      case 'equals-ignore-case':
        return [text.toUpperCase(), text.toLowerCase()];
      case 'anything-but':
        return ['x', ...[operand].flat()];
      case 'numeric':
        return [operand]
          .flat()
          .flatMap((bound) => (typeof bound === 'number' ? [bound - 1, bound, bound + 1] : []));
      case 'exists':
        return operand === false ? [undefined, 'x'] : ['x'];
      case 'cidr':
        return [text.split('/')[0]];
      default:
        return [];
    }
  });
}
