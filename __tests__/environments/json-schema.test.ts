import Ajv from 'ajv-draft-04';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonSchema } from '../../environments/checks/json-schema';
import { bizppurioDeliveryResult } from '../../environments/schemas/bizppurio-delivery-result';

const problems = (schema: unknown) => jsonSchema(schema, 'schema');

describe('a JSON schema', () => {
  it.each([
    [{}],
    [bizppurioDeliveryResult],
    [
      {
        $schema: 'http://json-schema.org/draft-04/schema',
        id: 'urn:a',
        title: 'a',
        description: 'b',
        default: 1,
      },
    ],
    [{ type: ['string', 'null'], format: 'date-time', minLength: 0, maxLength: 1, pattern: '^\\d{1,3}$' }],
    [{ type: 'number', multipleOf: 0.1, minimum: -1, maximum: 1, exclusiveMaximum: true }],
    [{ items: [{}, {}], additionalItems: false, uniqueItems: true, minItems: 1, maxItems: 2 }],
    [{ items: { items: { type: 'null' } }, additionalItems: {} }],
    [{ patternProperties: { '^x-': {} }, additionalProperties: { type: 'string' }, minProperties: 1 }],
    [{ dependencies: { a: ['b'], c: { required: ['d'] } }, maxProperties: 0 }],
    [{ allOf: [{}], anyOf: [{}, {}], oneOf: [{}], not: { enum: [1, '1', null, [1], { a: 1 }] } }],
    [{ definitions: { 'a/b': { properties: { next: { $ref: '#' } } } }, $ref: '#/definitions/a~1b' }],
    [{ properties: { constructor: { type: 'string' }, $ref: { type: 'string' } } }],
  ])('may be %j', (schema) => {
    expect(problems(schema)).toEqual([]);
  });

  const draft =
    'must be "http://json-schema.org/draft-04/schema#": API Gateway\'s models are written in draft 4';
  const count = 'must be a whole number from 0';
  const names = 'must be a list of at least one property name, each once';
  const types =
    'must be array, boolean, integer, null, number, object or string, or a list of these, each once';
  const format =
    'must be "date-time", "email", "hostname", "ipv4", "ipv6" or "uri": draft 4 knows no others and would not check them; use a pattern';
  const within =
    'must point within this schema, as in "#/definitions/address": API Gateway has no other document to look it up in';
  const schemas = 'must be a list of at least one schema';
  const instead = 'is no keyword that API Gateway takes in a draft 4 schema:';

  it.each([
    [{ $schema: 'http://json-schema.org/draft-07/schema#' }, '.$schema', draft],
    [{ type: 'text' }, '.type', types],
    [{ type: [] }, '.type', types],
    [{ type: ['string', 'string'] }, '.type', types],
    [{ required: [] }, '.required', names],
    [{ required: ['a', 'a'] }, '.required', names],
    [
      { properties: { a: { required: true } } },
      '.properties.a.required',
      'must be a list of property names beside properties: draft 4 has no true or false here',
    ],
    [{ properties: [] }, '.properties', 'must be an object'],
    [{ properties: { a: true } }, '.properties.a', 'must be an object, a JSON schema of draft 4'],
    [{ additionalProperties: 'no' }, '.additionalProperties', 'must be an object, a JSON schema of draft 4'],
    [{ items: [] }, '.items', schemas],
    [{ anyOf: [] }, '.anyOf', schemas],
    [{ oneOf: [{}, 1] }, '.oneOf[1]', 'must be an object, a JSON schema of draft 4'],
    [{ not: [] }, '.not', 'must be an object, a JSON schema of draft 4'],
    [{ minLength: -1 }, '.minLength', count],
    [{ maxItems: 1.5 }, '.maxItems', count],
    [{ minimum: '1' }, '.minimum', 'must be a number'],
    [{ multipleOf: 0 }, '.multipleOf', 'must be a number above 0'],
    [{ uniqueItems: 'yes' }, '.uniqueItems', 'must be true or false'],
    [{ title: 1 }, '.title', 'must be a text'],
    [{ enum: [] }, '.enum', 'must be a list of at least one value'],
    [
      {
        enum: [
          { a: 1, b: 2 },
          { b: 2, a: 1 },
        ],
      },
      '.enum',
      'has the same value at 0 and 1: leave one out',
    ],
    [{ enum: [{ a: Number.NaN }] }, '.enum', 'must be a value that JSON has'],
    [{ default: Number.NaN }, '.default', 'must be a value that JSON has'],
    [{ dependencies: { a: [] } }, '.dependencies.a', names],
    [{ format: 'uuid' }, '.format', format],
    [{ pattern: '(' }, '.pattern', 'must be a regular expression that compiles (Unterminated group)'],
    [{ pattern: '[b-a]' }, '.pattern', /compiles \(Range out of order in character class\)$/],
    [{ pattern: 1 }, '.pattern', 'must be a regular expression as text'],
    [{ $ref: 'http://json-schema.org/draft-04/schema#' }, '.$ref', within],
    [{ $ref: 'other.json#/a' }, '.$ref', within],
    [
      { $ref: '#/definitions/a' },
      '.$ref',
      'points at nothing that is a schema: put one there, or correct the path',
    ],
    [{ $ref: '#' }, '.$ref', 'leads back to itself: let it point to a schema that says something'],
    [
      { exclusiveMaximum: 10 },
      '.exclusiveMaximum',
      'must be true or false beside a maximum: draft 4 has no number here',
    ],
    [
      { exclusiveMaximum: true },
      '.exclusiveMaximum',
      'must stand beside a maximum, which it is about: add one, or leave it out',
    ],
    [{ exclusiveMinimum: 0 }, '.exclusiveMinimum', `${instead} use minimum`],
    [{ const: 1 }, '.const', `${instead} use enum with this one value`],
    [{ if: {} }, '.if', `${instead} use anyOf or oneOf`],
    [{ $defs: {} }, '.$defs', `${instead} use definitions`],
    [{ discriminator: {} }, '.discriminator', `${instead} use oneOf with an enum in each schema`],
    [{ nullable: true }, '.nullable', `${instead} use type with 'null' in its list`],
    [{ requierd: ['a'] }, '.requierd', 'is no keyword of JSON schema, draft 4: write required'],
    [{ propertis: {} }, '.propertis', 'is no keyword of JSON schema, draft 4: write properties'],
    [{ widget: 'x' }, '.widget', 'is no keyword of JSON schema, draft 4: leave it out'],
    [[], '', 'must be an object, a JSON schema of draft 4'],
    ['{}', '', 'must be an object, a JSON schema of draft 4'],
  ])('may not be %j', (schema, place, rule) => {
    expect(problems(schema)).toEqual([
      {
        field: `schema${place}`,
        value: expect.toSatisfy(() => true),
        rule: typeof rule === 'string' ? rule : expect.stringMatching(rule),
      },
    ]);
  });

  it('names a regular expression that does not compile where it names properties', () => {
    expect(problems({ patternProperties: { '(': {} } })).toEqual([
      {
        field: 'schema.patternProperties["("]',
        value: '(',
        rule: 'must be a regular expression that compiles (Unterminated group)',
      },
    ]);
  });

  it('may not be missing', () => {
    expect(problems(undefined)).toEqual([
      { field: 'schema', value: undefined, rule: 'must be an object, a JSON schema of draft 4' },
    ]);
  });

  it('names references that lead in a circle', () => {
    const schema = { definitions: { a: { $ref: '#/definitions/b' }, b: { $ref: '#/definitions/a' } } };
    expect(problems(schema).map(({ field }) => field)).toEqual([
      'schema.definitions.a.$ref',
      'schema.definitions.b.$ref',
    ]);
  });

  it('has at most the size of a model', () => {
    const sized = (length: number) => ({ title: 'a'.repeat(length - '{"title":""}'.length) });
    expect(problems(sized(400 * 1024))).toEqual([]);
    expect(problems(sized(400 * 1024 + 1))).toMatchObject([
      { field: 'schema', rule: expect.stringContaining('has 409,601 bytes as JSON') },
    ]);
  });
});

describe("draft 4's own schema", () => {
  const ajv = new Ajv({ logger: false });
  // Without pattern and format, of which it asks less than is asked here.
  const keyword = fc.constantFrom(
    ...['id', 'title', 'default', 'multipleOf', 'maximum', 'exclusiveMaximum', 'minimum', 'maxLength'],
    ...['minLength', 'items', 'additionalItems', 'maxItems', 'uniqueItems', 'minProperties', 'required'],
    ...['properties', 'additionalProperties', 'definitions', 'dependencies', 'enum', 'type', 'allOf'],
    ...['anyOf', 'oneOf', 'not', 'description', 'minItems', 'maxProperties'],
  );
  const { schema } = fc.letrec<{ schema: unknown; value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom<unknown>('string', 'object', '', 0, 1, -1, 0.5, true, false, null),
      tie('schema'),
      fc.array(fc.oneof(tie('schema'), fc.constantFrom('string', 'a', 1)), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom('a', 'b'), tie('schema'), { maxKeys: 2, noNullPrototype: true }),
    ),
    schema: fc.dictionary(keyword, tie('value'), { maxKeys: 3, noNullPrototype: true }),
  }));

  it('accepts and refuses the same', () => {
    const verdicts = { accepted: 0, refused: 0 };
    fc.assert(
      fc.property(schema, (value) => {
        // It lets keywords pass that it does not know.
        const accepted = problems(value).every(({ rule }) => rule.startsWith('is no keyword'));
        verdicts[accepted ? 'accepted' : 'refused']++;
        expect(ajv.validateSchema(value as object)).toBe(accepted);
      }),
      { numRuns: 3000 },
    );
    expect(verdicts.accepted).toBeGreaterThan(100);
    expect(verdicts.refused).toBeGreaterThan(100);
  });
});
