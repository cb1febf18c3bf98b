import { DataResource, TerraformLocal, TerraformOutput } from 'cdktf';
import type { Case } from './case';

/** Raw overrides on elements and stacks. */
export const overrides: readonly Case[] = [
  {
    name: 'an override that is a JSON text',
    build: (stack) => {
      new DataResource(stack, 'data', {}).addOverride('input', JSON.stringify({ a: 'b "c"', d: '$${e}' }));
    },
  },
  {
    name: 'an override of an argument with a list and a map',
    build: (stack) => {
      const data = new DataResource(stack, 'data', { input: { a: 'b' } });
      data.addOverride('input.c.d', [{ e: 1 }, 'f']);
      data.addOverride('triggers_replace', { g: { h: null } });
    },
  },
  {
    name: 'an override of a lifecycle',
    build: (stack) => {
      const data = new DataResource(stack, 'data', {});
      data.addOverride('lifecycle.create_before_destroy', true);
      data.addOverride('lifecycle.postcondition', {
        condition: '${self.id != ""}',
        error_message: 'No "way".',
      });
      data.addOverride('lifecycle.ignore_changes', ['input']);
    },
  },
  {
    name: 'an override of meta-arguments',
    build: (stack) => {
      const first = new DataResource(stack, 'first', {});
      const data = new DataResource(stack, 'data', {});
      data.addOverride('for_each', { a: 1, 'b c': 2 });
      data.addOverride('depends_on', ['terraform_data.first']);
      first.addOverride('count', 1);
    },
  },
  {
    name: 'an override of a provisioner',
    build: (stack) => {
      new DataResource(stack, 'data', {}).addOverride('provisioner', {
        'local-exec': [{ command: 'a' }, { command: 'b "c"', when: 'destroy' }],
      });
    },
  },
  {
    name: 'a check',
    build: (stack) => {
      stack.addOverride('check.health', {
        data: {
          terraform_remote_state: {
            there: { backend: 'local', config: { path: 'none"' }, depends_on: ['terraform_data.data'] },
          },
        },
        assert: [
          { condition: '${terraform_data.data.id != "\\""}', error_message: 'Say "id".' },
          {
            condition: '${length(terraform_data.data.id)>0}',
            error_message: 'No ${terraform_data.data.id}.',
          },
        ],
      });
      new DataResource(stack, 'data', {});
    },
  },
  {
    name: 'a removed resource',
    build: (stack) => {
      stack.addOverride('removed', [{ from: 'terraform_data.gone', lifecycle: { destroy: false } }]);
      new DataResource(stack, 'data', {});
    },
  },
  {
    name: 'moved blocks of a stack',
    build: (stack) => {
      new DataResource(stack, 'data', {});
      stack.addOverride('moved', [{ from: 'terraform_data.old', to: 'terraform_data.data' }]);
    },
  },
  {
    name: 'an import with instances',
    terraform: 'root',
    build: (stack) => {
      const data = new DataResource(stack, 'data', {});
      data.addOverride('for_each', { a: 'one', b: 'two' });
      stack.addOverride('import', [
        { for_each: { a: 'one', b: 'two' }, to: 'terraform_data.data[each.key]', id: 'id-${each.value}' },
      ]);
    },
  },
  {
    name: 'a stack that overrides an element and adds others',
    build: (stack) => {
      new DataResource(stack, 'data', { input: { a: 'b' } });
      stack.addOverride('resource.terraform_data.data.input', { a: 'c', d: ['e'] });
      stack.addOverride('resource.terraform_data.more', { input: { x: 'y "z"' } });
      stack.addOverride('output.more', { value: '${terraform_data.more.input}' });
      stack.addOverride('locals.extra', { a: [false] });
    },
  },
  {
    name: 'a local and an output through overrides',
    build: (stack) => {
      new TerraformLocal(stack, 'mine', 'x');
      stack.addOverride('locals.mine', { now: ['a', { map: true }] });
      new TerraformOutput(stack, 'mine_value', { value: '${local.mine}' }).addOverride(
        'description',
        'say "it"',
      );
    },
  },
  {
    name: 'a null override that takes an argument away',
    build: (stack) => {
      new DataResource(stack, 'data', { input: { a: 'b' } }).addOverride('input', null);
    },
  },
];
