import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bizppurioDeliveryResult } from '../../../../../environments/schemas/bizppurio-delivery-result';
import { modelDifference } from '../../../../../tools/review/behaviour/models/model-difference';
import { type ReadModel, readModels } from '../../../../../tools/review/behaviour/read/models';

const model = (schema: unknown): ReadModel =>
  readModels('api', [{ name: 'Model', schema: JSON.stringify(schema) }]).get('Model') as ReadModel;

const difference = async (base: unknown, head: unknown) => {
  const found = await modelDifference(base ? model(base) : undefined, head ? model(head) : undefined);
  if (!found) throw new Error('no difference');
  return found;
};

const refused = async (base: unknown, head: unknown) =>
  (await difference(base, head)).refused.map(({ words, payload }) => [words, payload]);

const object = (properties: object, required?: readonly string[]) => ({
  type: 'object',
  properties,
  ...(required && { required }),
});

describe('what a schema refuses from now on', () => {
  it.each([
    ['a property that is required', object({ a: {} }), object({ a: {} }, ['a']), [['without a', '{}']]],
    [
      'a shorter text',
      object({ a: { type: 'string', maxLength: 5 } }),
      object({ a: { type: 'string', maxLength: 3 } }),
      [['in which a is longer than 3 characters', expect.stringMatching(/^\{"a":".{4}"\}$/)]],
    ],
    [
      'an empty text',
      object({ a: { type: 'string' } }),
      object({ a: { type: 'string', minLength: 1 } }),
      [['in which a is empty', '{"a":""}']],
    ],
    [
      'a value that is no longer listed',
      object({ a: { enum: ['one', 'two'] } }),
      object({ a: { enum: ['one'] } }),
      [['in which a is none of "one"', '{"a":"two"}']],
    ],
    [
      'another type',
      object({ a: { type: ['string', 'null'] } }),
      object({ a: { type: 'string' } }),
      [['in which a is no string', '{"a":null}']],
    ],
    [
      'a pattern',
      object({ a: { type: 'string' } }),
      object({ a: { type: 'string', pattern: '^[0-9]*$' } }),
      [['in which a does not match ^[0-9]*$', expect.stringMatching(/^\{"a":"[^0-9]"\}$/)]],
    ],
    [
      'a property that is not listed',
      { type: 'object' },
      { type: 'object', additionalProperties: false },
      [['with properties that are not listed', expect.stringMatching(/^\{"\w+":\S+\}$/)]],
    ],
    [
      'a property within lists and objects',
      object({ items: { type: 'array', items: object({ id: {} }) } }),
      object({ items: { type: 'array', items: object({ id: {} }, ['id']) } }),
      [['without items[].id', '{"items":[{}]}']],
    ],
    [
      'a number beyond a limit',
      object({ n: { type: 'integer' } }),
      object({ n: { type: 'integer', maximum: 10 } }),
      [['in which n is not <= 10', expect.stringMatching(/^\{"n":1[1-9]\}$|^\{"n":\d\d+\}$/)]],
    ],
    [
      'what none of several schemas takes',
      object({ a: {} }),
      object({ a: { anyOf: [{ type: 'string' }, { type: 'null' }] } }),
      [
        [
          'in which a is refused by "anyOf" (must match a schema in anyOf)',
          expect.stringMatching(/^\{"a":[^"n].*\}$/),
        ],
      ],
    ],
  ])('%s', async (_, base, head, expected) => {
    expect(await refused(base, head)).toEqual(expected);
  });

  it('is what was refused before, the other way round', async () => {
    const [tight, loose] = [object({ a: {} }, ['a']), object({ a: {} })];
    expect(await difference(tight, loose)).toMatchObject({
      refused: [],
      taken: [{ keyword: 'required', property: 'a', words: 'without a', payload: '{}' }],
    });
  });

  it('is told once for each reason, and each reason alone in its example', async () => {
    const base = object({ a: { type: 'string' }, b: {} });
    const head = object({ a: { type: 'string', minLength: 1, maxLength: 8 }, b: {} }, ['b']);
    expect((await refused(base, head)).toSorted()).toEqual([
      ['in which a is empty', expect.stringMatching(/^\{.*"a":"".*\}$/)],
      ['in which a is longer than 8 characters', expect.stringMatching(/"a":".{9}"/)],
      ['without b', '{}'],
    ]);
  });

  it('counts recorded callbacks', async () => {
    const { properties } = bizppurioDeliveryResult as { readonly properties: object };
    const phone = (maxLength: number) => ({
      ...bizppurioDeliveryResult,
      properties: { ...properties, PHONE: { type: 'string', minLength: 1, maxLength } },
    });
    expect(await difference(phone(20), phone(10))).toEqual({
      refused: [
        {
          keyword: 'maxLength',
          property: 'PHONE',
          words: 'in which PHONE is longer than 10 characters',
          payload: expect.stringMatching(/"PHONE":".{11}"/),
        },
      ],
      taken: [],
      recorded: { count: 3, refused: 3, taken: 0 },
      keywords: ['maxLength 20 → 10 at /properties/PHONE'],
    });
    const media = {
      ...bizppurioDeliveryResult,
      properties: { ...properties, MEDIA: { enum: ['SMS', 'KAT'] } },
    };
    expect((await difference(bizppurioDeliveryResult, media)).recorded).toEqual({
      count: 3,
      refused: 1,
      taken: 0,
    });
    expect((await difference(media, bizppurioDeliveryResult)).recorded).toEqual({
      count: 3,
      refused: 0,
      taken: 1,
    });
  });

  it('has nothing recorded where anything was taken', async () => {
    expect((await difference({ type: 'object' }, object({}, ['a']))).recorded.count).toBe(0);
  });

  it('is all that is no object, and no JSON, where nothing was checked', async () => {
    const found = await refused(undefined, { type: 'object' });
    expect(found).toEqual([
      ['that are no object', '1'],
      ['that are no JSON', 'x'],
    ]);
  });

  it('is nothing for the same schema, nor for other words in it', async () => {
    expect(await modelDifference(model({ type: 'object' }), model({ type: 'object' }))).toBeUndefined();
    const titled = await difference({ type: 'object' }, { type: 'object', title: 'New' });
    expect([titled.refused, titled.taken, titled.keywords]).toEqual([[], [], []]);
  });

  it('is found in time for a schema that asks for too much', async () => {
    const huge = object({
      a: { type: 'array', minItems: 100_000, items: { type: 'string', minLength: 1e9 } },
    });
    expect((await difference(huge, object({ a: { type: 'string' } }))).keywords).toEqual([
      'type "array" → "string" at /properties/a',
      'minItems 100000 is gone at /properties/a',
      'items {"type":"string","minLength":1000000000} is gone at /properties/a',
    ]);
  });
});

const leaf = fc.oneof(
  fc.record(
    {
      type: fc.constant('string'),
      minLength: fc.nat(3),
      maxLength: fc.integer({ min: 3, max: 8 }),
      pattern: fc.constantFrom('^[a-z]*$', '^[0-9]*$', '^.?.?$'),
    },
    { requiredKeys: ['type'] },
  ),
  fc.record(
    {
      type: fc.constantFrom('integer', 'number'),
      minimum: fc.nat(5),
      maximum: fc.integer({ min: 5, max: 9 }),
    },
    { requiredKeys: ['type'] },
  ),
  fc.record({ enum: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 1, null), { minLength: 1 }) }),
  fc.record({ type: fc.constant('array'), items: fc.constant({ type: 'string' }), maxItems: fc.nat(3) }),
);

const schema = fc.record(
  {
    type: fc.constant('object'),
    properties: fc.dictionary(fc.constantFrom('a', 'b', 'c'), leaf, { noNullPrototype: true }),
    required: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1 }),
    additionalProperties: fc.boolean(),
  },
  { requiredKeys: ['type', 'properties'] },
);

describe('every example', () => {
  it('is really taken by the one version and refused by the other, for its own reason', async () => {
    await fc.assert(
      fc.asyncProperty(schema, schema, async (one, other) => {
        const [base, head] = [model(one), model(other)];
        const found = await modelDifference(base, head);
        for (const [examples, taker, refuser] of [
          [found?.refused ?? [], base, head],
          [found?.taken ?? [], head, base],
        ] as const) {
          for (const { payload, keyword } of examples) {
            expect([payload, taker.fault(payload)]).toEqual([payload, undefined]);
            expect(refuser.fault(payload)).toBeDefined();
            expect(refuser.errors(JSON.parse(payload)).map((error) => error.keyword)).toContain(keyword);
          }
        }
      }),
      { numRuns: 15 },
    );
  });
});
