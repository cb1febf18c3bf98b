import type { ErrorObject } from 'ajv-draft-04';
import { counted } from '../../counted';
import { brief, inSentence } from '../notice';

/** Why a model refuses a body: a keyword of its schema, and the property that it stands for. */
export interface Refusal {
  readonly keyword: string;
  /** `order.items[].id`; empty for the body itself. */
  readonly property: string;
  /** Plain text that goes on from "bodies": `without PHONE`. */
  readonly words: string;
}

/** Each reason once; of alternatives that are all refused the keyword that lists them, not what is wrong with each. */
export function refusalsOf(errors: readonly ErrorObject[]): readonly Refusal[] {
  const lists = errors.filter(({ keyword }) => ['anyOf', 'oneOf', 'not'].includes(keyword));
  const refusals = errors
    .filter(({ schemaPath }) => !lists.some((list) => schemaPath.startsWith(`${list.schemaPath}/`)))
    .map(refusalOf);
  return [...new Map(refusals.map((refusal) => [keyOf(refusal), refusal])).values()];
}

export const keyOf = ({ keyword, property }: Pick<Refusal, 'keyword' | 'property'>): string =>
  `${keyword} ${property}`;

/** Of a body that is no JSON. */
export const notJson: Refusal = { keyword: 'JSON', property: '', words: 'that are no JSON' };

function refusalOf(error: ErrorObject): Refusal {
  const { keyword, params } = error;
  const at = propertyOf(error.instancePath);
  const property = keyword === 'required' ? within(at, String(params.missingProperty)) : at;
  return { keyword, property, words: brief(wordsOf(error, property), 200) };
}

function propertyOf(pointer: string): string {
  const keys = pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  return keys.reduce((path, key) => (/^\d+$/.test(key) ? `${path}[]` : within(path, key)), '');
}

const within = (path: string, key: string) => (path === '' ? key : `${path}.${key}`);

function wordsOf({ keyword, params, schema, message }: ErrorObject, property: string): string {
  const where = property === '' ? 'that are' : `in which ${property} is`;
  const limit = Number(params.limit);
  switch (keyword) {
    case 'required':
      return `without ${property}`;
    case 'type':
      return `${where} no ${[params.type].flat().join(' or ')}`;
    case 'enum':
      return `${where} none of ${enumText(params.allowedValues ?? schema)}`;
    case 'pattern':
      return `${property === '' ? 'that do' : `in which ${property} does`} not match ${params.pattern}`;
    case 'minLength':
      return limit === 1 ? `${where} empty` : `${where} shorter than ${counted(limit, 'character')}`;
    case 'maxLength':
      return `${where} longer than ${counted(limit, 'character')}`;
    case 'minimum':
    case 'maximum':
      return `${where} not ${params.comparison} ${limit}`;
    case 'minItems':
    case 'maxItems':
      return `${where} of ${keyword === 'minItems' ? 'fewer' : 'more'} than ${counted(limit, 'item')}`;
    case 'additionalProperties':
      return property === ''
        ? 'with properties that are not listed'
        : `in which ${property} has properties that are not listed`;
    default:
      return `${where} refused by "${keyword}" (${message ?? 'no more is known'})`;
  }
}

function enumText(values: unknown): string {
  const texts = [values].flat().map((value) => JSON.stringify(value));
  return texts.length > 4 ? `${texts.length} values` : inSentence(texts);
}
