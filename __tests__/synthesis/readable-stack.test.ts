import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { App, TerraformOutput, Testing } from 'cdktf';
import { Construct } from 'constructs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ReadableStack } from '../../synthesis/readable-stack';
import { addStackFile } from '../../synthesis/stack-files';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'readable-stack-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  fs.rmSync(folder, { recursive: true, force: true });
});

function synthesize(format: 'hcl' | 'json', fill: (stack: ReadableStack) => void = () => {}): string[] {
  vi.stubEnv('SYNTH_HCL_OUTPUT', format === 'hcl' ? 'true' : undefined);
  const app = new App({ outdir: folder });
  const stack = new ReadableStack(app, 'example');
  new AwsProvider(stack, 'aws', { region: 'ap-northeast-2' });
  fill(stack);
  app.synth();
  return fs.readdirSync(path.join(folder, 'stacks', 'example')).sort();
}

describe('the folder of a stack', () => {
  it('holds one format only, whichever was synthesized before', () => {
    expect(synthesize('json')).toEqual(['cdk.tf.json']);
    expect(synthesize('hcl')).toEqual(['cdk.tf', 'metadata.json']);
    expect(synthesize('json')).toEqual(['cdk.tf.json']);
  });

  it('holds the files that the stack ships, as they were added', () => {
    synthesize('hcl', (stack) => addStackFile(stack, 'functions/reply.zip', Buffer.from('zip')));
    expect(fs.readFileSync(path.join(folder, 'stacks/example/functions/reply.zip'), 'utf8')).toBe('zip');
  });

  it('takes one file twice, and refuses another under its name', () => {
    synthesize('hcl', (stack) => {
      const parent = new Construct(stack, 'function');
      addStackFile(parent, 'a.zip', Buffer.from('one'));
      addStackFile(parent, 'a.zip', Buffer.from('one'));
      expect(() => addStackFile(parent, 'a.zip', Buffer.from('two'))).toThrow(
        'example/function: the stack already has another file a.zip; choose another path',
      );
    });
  });
});

describe('names', () => {
  const names = (fill: (stack: ReadableStack) => void): string[] => {
    const stack = new ReadableStack(Testing.app(), 'example');
    fill(stack);
    return Object.keys(JSON.parse(Testing.synth(stack)).resource.aws_sqs_queue);
  };

  it('come from the construct path, without the stack and without Resource', () => {
    expect(
      names(
        (stack) =>
          new SqsQueue(new Construct(new Construct(stack, 'delivery-results'), 'queue'), 'Resource', {}),
      ),
    ).toEqual(['delivery_results_queue']);
  });

  it('that would begin with a digit get an underscore first', () => {
    expect(names((stack) => new SqsQueue(stack, '2fa', {}))).toEqual(['_2fa']);
  });

  it('stay as they are when constructs are added', () => {
    const first = names((stack) => new SqsQueue(stack, 'a', {}));
    const both = names((stack) => {
      new SqsQueue(new Construct(stack, 'other'), 'a', {});
      new SqsQueue(stack, 'a', {});
    });
    expect(first).toEqual(['a']);
    expect(both).toEqual([...first, 'other_a']);
  });

  it('that two resources of a type came to share stop the synth and name both', () => {
    const synth = () =>
      synthesize('json', (stack) => {
        new SqsQueue(stack, 'a-b', {});
        new SqsQueue(stack, 'a_b', {});
      });
    expect(synth).toThrow(
      'example/a-b and example/a_b would both be resource.aws_sqs_queue.a_b in Terraform: rename one, so that they differ in letters or digits',
    );
  });

  it('may be shared by elements of different kinds', () => {
    expect(
      synthesize('json', (stack) => {
        new SqsQueue(stack, 'orders-', {});
        new TerraformOutput(stack, 'orders_', { value: 1 });
      }),
    ).toEqual(['cdk.tf.json']);
  });
});
