import { expect, test } from 'vitest';
import { compileModels, type Model } from '../../../../tools/rehearse/api-gateway/model';
import { jsonBodies } from '../../../../tools/rehearse/samples/json-bodies';

const modelOf = (schema: object): Model => {
  const $schema = 'http://json-schema.org/draft-04/schema#';
  const model = compileModels(
    'api',
    [{ name: 'M', schema: JSON.stringify({ $schema, ...schema }) }],
    'dev',
  ).get('M');
  if (!model) throw new Error('no model');
  return model;
};

const order = modelOf({
  type: 'object',
  properties: {
    id: { type: 'string', pattern: '^[A-Z]{3}[0-9]{4}$' },
    amount: { type: 'integer', minimum: 1, maximum: 100_000 },
    note: { type: 'string', maxLength: 20 },
  },
  required: ['id', 'amount'],
});

test('the model takes every body, and no two are alike', async () => {
  const bodies = await jsonBodies(order, 20, 'dev: method');

  expect(bodies).toHaveLength(20);
  expect(new Set(bodies).size).toBe(20);
  expect(bodies.map((body) => order.fault(body)).filter(Boolean)).toEqual([]);
});

test('some bodies have what is optional, and some do not', async () => {
  const bodies = await jsonBodies(order, 20, 'dev: method');
  const noted = bodies.filter((body) => 'note' in JSON.parse(body));

  expect(noted.length).toBeGreaterThan(0);
  expect(noted.length).toBeLessThan(20);
});

test('they are the same in every run', async () => {
  expect(await jsonBodies(order, 5, 'x')).toEqual(await jsonBodies(order, 5, 'y'));
});

test('of a schema with few bodies there are those few', async () => {
  const few = modelOf({ enum: ['a', 'b'] });

  expect([...(await jsonBodies(few, 5, 'x'))].sort()).toEqual(['"a"', '"b"']);
});

test('bodies that the model would refuse are left out', async () => {
  const odd: Model = {
    schema: { type: 'integer', minimum: 0, maximum: 9 },
    fault: (body) => (Number(body) % 2 === 1 ? undefined : 'even'),
  };
  const bodies = await jsonBodies(odd, 3, 'x');

  expect(bodies).toHaveLength(3);
  expect(bodies.every((body) => Number(body) % 2 === 1)).toBe(true);
});

test('a schema that nothing satisfies is named', async () => {
  await expect(jsonBodies({ schema: {}, fault: () => 'never' }, 2, 'dev: method')).rejects.toThrow(
    'dev: method: a body for a schema of which no example could be made up is not simulated',
  );
});
