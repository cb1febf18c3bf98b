import { DataAwsIamPolicyDocument } from '@cdktf/provider-aws/lib/data-aws-iam-policy-document';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import {
  CloudBackend,
  DataResource,
  LocalBackend,
  NamedCloudWorkspace,
  NamedRemoteWorkspace,
  RemoteBackend,
  TerraformHclModule,
  TerraformLocal,
  TerraformOutput,
  TerraformResource,
  type TerraformStack,
  TerraformVariable,
} from 'cdktf';
import { Construct } from 'constructs';
import { describe, expect, it } from 'vitest';
import { renderStack } from '../../../synthesis/hcl/index';
import { stackOf } from './corpus/index';

function hclOf(build: (stack: TerraformStack) => void): string {
  return renderStack(stackOf({ build })).hcl;
}

describe('a stack as HCL', () => {
  it('tells its story in order, whatever order it was written in', () => {
    const hcl = hclOf((stack) => {
      const callbacks = new Construct(stack, 'callbacks');
      new TerraformOutput(stack, 'url', { value: '${aws_sqs_queue.queue.url}', staticId: true });
      const queue = new SqsQueue(new Construct(callbacks, 'delivery-results'), 'queue', {
        name: 'dev-delivery-results',
        count: 1,
        visibilityTimeoutSeconds: 60,
        tags: { Team: 'messaging', 'cost-centre': 'a1' },
        timeouts: { create: '3m', delete: '3m' },
        lifecycle: { preventDestroy: true, ignoreChanges: ['tags["touched"]'] },
      });
      queue.overrideLogicalId('queue');
      const document = new DataAwsIamPolicyDocument(callbacks, 'policy', {
        statement: [{ sid: 'Send', actions: ['sqs:SendMessage', 'sqs:GetQueueUrl'], resources: ['*'] }],
        dependsOn: [queue],
      });
      document.overrideLogicalId('policy');
      new TerraformLocal(stack, 'text', '{"a":[1,2]}');
      new TerraformVariable(stack, 'secret', {
        type: 'string',
        sensitive: true,
        description: 'Shared "secret".',
      });
      const provider = new AwsProvider(stack, 'aws', { region: 'ap-northeast-2' });
      expect(provider.fqn).toBe('aws');
      stack.addOverride('terraform.required_providers.aws', {
        version: '>= 5.100.0',
        source: 'hashicorp/aws',
      });
      stack.addOverride('terraform.required_version', '>= 1.5');
      stack.addOverride('moved', [{ from: 'aws_sqs_queue.old', to: 'aws_sqs_queue.queue[0]' }]);
      new LocalBackend(stack, { path: 'state.tfstate' });
    });
    expect(hcl).toBe(`terraform {
  required_version = ">= 1.5"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100.0"
    }
  }

  backend "local" {
    path = "state.tfstate"
  }
}

provider "aws" {
  region = "ap-northeast-2"
}

variable "secret" {
  description = "Shared \\"secret\\"."
  type        = string
  sensitive   = true
}

locals {
  text = jsonencode({
    a = [1, 2]
  })
}

# callbacks/delivery-results/queue
resource "aws_sqs_queue" "queue" {
  count = 1

  name = "dev-delivery-results"
  tags = {
    Team        = "messaging"
    cost-centre = "a1"
  }
  visibility_timeout_seconds = 60

  timeouts {
    create = "3m"
    delete = "3m"
  }

  lifecycle {
    prevent_destroy = true
    ignore_changes  = [tags["touched"]]
  }
}

# callbacks/policy
data "aws_iam_policy_document" "policy" {
  statement {
    sid = "Send"
    actions = [
      "sqs:SendMessage",
      "sqs:GetQueueUrl",
    ]
    resources = ["*"]
  }

  depends_on = [aws_sqs_queue.queue]
}

moved {
  from = aws_sqs_queue.old
  to   = aws_sqs_queue.queue[0]
}

output "url" {
  value = aws_sqs_queue.queue.url
}
`);
  });

  it('keeps data sources, resources and modules in the order of the constructs', () => {
    const hcl = hclOf((stack) => {
      new SqsQueue(stack, 'one', { name: 'a' });
      new DataAwsIamPolicyDocument(stack, 'two', {});
      new SqsQueue(stack, 'three', { name: 'b' });
      new TerraformHclModule(stack, 'four', { source: 'x', skipAssetCreationFromLocalModules: true });
      new DataAwsIamPolicyDocument(stack, 'five', {});
    });
    expect(hcl.match(/^# .*$/gm)).toEqual(['# one', '# two', '# three', '# four', '# five']);
  });

  it('writes the workspaces of a remote backend and of a cloud block as blocks', () => {
    const workspaces = new NamedRemoteWorkspace('w');
    expect(hclOf((stack) => new RemoteBackend(stack, { organization: 'o', workspaces }))).toBe(
      'terraform {\n  backend "remote" {\n    organization = "o"\n\n    workspaces {\n      name = "w"\n    }\n  }\n}\n',
    );
    const named = new NamedCloudWorkspace('w', 'p');
    expect(hclOf((stack) => new CloudBackend(stack, { organization: 'o', workspaces: named }))).toBe(
      'terraform {\n  cloud {\n    organization = "o"\n\n    workspaces {\n      name    = "w"\n      project = "p"\n    }\n  }\n}\n',
    );
  });

  it("passes a module its providers by reference, before the module's inputs", () => {
    const hcl = hclOf((stack) => {
      const aws = new AwsProvider(stack, 'aws', { alias: 'other' });
      new TerraformHclModule(stack, 'module', {
        source: './m',
        version: '1.0.0',
        skipAssetCreationFromLocalModules: true,
        providers: [aws, { moduleAlias: 'replica', provider: aws }],
        variables: { a: 1 },
      });
    });
    expect(hcl).toContain(
      '  providers = {\n    aws         = aws.other\n    aws.replica = aws.other\n  }\n\n  a = 1\n}\n',
    );
  });

  it('takes the word of a hand-written class for what is an argument and what a block', () => {
    class Thing extends TerraformResource {
      protected override synthesizeAttributes() {
        return { labels: { a: 'b' }, disk: [{ size: 1 }] };
      }
      protected override synthesizeHclAttributes() {
        return {
          disk: { value: [{ size: { value: 1, isBlock: false } }], isBlock: true },
          labels: { a: 'b' },
        };
      }
    }
    const hcl = hclOf((stack) => new Thing(stack, 'thing', { terraformResourceType: 'other_thing' }));
    expect(hcl).toBe(
      '# thing\nresource "other_thing" "thing" {\n  labels = {\n    a = "b"\n  }\n\n  disk {\n    size = 1\n  }\n}\n',
    );
  });

  it('breaks a list that would pass column 100 or has more than five elements', () => {
    const hcl = hclOf((stack) => {
      new DataResource(stack, 'data', {
        input: {
          five: [1, 2, 3, 4, 5],
          six: [1, 2, 3, 4, 5, 6],
          wide: ['x'.repeat(50), 'y'.repeat(50)],
        } as never,
      });
    });
    expect(hcl).toContain('    five = [1, 2, 3, 4, 5]\n');
    expect(hcl).toContain('    six = [\n      1,\n      2,\n');
    expect(hcl).toContain(`    wide = [\n      "${'x'.repeat(50)}",\n`);
  });

  it('keeps a construct id from leaving its comment', () => {
    const hcl = hclOf((stack) => {
      new DataResource(stack, 'one \u202e } \u0085x', {}).overrideLogicalId('one');
    });
    expect(hcl).toBe('# one \\u202e } \\u0085x\nresource "terraform_data" "one" {}\n');
  });

  it('is the same each time', () => {
    const stack = stackOf({
      build: (scope) => new SqsQueue(scope, 'queue', { name: 'q', tags: { b: '1', a: '2' } }),
    });
    expect(renderStack(stack)).toEqual(renderStack(stack));
  });
});
