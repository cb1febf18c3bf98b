import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Change, ReviewedStack } from '../../../../tools/review/change';
import { maskedChange } from '../../../../tools/review/secrets/masked-change';
import type { TerraformPlan } from '../../../../tools/review/terraform-plan';
import { environments } from '../../../fixtures/environments';
import { versionOf } from '../change-of';

import { changeWith, masked, planned, resource, stack } from './masked';

test('nothing of the stacks as they were shipped is masked', () => {
  const version = versionOf('head', environments);
  expect(version.stacks).toHaveLength(6);
  const change: Change = { base: version, head: version, plans: new Map() };
  expect(maskedChange(change).change).toEqual(change);
});

test('numbers follow the order of appearance, over both versions and the plans', () => {
  const version = (name: string, password: string) => ({
    name,
    stacks: [stack(resource('aws_x', { password }))],
  });
  const { change: result } = maskedChange({
    base: version('base', 'first-1'),
    head: version('head', 'second-2'),
    plans: new Map([
      ['dev-x', planned({ password: 'second-2' }, { password: 'third-3' }) as unknown as TerraformPlan],
    ]),
  });
  expect(result.base.stacks[0]?.configuration).toEqual(resource('aws_x', { password: '(sensitive 1)' }));
  expect(result.head.stacks[0]?.configuration).toEqual(resource('aws_x', { password: '(sensitive 2)' }));
  expect(result.plans.get('dev-x')).toEqual(
    planned({ password: '(sensitive 2)' }, { password: '(sensitive 3)' }),
  );
});

test('the lock file, keys of maps and numbers are searched as well', () => {
  const change = changeWith(
    resource('aws_x', { tags: { 'x-s3cret-value': 1 }, size: 123456789 }),
    '',
    planned({}, { a: 's3cret-value', b: 123456789 }, { after_sensitive: { a: true, b: true } }),
  );
  const [first] = change.head.stacks;
  const { change: result } = maskedChange({
    ...change,
    head: { ...change.head, stacks: [{ ...first, lock: '# s3cret-value' } as ReviewedStack] },
  });
  expect(result.head.stacks[0]).toMatchObject({
    lock: '# (sensitive 1)',
    configuration: resource('aws_x', { tags: { 'x-(sensitive 1)': 1 }, size: '(sensitive 2)' }),
  });
});

test('what tells of the change is masked as well, by the same numbers', () => {
  const { masked: said } = maskedChange(changeWith(resource('aws_x', { password: 'hunter2-hunter2' }), ''));
  expect(said({ outcome: ['sent "hunter2-hunter2"', 3], held: true })).toEqual({
    outcome: ['sent "(sensitive 1)"', 3],
    held: true,
  });
});

test('credentials are masked wherever they stand', () => {
  const token = `npm_${'aB3'.repeat(12)}`;
  const result = masked(
    resource('aws_x', { description: 'https://user:pw@host', tags: { [token]: 'x' } }),
    `# ${token}\nx = "https://user:pw@host"\n`,
  );
  expect(result.configuration).toEqual(
    resource('aws_x', { description: 'https://user:(sensitive 1)@host', tags: { '(sensitive 2)': 'x' } }),
  );
  expect(result.hcl).toBe('# (sensitive 2)\nx = "https://user:(sensitive 1)@host"\n');
});

test("other writers' JSON is searched as well", () => {
  const one = 'se<cr>et&한/1';
  const go = 'se\\u003ccr\\u003eet\\u0026한/1';
  const ascii = 'se<cr>et&\\ud55c/1';
  const { configuration } = masked(resource('aws_x', { password: one, a: `{"b":"${go}"`, c: `"${ascii}"` }));
  expect(configuration).toEqual(
    resource('aws_x', { password: '(sensitive 1)', a: '{"b":"(sensitive 1)"', c: '"(sensitive 1)"' }),
  );
});

const base64 = (plain: string) => Buffer.from(plain).toString('base64');

test('in the base64 of URLs they are not left either', () => {
  const one = '??>>??>>~~~';
  const url = Buffer.from(one).toString('base64url');
  expect(masked(resource('aws_x', { password: one, a: url })).configuration).toEqual(
    resource('aws_x', { password: '(sensitive 1)', a: '(sensitive 1)' }),
  );
});

test('as a part of longer base64 or of a URL they are not left either', () => {
  const one = 'p%ss w0rd/+?1';
  const result = JSON.stringify(
    masked({
      resource: {
        aws_x: {
          x: {
            password: one,
            a: base64(`user:${one}`),
            b: base64(`x${one}y`),
            c: `https://h/?p=${encodeURIComponent(one)}`,
          },
        },
      },
    }),
  );
  for (const text of [base64(`user:${one}`), base64(`x${one}y`), encodeURIComponent(one)]) {
    expect(result).not.toContain(text.slice(6, -4));
  }
});

test('odd inputs are masked as far as they can be read', () => {
  const odd = fc
    .anything({ withNullPrototype: true, maxDepth: 4 })
    .map((value) => JSON.parse(JSON.stringify(value) ?? 'null'));
  fc.assert(
    fc.property(odd, odd, odd, (value, mark, more) => {
      const plan = {
        ...planned(value, more, { before_sensitive: mark, after_sensitive: more }),
        variables: value,
        configuration: more,
      };
      masked(
        { resource: value, data: { aws_x: more }, variable: mark, output: value },
        JSON.stringify(more),
        plan,
      );
    }),
    { numRuns: 300 },
  );
  expect(() =>
    masked({ resource: { aws_x: { x: { password: '${broken', policy: '{"a":' } } } }),
  ).not.toThrow();
});

test('ten megabytes with hundreds of secrets take seconds at most', () => {
  const values = Array.from({ length: 4000 }, (_, index) => ({
    password: `pass-${index}-"w\\rd`,
    text: `some text of a plan with a number, ${index}, and a name ${'x'.repeat(1000)}`,
  }));
  const hcl = 'resource "aws_sqs_queue" "delivery_results" {\n  name = "dev-delivery-results"\n}\n'.repeat(
    60_000,
  );
  const change = changeWith({}, hcl, {
    resource_changes: values.map((after) => ({ type: 'aws_x', change: { after } })),
  });
  const start = performance.now();
  const result = maskedChange(change).change;
  expect(performance.now() - start).toBeLessThan(8000);
  expect(JSON.stringify([...result.plans])).not.toMatch(/pass-\d/);
});
