import type { Model } from '@aws-sdk/client-api-gateway';
import { describe, expect, it } from 'vitest';
import { schemaDifferences } from '../../../../../tools/doctor/checks/rest-api/rest-schema';
import { changed, changedIn, findingsServed } from './rest-recorded';

const model = {
  at: 'prod-callback-receiver: aws_api_gateway_model.api_payment_events_route_model',
  subject: 'model PaymentEvents of REST API prod-callback-receiver',
};
const refused =
  'callers of POST /v1/payments/events whose bodies are good get HTTP 400 {"message":"Invalid ' +
  'request body",…}, and nothing is queued';
const accepted =
  'bodies that should be refused are queued, and pipe prod-payment-events-archive meet them; where ' +
  'SQS needs the field, it answers 400 MissingParameter or InvalidParameterValue';

const withSchema = (change: (schema: { required: string[] }) => object) =>
  changedIn<Model>(
    'prod',
    '/models',
    ({ name }) => name === 'PaymentEvents',
    ({ schema = '' }) => ({ schema: JSON.stringify(change(JSON.parse(schema))) }),
  );

describe('a model', () => {
  it('that asks for more refuses good bodies', async () => {
    const answers = withSchema((schema) => ({ ...schema, required: [...schema.required, 'amount'] }));
    expect(await findingsServed('prod', answers)).toEqual([
      expect.objectContaining({
        ...model,
        code: 'model-schema',
        severity: 'error',
        problem: 'it refuses bodies that it should accept',
        synthesized: 'required: nothing more',
        deployed: 'required: amount',
        seen: refused,
      }),
    ]);
  });

  it('that asks for less lets bad bodies through', async () => {
    const answers = withSchema((schema) => ({ ...schema, required: ['eventId', 'status'] }));
    expect(await findingsServed('prod', answers)).toEqual([
      expect.objectContaining({
        ...model,
        code: 'model-schema',
        severity: 'warning',
        problem: 'it accepts bodies that it should refuse',
        synthesized: 'required: orderId',
        deployed: 'required: nothing more',
        seen: accepted,
      }),
    ]);
  });

  it('that asks for something else does both', async () => {
    const answers = withSchema(({ required: _all, ...schema }) => ({ ...schema, required: ['id'] }));
    expect(await findingsServed('prod', answers)).toEqual([
      expect.objectContaining({
        code: 'model-schema',
        severity: 'error',
        problem: 'it accepts other bodies than it should',
        seen: `${refused}; or ${accepted}`,
      }),
    ]);
  });

  it('that does not exist', async () => {
    const answers = changed<readonly Model[]>('prod', '/models', (all) =>
      all.filter(({ name }) => name !== 'PaymentEvents'),
    );
    expect(await findingsServed('prod', answers)).toEqual([
      expect.objectContaining({
        ...model,
        code: 'model-missing',
        severity: 'error',
        problem: 'it does not exist',
        seen: expect.stringContaining('callers of POST /v1/payments/events'),
        fix: 'npx cdktf deploy prod-callback-receiver',
      }),
    ]);
  });
});

describe('two JSON schemas', () => {
  const differences = (a: object, b: object) => schemaDifferences(JSON.stringify(a), JSON.stringify(b));
  const effect = (a: object, b: object) => differences(a, b).map((one) => [one.keyword, one.effect]);

  it('are the same but for order and words', () => {
    expect(
      differences(
        { $schema: 'x', title: 'a', required: ['a', 'b'], properties: { a: { enum: [1, 2] } } },
        { properties: { a: { enum: [2, 1], description: 'a' }, c: {} }, required: ['b', 'a'], id: 'y' },
      ),
    ).toEqual([]);
    expect(differences({}, { additionalProperties: true })).toEqual([]);
  });

  it.each([
    [{ minLength: 1 }, { minLength: 2 }, 'minLength', 'refuses'],
    [{ minLength: 2 }, { minLength: 1 }, 'minLength', 'accepts'],
    [{ maxLength: 2 }, { maxLength: 1 }, 'maxLength', 'refuses'],
    [{ maxLength: 1 }, { maxLength: 2 }, 'maxLength', 'accepts'],
    [{}, { pattern: 'a' }, 'pattern', 'refuses'],
    [{ pattern: 'a' }, {}, 'pattern', 'accepts'],
    [{ pattern: 'a' }, { pattern: 'b' }, 'pattern', 'either'],
    [{ enum: ['a', 'b'] }, { enum: ['a'] }, 'enum', 'refuses'],
    [{ enum: ['a'] }, { enum: ['a', 'b'] }, 'enum', 'accepts'],
    [{ enum: ['a'] }, { enum: ['b'] }, 'enum', 'either'],
    [{ type: 'string' }, { type: ['string', 'number'] }, 'type', 'accepts'],
    [{}, { additionalProperties: false }, 'additionalProperties', 'refuses'],
    [{ additionalProperties: false }, {}, 'additionalProperties', 'accepts'],
    [{}, { properties: { a: { type: 'string' } } }, 'properties.a.type', 'refuses'],
    [{ properties: { a: { type: 'string' } } }, {}, 'properties.a.type', 'accepts'],
    [{ items: { minimum: 1 } }, { items: { minimum: 0 } }, 'items.minimum', 'accepts'],
    [{ items: { minimum: 1 } }, {}, 'items', 'accepts'],
  ])('%o and %o differ in what they ask', (a, b, keyword, what) => {
    expect(effect(a, b)).toEqual([[keyword, what]]);
  });

  it('say what they ask', () => {
    expect(differences({ pattern: '^a$' }, {})).toEqual([
      { keyword: 'pattern', synthesized: '"^a$"', deployed: 'none', effect: 'accepts' },
    ]);
  });

  it('one of which is none', () => {
    expect(schemaDifferences('{}', 'x').map((one) => one.effect)).toEqual(['either']);
  });
});
