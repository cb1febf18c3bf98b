import { canonicalJson } from '../../../../synthesis/canonical-json';

/** One keyword in which a deployed JSON schema differs from the synthesized one. */
export interface SchemaDifference {
  /** `properties.UNIXTIME.pattern` */
  readonly keyword: string;
  readonly synthesized: string;
  readonly deployed: string;
  /** Whether it makes the model refuse bodies that it accepted, accept bodies that it refused, or either. */
  readonly effect: 'refuses' | 'accepts' | 'either';
}

/** What says nothing about a body. */
const annotations = ['$schema', 'default', 'description', 'id', 'title'];

/** These hold schemas by name. */
const named = ['definitions', 'patternProperties', 'properties'];

/**
 * Sets of values: the order says nothing.
 * https://tools.ietf.org/html/draft-fge-json-schema-validation-00
 */
const sets = ['enum', 'required', 'type'];

const lowerLimits = ['minimum', 'minItems', 'minLength', 'minProperties'];
const upperLimits = ['maximum', 'maxItems', 'maxLength', 'maxProperties'];

type Schema = Readonly<Record<string, unknown>>;

/** What two JSON schemas of draft 4 ask of a body otherwise. @param synthesized JSON @param deployed JSON */
export function schemaDifferences(synthesized: string, deployed: string): readonly SchemaDifference[] {
  const there = parsed(deployed);
  if (there === undefined) {
    return [{ keyword: 'schema', synthesized: 'JSON', deployed: 'no JSON object', effect: 'either' }];
  }
  return compare(parsed(synthesized) ?? {}, there, '');
}

function compare(wanted: Schema, there: Schema, at: string): readonly SchemaDifference[] {
  const keywords = [...new Set([...Object.keys(wanted), ...Object.keys(there)])].sort();
  return keywords
    .filter((keyword) => !annotations.includes(keyword))
    .flatMap((keyword) => compareKeyword(keyword, wanted[keyword], there[keyword], at + keyword));
}

function compareKeyword(
  keyword: string,
  wanted: unknown,
  there: unknown,
  path: string,
): readonly SchemaDifference[] {
  if (named.includes(keyword)) {
    const [before, now] = [schemaOf(wanted), schemaOf(there)];
    return [...new Set([...Object.keys(before), ...Object.keys(now)])]
      .sort()
      .flatMap((name) => compare(schemaOf(before[name]), schemaOf(now[name]), `${path}.${name}.`));
  }
  if (keyword === 'items' && isSchema(wanted) && isSchema(there)) return compare(wanted, there, `${path}.`);
  if (sets.includes(keyword) && wanted !== undefined && there !== undefined) {
    return compareSets(keyword, valuesOf(wanted), valuesOf(there), path);
  }
  if (canonicalJson(wanted ?? null) === canonicalJson(there ?? null)) return [];
  if (keyword === 'additionalProperties' && (wanted ?? true) === (there ?? true)) return [];
  return [
    {
      keyword: path,
      synthesized: shown(wanted),
      deployed: shown(there),
      effect: effectOf(keyword, wanted, there),
    },
  ];
}

function compareSets(
  keyword: string,
  wanted: readonly string[],
  there: readonly string[],
  path: string,
): readonly SchemaDifference[] {
  const gone = wanted.filter((value) => !there.includes(value));
  const added = there.filter((value) => !wanted.includes(value));
  if (gone.length === 0 && added.length === 0) return [];
  // A required field narrows, a value or a type that is allowed widens.
  const [narrows, widens] = keyword === 'required' ? [added, gone] : [gone, added];
  return [
    {
      keyword: path,
      synthesized: gone.join(', ') || 'nothing more',
      deployed: added.join(', ') || 'nothing more',
      effect: narrows.length > 0 && widens.length > 0 ? 'either' : narrows.length > 0 ? 'refuses' : 'accepts',
    },
  ];
}

function effectOf(keyword: string, wanted: unknown, there: unknown): SchemaDifference['effect'] {
  if (keyword === 'additionalProperties') {
    if (there === false) return 'refuses';
    return wanted === false ? 'accepts' : 'either';
  }
  if (wanted === undefined) return 'refuses';
  if (there === undefined) return 'accepts';
  if (lowerLimits.includes(keyword)) return Number(there) > Number(wanted) ? 'refuses' : 'accepts';
  if (upperLimits.includes(keyword)) return Number(there) < Number(wanted) ? 'refuses' : 'accepts';
  return 'either';
}

const shown = (value: unknown) => (value === undefined ? 'none' : canonicalJson(value));

const valuesOf = (value: unknown): readonly string[] =>
  [value].flat().map((item) => (typeof item === 'string' ? item : canonicalJson(item)));

const isSchema = (value: unknown): value is Schema =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

const schemaOf = (value: unknown): Schema => (isSchema(value) ? value : {});

function parsed(json: string): Schema | undefined {
  try {
    const schema: unknown = JSON.parse(json);
    return isSchema(schema) ? schema : undefined;
  } catch {
    return undefined;
  }
}
