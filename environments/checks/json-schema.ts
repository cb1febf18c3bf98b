import { canonicalJson } from '../../synthesis/canonical-json';
import { below, type Check, fine, listed, type Problem, type Rule, rule } from './check';
import { nearest } from './nearest';
import { isObject, repeats } from './reading';
import { figure, jsonRule, oneOf } from './rules';
import { referenceRule } from './schema-reference';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html */
const mostBytes = 400 * 1024;

const draft4 = 'http://json-schema.org/draft-04/schema';

/** What a model can be: JSON schema, draft 4, as far as API Gateway knows it, and no other documents. */
export const jsonSchema: Check = (value, field) => {
  const problems = schemaWithin(value)(value, field);
  if (problems.length > 0) return problems;
  const bytes = Buffer.byteLength(JSON.stringify(value));
  if (bytes <= mostBytes) return [];
  return [
    {
      field,
      value,
      rule: `has ${figure(bytes)} bytes as JSON, and API Gateway takes ${figure(mostBytes)}: leave out descriptions, or share parts in definitions`,
    },
  ];
};

/** The check of a schema that is a part of the document `root`, or that document itself. */
function schemaWithin(root: unknown): Check {
  const keywords: Readonly<Record<string, Check>> = keywordChecks(root, (value, field) => {
    if (!isObject(value)) return [{ field, value, rule: 'must be an object, a JSON schema of draft 4' }];
    return [
      ...Object.entries(value).flatMap(([keyword, inner]): readonly Problem[] => {
        const check = Object.hasOwn(keywords, keyword) ? keywords[keyword] : undefined;
        if (check) return check(inner, below(field, keyword));
        return [
          {
            field: below(field, keyword),
            value: inner,
            rule: unknownKeyword(keyword, Object.keys(keywords)),
          },
        ];
      }),
      ...exclusiveOfNothing(value, field),
    ];
  });
  return keywords.not ?? fine;
}

/** Draft 4's keywords. https://json-schema.org/draft-04/json-schema-validation */
function keywordChecks(root: unknown, schema: Check) {
  const schemas = nonEmptyList(schema);
  const schemaOrBoolean: Check = (value, field) => (typeof value === 'boolean' ? [] : schema(value, field));
  return {
    $schema: rule(dialectRule),
    $ref: rule(referenceRule(root)),
    id: text,
    title: text,
    description: text,
    default: rule(jsonRule),
    multipleOf: rule((value) =>
      Number.isFinite(value) && (value as number) > 0 ? undefined : 'must be a number above 0',
    ),
    maximum: number,
    exclusiveMaximum: rule((value) =>
      typeof value === 'boolean'
        ? undefined
        : 'must be true or false beside a maximum: draft 4 has no number here',
    ),
    minimum: number,
    maxLength: count,
    minLength: count,
    pattern: rule(regexRule),
    items: (value, field) => (Array.isArray(value) ? schemas : schema)(value, field),
    additionalItems: schemaOrBoolean,
    maxItems: count,
    minItems: count,
    uniqueItems: boolean,
    maxProperties: count,
    minProperties: count,
    required: rule(requiredRule),
    properties: mapOf(schema),
    patternProperties: mapOf(schema, regexRule),
    additionalProperties: schemaOrBoolean,
    definitions: mapOf(schema),
    dependencies: mapOf((value, field) => (Array.isArray(value) ? rule(namesRule) : schema)(value, field)),
    enum: rule(enumRule),
    type: rule(typeRule),
    format: rule(formatRule),
    allOf: schemas,
    anyOf: schemas,
    oneOf: schemas,
    not: schema,
  } satisfies Record<string, Check>;
}

const exclusiveOfNothing = (schema: Readonly<Record<string, unknown>>, field: string): readonly Problem[] =>
  typeof schema.exclusiveMaximum === 'boolean' && schema.maximum === undefined
    ? [
        {
          field: below(field, 'exclusiveMaximum'),
          value: schema.exclusiveMaximum,
          rule: 'must stand beside a maximum, which it is about: add one, or leave it out',
        },
      ]
    : [];

const number = rule((value) => (Number.isFinite(value) ? undefined : 'must be a number'));

const count = rule((value) =>
  Number.isInteger(value) && (value as number) >= 0 ? undefined : 'must be a whole number from 0',
);

const boolean = rule((value) => (typeof value === 'boolean' ? undefined : 'must be true or false'));

const dialectRule: Rule = (value) =>
  value === draft4 || value === `${draft4}#`
    ? undefined
    : `must be "${draft4}#": API Gateway's models are written in draft 4`;

const text = rule((value) => (typeof value === 'string' ? undefined : 'must be a text'));

const nonEmptyList =
  (each: Check): Check =>
  (value, field) =>
    Array.isArray(value) && value.length > 0
      ? Array.from(value as unknown[]).flatMap((inner, index) => each(inner, below(field, index)))
      : [{ field, value, rule: 'must be a list of at least one schema' }];

const mapOf =
  (each: Check, keyRule: Rule = () => undefined): Check =>
  (value, field) => {
    if (!isObject(value)) return [{ field, value, rule: 'must be an object' }];
    return Object.entries(value).flatMap(([key, inner]) => [
      ...rule(keyRule)(key, below(field, key)),
      ...each(inner, below(field, key)),
    ]);
  };

const regexRule: Rule = (value) => {
  if (typeof value !== 'string') return 'must be a regular expression as text';
  try {
    new RegExp(value);
    return undefined;
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^.*: /s, '') : 'syntax';
    return `must be a regular expression that compiles (${reason})`;
  }
};

const isNames = (value: unknown): value is readonly string[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((name) => typeof name === 'string') &&
  repeats(value).length === 0;

const namesRule: Rule = (value) =>
  isNames(value) ? undefined : 'must be a list of at least one property name, each once';

const requiredRule: Rule = (value) =>
  typeof value === 'boolean'
    ? 'must be a list of property names beside properties: draft 4 has no true or false here'
    : namesRule(value);

const enumRule: Rule = (value) => {
  if (!Array.isArray(value) || value.length === 0) return 'must be a list of at least one value';
  const notJson = value.map(jsonRule).find((broken) => broken !== undefined);
  if (notJson) return notJson;
  const [repeated] = repeats(value.map((entry) => canonicalJson(entry)));
  return repeated
    ? `has the same value at ${repeated.first} and ${repeated.index}: leave one out`
    : undefined;
};

const types = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'];

const typeRule: Rule = (value) => {
  const names = typeof value === 'string' ? [value] : value;
  return isNames(names) && names.every((name) => types.includes(name))
    ? undefined
    : `must be ${listed(types, 'or')}, or a list of these, each once`;
};

const formatRule: Rule = (value) => {
  const broken = oneOf('date-time', 'email', 'hostname', 'ipv4', 'ipv6', 'uri')(value);
  return broken && `${broken}: draft 4 knows no others and would not check them; use a pattern`;
};

/** What later drafts and OpenAPI have, and draft 4 says otherwise or API Gateway does not take. */
const insteadOf: Readonly<Record<string, string>> = {
  $comment: 'use description',
  $defs: 'use definitions',
  $id: 'use id',
  const: 'use enum with this one value',
  contains: 'leave it out',
  dependentRequired: 'use dependencies',
  dependentSchemas: 'use dependencies',
  discriminator: 'use oneOf with an enum in each schema',
  else: 'use anyOf or oneOf',
  example: 'leave it out, or use description',
  examples: 'leave it out, or use description',
  exclusiveMinimum: 'use minimum',
  if: 'use anyOf or oneOf',
  nullable: "use type with 'null' in its list",
  prefixItems: 'use items with a list',
  propertyNames: 'use patternProperties and additionalProperties',
  readOnly: 'leave it out',
  // biome-ignore lint/suspicious/noThenProperty: JSON schema has a keyword of this name
  then: 'use anyOf or oneOf',
  writeOnly: 'leave it out',
};

function unknownKeyword(keyword: string, keywords: readonly string[]): string {
  if (Object.hasOwn(insteadOf, keyword)) {
    return `is no keyword that API Gateway takes in a draft 4 schema: ${insteadOf[keyword]}`;
  }
  const meant = nearest(keyword, keywords);
  return `is no keyword of JSON schema, draft 4: ${meant ? `write ${meant}` : 'leave it out'}`;
}
