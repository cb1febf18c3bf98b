import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { DataResource, TerraformLocal, TerraformResource, type TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { describe, expect, it } from 'vitest';
import { renderStack } from '../../../synthesis/hcl/index';
import { stackOf } from './corpus/index';

function rendering(build: (stack: TerraformStack) => void): () => unknown {
  return () => renderStack(stackOf({ build }));
}

describe('what HCL cannot say', () => {
  it('is refused where plain text has an unescaped template, naming construct, attribute and way out', () => {
    const build = (stack: TerraformStack) => {
      new SqsQueue(new Construct(stack, 'callbacks'), 'queue', { tags: { Note: 'costs ${5 &} each' } });
    };
    expect(rendering(build)).toThrow(
      /^Cannot write HCL for stack\/callbacks\/queue attribute "tags\.Note": .*\$\$\{ for \$\{/,
    );
  });

  it.each(['a ${', 'a ${b', '${}', '%{', '${"a}', '${[1}', '${a)}', '${<<X\n}'])(
    'is refused in the text %j',
    (text) => {
      expect(rendering((stack) => new TerraformLocal(stack, 'text', text))).toThrow(
        /^Cannot write HCL for stack\/text attribute "text": /,
      );
    },
  );

  it('names the one local at fault', () => {
    const build = (stack: TerraformStack) => {
      new TerraformLocal(stack, 'good', 'a');
      new TerraformLocal(new Construct(stack, 'inner'), 'bad', { deep: ['${'] }).overrideLogicalId('bad');
    };
    expect(rendering(build)).toThrow(/^Cannot write HCL for stack\/inner\/bad attribute "bad\.deep\.0": /);
  });

  it('is refused where nothing tells a block from an argument', () => {
    const build = (stack: TerraformStack) => {
      new TerraformResource(stack, 'raw', { terraformResourceType: 'other_thing' }).addOverride('setting', {
        a: 1,
      });
    };
    expect(rendering(build)).toThrow(
      'Cannot write HCL for stack/raw attribute "setting": nothing tells whether this is an argument or nested blocks',
    );
  });

  it('is not refused for plain arguments of an unknown type', () => {
    const stack = stackOf({
      build: (scope) => {
        const raw = new TerraformResource(scope, 'raw', { terraformResourceType: 'other_thing' });
        raw.addOverride('name', 'x');
        raw.addOverride('sizes', [1, 2]);
      },
    });
    expect(renderStack(stack).hcl).toBe(
      '# raw\nresource "other_thing" "raw" {\n  name  = "x"\n  sizes = [1, 2]\n}\n',
    );
  });

  it('is refused where a key is unknown to its provider', () => {
    const build = (stack: TerraformStack) => {
      new S3Bucket(stack, 'bucket', {}).addOverride('cors_configuration', [{ allowed_methods: ['GET'] }]);
    };
    expect(rendering(build)).toThrow('stack/bucket attribute "cors_configuration": nothing tells');
  });

  it('is refused for an expression where the provider has nested blocks', () => {
    const build = (stack: TerraformStack) => {
      new S3Bucket(stack, 'bucket', {}).addOverride('lifecycle_rule', [
        { enabled: true, transition: '${local.transitions}' },
      ]);
    };
    expect(rendering(build)).toThrow(
      /stack\/bucket attribute "lifecycle_rule\.0\.transition": a block needs an object/,
    );
  });

  it('is refused for an unknown section, a wrong argument name and a number without a value', () => {
    expect(rendering((stack) => stack.addOverride('resources.a', {}))).toThrow(
      'stack stack attribute "resources": Terraform has no such block',
    );
    expect(rendering((stack) => new DataResource(stack, 'data', {}).addOverride('a b', 1))).toThrow(
      'stack/data attribute "a b": an argument needs a name',
    );
    expect(
      rendering(
        (stack) => new DataResource(stack, 'data', { input: { a: Number.POSITIVE_INFINITY as never } }),
      ),
    ).toThrow('stack/data attribute "input.a": Infinity is not a number');
  });

  it('is refused for a reference that is none', () => {
    const build = (stack: TerraformStack) => {
      new DataResource(stack, 'data', {}).addOverride('depends_on', ['']);
    };
    expect(rendering(build)).toThrow(
      'stack/data attribute "depends_on.0": a name or an expression is needed',
    );
  });
});
