import {
  DataResource,
  TerraformCount,
  TerraformHclModule,
  TerraformIterator,
  TerraformOutput,
  TerraformResource,
} from 'cdktf';
import type { Case } from './case';

/** What Terraform itself knows of a resource. */
export const resources: readonly Case[] = [
  {
    name: 'dependencies',
    build: (stack) => {
      const first = new DataResource(stack, 'first', {});
      new DataResource(stack, 'second', { dependsOn: [first] });
      new DataResource(stack, 'third', { dependsOn: [] });
    },
  },
  {
    // CDKTF's JSON has `${…}` around these references, which Terraform refuses.
    name: 'an output with dependencies and a replacement, both by construct',
    terraform: 'text',
    build: (stack) => {
      const first = new DataResource(stack, 'first', {});
      new DataResource(stack, 'second', { lifecycle: { replaceTriggeredBy: [first] } });
      new TerraformOutput(stack, 'done', { value: 'yes', dependsOn: [first] });
    },
  },
  {
    name: 'a lifecycle',
    build: (stack) => {
      new DataResource(stack, 'data', {
        input: { a: 'b' },
        lifecycle: {
          createBeforeDestroy: true,
          preventDestroy: true,
          ignoreChanges: ['input', 'triggers_replace["a"]'],
        },
      });
    },
  },
  {
    name: 'all changes ignored',
    build: (stack) => {
      new DataResource(stack, 'data', { lifecycle: { ignoreChanges: 'all' } });
      new DataResource(stack, 'none', { lifecycle: { createBeforeDestroy: false, ignoreChanges: [] } });
    },
  },
  {
    name: 'replacement with another resource',
    build: (stack) => {
      new DataResource(stack, 'first', { input: { a: 'b' } });
      new DataResource(stack, 'second', {
        lifecycle: { replaceTriggeredBy: ['terraform_data.first', 'terraform_data.first.output'] },
      });
    },
  },
  {
    name: 'conditions before and after',
    build: (stack) => {
      new DataResource(stack, 'first', {});
      new DataResource(stack, 'data', {
        input: { a: 'b' },
        lifecycle: {
          precondition: [
            { condition: '${terraform_data.first.id != "x"}', errorMessage: 'Not "one".' },
            { condition: '${length(terraform_data.first.id)==3||true}', errorMessage: 'Not\ntrue.' },
          ],
          postcondition: [{ condition: '${self.input.a == "b"}', errorMessage: 'Was ${self.input.a}.' }],
        },
      });
    },
  },
  {
    name: 'a count',
    build: (stack) => {
      const count = TerraformCount.of('${1 + 1}' as unknown as number);
      new DataResource(stack, 'data', { count, input: { index: `n-${count.index}` } });
      new DataResource(stack, 'three', { count: 3 });
    },
  },
  {
    name: 'instances for each of a list and a map',
    build: (stack) => {
      const list = TerraformIterator.fromList(['a', 'b']);
      const map = TerraformIterator.fromMap({ x: { size: 1 }, 'y z': { size: 2 } });
      new DataResource(stack, 'list', { forEach: list, input: { value: list.value } });
      new DataResource(stack, 'map', {
        forEach: map,
        input: { key: map.key, size: map.getNumber('size') as never },
      });
    },
  },
  {
    name: 'provisioners and connections',
    build: (stack) => {
      new DataResource(stack, 'data', {
        connection: { type: 'ssh', host: '${self.id}', user: 'a "b"', password: 'x\ny' },
        provisioners: [
          {
            type: 'local-exec',
            command: 'echo "a"\necho \\$HOME',
            environment: { A: 'b "c"' },
            interpreter: ['bash', '-c'],
          },
          { type: 'local-exec', command: 'true', when: 'destroy' },
          { type: 'remote-exec', inline: ['a', 'b'], connection: { type: 'ssh', host: 'h' } },
          { type: 'file', content: 'x', destination: '/tmp/${self.id}' },
        ],
      });
    },
  },
  {
    name: 'moved resources',
    build: (stack) => {
      const target = new DataResource(stack, 'target', {});
      target.addMoveTarget('there');
      new DataResource(stack, 'source', {}).moveTo('there');
      new DataResource(stack, 'other', {}).moveFromId('terraform_data.before["a b"]');
    },
  },
  {
    name: 'an imported resource',
    terraform: 'root',
    build: (stack) => {
      new DataResource(stack, 'data', {}).importFrom('id-"1"-\\');
    },
  },
  {
    name: 'a resource without a generated class',
    build: (stack) => {
      const raw = new TerraformResource(stack, 'raw', { terraformResourceType: 'terraform_data' });
      raw.addOverride('input', { a: [{ b: 'c' }], d: {} });
      raw.addOverride('triggers_replace', ['x', 1]);
    },
  },
  {
    name: 'a module',
    build: (stack) => {
      const items = TerraformIterator.fromList(['a']);
      const first = new DataResource(stack, 'first', {});
      const module = new TerraformHclModule(stack, 'module', {
        source: './module',
        skipAssetCreationFromLocalModules: true,
        variables: { a: 'x "y"\n', b: { c: [false, 0, ''] } },
        dependsOn: [first],
      });
      new TerraformHclModule(stack, 'many', {
        source: './module',
        skipAssetCreationFromLocalModules: true,
        forEach: items,
        variables: { a: items.value, b: '{"json":true}' },
      });
      new TerraformOutput(stack, 'result', { value: module.get('result') });
    },
  },
];
