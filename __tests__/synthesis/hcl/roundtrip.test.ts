import path from 'node:path';
import { parse } from '@cdktf/hcl2json';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderStack } from '../../../synthesis/hcl/index';
import { findTerraform, type Terraform } from '../../support/terraform';
import { stackOf } from './corpus/index';
import { plan, writeFiles } from './terraform';

const terraform = findTerraform();

/** Pieces out of which templates, escapes and quoting go wrong. */
const piece = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '${',
      '%{',
      '}',
      '$',
      '%',
      '$$',
      '%%',
      '{',
      '"',
      '\\',
      '\n',
      '\r',
      '\t',
      '~',
      '#',
      '//',
      'EOT',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '\u0000',
      '\u001f',
      '\u007f',
      '\u2028',
      '\ufeff',
      '\u202e',
      '😀',
      'e\u0301',
      '\u0338',
      '알',
      '{"a":1}',
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 4 }) },
);
const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));

/** A text as it stands in Terraform's JSON syntax if nothing in it is meant as a template. */
function literal(value: string): string {
  return value.replace(/(\$+|%+)\{/g, (run) => `${run[0]}${run}`);
}

/** Expressions with the text that Terraform makes of them. */
const expression = fc.constantFrom(
  ['${jsonencode({"a" = "b"})}', '{"a":"b"}'],
  ['${"q\\"}\\\\"}', 'q"}\\'],
  ['${upper("a${lower("B")}")}', 'AB'],
  ['%{ if true }yes "1"%{ else }no%{ endif }', 'yes "1"'],
  ['%{for x in ["a","b"]}${x}\\%{endfor}', 'a\\b\\'],
  ['${join(",",[for k,v in {x=1}:"${k}=${v}"])}', 'x=1'],
  ['${"$${x}"}', '${x}'],
) as fc.Arbitrary<[string, string]>;

interface Sample {
  readonly json: unknown;
  readonly value: unknown;
}

const literalText: fc.Arbitrary<Sample> = text.map((value) => ({
  json: literal(value),
  value: value.normalize('NFC'),
}));

const template: fc.Arbitrary<Sample> = fc
  .array(
    fc.oneof(
      expression,
      text.map((value): [string, string] => [`${literal(value)}.`, `${value}.`]),
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map((parts) => ({
    json: parts.map(([source]) => source).join(''),
    value: parts
      .map(([, value]) => value)
      .join('')
      .normalize('NFC'),
  }));

const scalar: fc.Arbitrary<Sample> = fc
  .oneof(fc.boolean(), fc.constant(null), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }))
  .map((value) => ({ json: value, value }));

/** Keys that stay distinct in Unicode's composed form. */
const key = text.map((value) => value.normalize('NFC'));

const anything: fc.Arbitrary<Sample> = fc.letrec<{ value: Sample }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    literalText,
    template,
    scalar,
    fc
      .array(tie('value'), { maxLength: 6 })
      .map((items) => ({ json: items.map(({ json }) => json), value: items.map(({ value }) => value) })),
    fc
      .uniqueArray(fc.tuple(key, tie('value')), { maxLength: 6, selector: ([name]) => name })
      .map((entries) => ({
        json: Object.fromEntries(entries.map(([name, { json }]) => [literal(name), json])),
        value: Object.fromEntries(entries.map(([name, { value }]) => [name, value])),
      })),
  ),
})).value;

function hclOf(values: Readonly<Record<string, unknown>>): string {
  return renderStack(stackOf({ build: (stack) => stack.addOverride('output', values) })).hcl;
}

describe('any value', () => {
  it('comes back as it was from the HCL parser', { timeout: 60_000 }, async () => {
    const evaluated = (value: string) => value.replace(/(\$\$+|%%+)\{/g, (run) => run.slice(1));
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 20 }), async (texts) => {
        // A leading space keeps the text from being JSON, which is written as a function call.
        const outputs = Object.fromEntries(
          texts.map((value, index) => [`x${index}`, { value: literal(` ${value}`) }]),
        );
        const parsed = (await parse('cdk.tf', hclOf(outputs))) as {
          output: Record<string, [{ value: string }]>;
        };
        texts.forEach((value, index) => {
          expect(evaluated(parsed.output[`x${index}`]?.[0].value ?? '')).toBe(` ${value}`.normalize('NFC'));
        });
      }),
      { numRuns: 60 },
    );
  });

  it('is always HCL', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anything, { minLength: 1, maxLength: 10 }), async (samples) => {
        const outputs = Object.fromEntries(
          samples.map(({ json }, index) => [`x${index}`, { value: [json] }]),
        );
        expect(
          Object.keys(((await parse('cdk.tf', hclOf(outputs))) as { output: object }).output),
        ).toHaveLength(samples.length);
      }),
      { numRuns: 40 },
    );
  });

  it.skipIf(!terraform)('has the value in Terraform that it had before', { timeout: 60_000 }, async () => {
    const { root, run } = terraform as Terraform;
    const seed = Number(process.env.FC_SEED ?? 20_24);
    const samples = [
      ...fc.sample(literalText, { numRuns: 300, seed }),
      ...fc.sample(template, { numRuns: 300, seed }),
      ...fc.sample(anything, { numRuns: 200, seed }),
    ];
    const outputs = Object.fromEntries(samples.map(({ json }, index) => [`x${index}`, { value: [json] }]));
    const folder = path.join(root, 'values');
    writeFiles(folder, { 'cdk.tf': hclOf(outputs) });
    const planned = await plan(terraform as Terraform, folder);
    const found = (planned.planned_values as { outputs: Record<string, { value: unknown[] }> }).outputs;
    expect(await run(folder, ['fmt', '-check', '-diff'])).toBe('');
    samples.forEach(({ value, json }, index) => {
      expect(found[`x${index}`]?.value, JSON.stringify(json)).toEqual([Object.is(value, -0) ? 0 : value]);
    });
  });
});
