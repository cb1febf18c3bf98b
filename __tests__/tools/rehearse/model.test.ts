import { expect, test } from 'vitest';
import { compileModels } from '../../../tools/rehearse/api-gateway/model';

const compile = (schema: object) =>
  compileModels('api1', [{ name: 'Only', schema: JSON.stringify(schema) }], 'the API').get('Only');

const person = {
  $schema: 'http://json-schema.org/draft-04/schema#',
  title: 'Person',
  type: 'object',
  required: ['name', 'id', 'kind'],
  properties: {
    name: { type: 'string', minLength: 2, maxLength: 3 },
    id: { type: 'string', pattern: '^[!-~]{1,8}$' },
    kind: { enum: ['A', 'B'] },
    // Draft 4 writes this as a flag beside the minimum.
    age: { type: 'number', minimum: 0, exclusiveMinimum: true },
  },
};

test.each([
  ['{"name":"한🙂é","id":"x","kind":"A"}', undefined],
  ['{"name":"xx","id":"x","kind":"A","age":0.5,"more":[]}', undefined],
  ['{"name":"xx"}', '[object has missing required properties (["id","kind"])]'],
  ['', '[object has missing required properties (["id","kind","name"])]'],
  ['{', '[Unknown error parsing request body]'],
  ['a=b', '[Unknown error parsing request body]'],
  ['[]', '[instance type (array) does not match any allowed primitive type (allowed: ["object"])]'],
  ['1', '[instance type (integer) does not match any allowed primitive type (allowed: ["object"])]'],
  ['null', '[instance type (null) does not match any allowed primitive type (allowed: ["object"])]'],
  [
    '{"name":"x","id":"a b","kind":"C"}',
    '[string "x" is too short (length: 1, required minimum: 2), ECMA 262 regex "^[!-~]{1,8}$" does not match input string "a b", instance value ("C") not found in enum (possible values: ["A","B"])]',
  ],
  ['{"name":"xxxx","id":"x","kind":"A"}', '[string "xxxx" is too long (length: 4, maximum allowed: 3)]'],
  ['{"name":"xx","id":"x","kind":"A","age":0}', '[must be > 0]'],
])('what is wrong with %s: %j', (body, fault) => {
  expect(compile(person)?.fault(body)).toBe(fault);
});

test.each([
  { type: 'object', properties: { a: { const: 1 } } },
  { type: 'string', format: 'email' },
  { $ref: 'https://apigateway.amazonaws.com/restapis/api1/models/Missing' },
])('a schema beyond plain draft 4 is refused: %j', (schema) => {
  expect(() => compile(schema)).toThrow(/^the API: model Only: its schema \(.*\) is not simulated$/s);
});

test('a schema of another draft is refused', () => {
  expect(() => compile({ $schema: 'http://json-schema.org/draft-07/schema#', type: 'object' })).toThrow(
    /^the API: model Only: its schema \(.*draft-07.*\) is not simulated$/,
  );
});
