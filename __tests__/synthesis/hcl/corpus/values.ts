import { DataResource, TerraformLocal, TerraformOutput, type TerraformStack, TerraformVariable } from 'cdktf';
import { type Case, carrying } from './case';

/** Values of every type. */
export const values: readonly Case[] = [
  carrying('booleans and numbers', [true, false, 0, -1, 1.5, 1e21, 5e-7, 123456789012]),
  {
    name: 'nulls in lists and maps',
    build: (stack) => {
      new DataResource(stack, 'data', {}).addOverride('input', [null, { a: null }]);
      new TerraformOutput(stack, 'value', { value: 1 }).addOverride('value', [null, { a: null }]);
    },
  },
  carrying('empty lists and maps', { list: [], map: {}, nested: [[], {}] }),
  carrying('lists of lists and maps', [[1, [2, 3]], { a: [{ b: 'c' }] }, 'x']),
  carrying(
    'a list too long for a line',
    Array.from({ length: 12 }, (_, index) => `element-${index}`),
  ),
  carrying('a short list of long strings', ['x'.repeat(60), 'y'.repeat(60)]),
  carrying('policy lists', { actions: ['a', 'b'], Resource: ['c', 'd'], Action: ['one'], other: ['e', 'f'] }),
  carrying('keys of many lengths', {
    a: 1,
    abcdef: { x: 1 },
    ab: 2,
    abc: [1, 2],
    'a😀b': 3,
    'e\u0301': 4,
    알림: 5,
  }),
];

function withLocals(stack: TerraformStack, expressions: Readonly<Record<string, unknown>>): void {
  for (const [name, expression] of Object.entries(expressions)) {
    const local = new TerraformLocal(stack, name, expression);
    new TerraformOutput(stack, `${name}_value`, { value: local.expression, staticId: true });
  }
}

/** Locals, read back by outputs. */
export const locals: readonly Case[] = [
  {
    name: 'locals of false, zero and nothing',
    build: (stack) => withLocals(stack, { no: false, zero: 0, empty: '' }),
  },
  {
    name: 'a local that holds a JSON text',
    build: (stack) => withLocals(stack, { text: '{"a":[1]}', list: '["a"]' }),
  },
  {
    name: 'a local that holds a number as text',
    build: (stack) => withLocals(stack, { text: '123', quoted: '"x"' }),
  },
  {
    name: 'locals of lists and maps',
    build: (stack) => withLocals(stack, { list: [1, 'a', true], map: { 'a b': { c: [] } } }),
  },
  {
    name: 'a local with several lines',
    build: (stack) => withLocals(stack, { lines: 'a\nb\n', more: ['c\nd'] }),
  },
  {
    name: 'a local that is an expression',
    build: (stack) => withLocals(stack, { two: '${1 + 1}', text: '${"a"}-${"b"}' }),
  },
];

function withDefault(type: string, value: unknown, name: string): Case {
  return {
    name,
    build: (stack) => {
      const variable = new TerraformVariable(stack, 'setting', { type, default: value });
      new TerraformOutput(stack, 'setting_value', { value: variable.value, staticId: true });
    },
  };
}

/** Variables, read back by outputs. */
export const variables: readonly Case[] = [
  withDefault('bool', false, 'a variable with the default false'),
  withDefault('number', 0, 'a variable with the default zero'),
  withDefault('string', '', 'a variable with an empty default'),
  withDefault('string', 'plain ${x} $${y} %{z} "q" \\', 'a variable whose default looks like a template'),
  withDefault('string', '{"a":1}', 'a variable whose default is a JSON text'),
  withDefault('list(string)', ['a', 'b\nc'], 'a variable with a list'),
  withDefault(
    'object({a=string,b=optional(list(number),[1])})',
    { a: 'x' },
    'a variable with an object type',
  ),
  withDefault('any', { deep: [{ x: 0 }] }, 'a variable of any type'),
  {
    name: 'a variable that is not nullable, sensitive and checked',
    build: (stack) => {
      const variable = new TerraformVariable(stack, 'setting', {
        type: 'string',
        default: 'abc',
        description: 'What "it" is,\nin ${detail}.',
        nullable: false,
        sensitive: true,
      });
      variable.addValidation({
        condition: '${length(var.setting) == 3}',
        errorMessage: 'Say "abc", not ${var.setting}.',
      });
      variable.addValidation({ condition: '${var.setting != "\\n"}', errorMessage: 'Not a line.' });
      new TerraformOutput(stack, 'length', { value: '${length(var.setting)}', sensitive: true });
    },
  },
  {
    name: 'a variable whose default is null',
    build: (stack) => {
      const variable = new TerraformVariable(stack, 'setting', { type: 'string' });
      variable.addOverride('default', null);
      new TerraformOutput(stack, 'is_null', { value: '${var.setting == null}' });
    },
  },
];

/** Outputs in all their forms. */
export const outputs: readonly Case[] = [
  {
    name: 'outputs that begin like lists and maps',
    build: (stack) => {
      ['[a', '{a', '[1]', '{}', '"'].forEach((value, index) => {
        new TerraformOutput(stack, `value_${index}`, { value, staticId: true });
      });
    },
  },
  {
    name: 'outputs of false and zero',
    build: (stack) => {
      new TerraformOutput(stack, 'no', { value: false });
      new TerraformOutput(stack, 'zero', { value: 0 });
    },
  },
  {
    name: 'a sensitive output with a description and a dependency',
    build: (stack) => {
      const variable = new TerraformVariable(stack, 'secret', { default: 'x', sensitive: true });
      new TerraformOutput(stack, 'secret_value', {
        value: variable.stringValue,
        sensitive: true,
        description: 'The "secret" of ${nobody}.',
      });
    },
  },
  {
    name: 'an output with a precondition',
    build: (stack) => {
      new DataResource(stack, 'data', {});
      const output = new TerraformOutput(stack, 'checked', { value: 1 });
      output.addOverride('precondition', [
        { condition: '${terraform_data.data.id!=""}', error_message: 'Never "so".' },
      ]);
      output.addOverride('depends_on', ['terraform_data.data']);
    },
  },
];
