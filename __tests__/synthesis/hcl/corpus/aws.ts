import { Apigatewayv2Api } from '@cdktf/provider-aws/lib/apigatewayv2-api';
import { Apigatewayv2Integration } from '@cdktf/provider-aws/lib/apigatewayv2-integration';
import { CloudwatchEventConnection } from '@cdktf/provider-aws/lib/cloudwatch-event-connection';
import { DataAwsIamPolicyDocument } from '@cdktf/provider-aws/lib/data-aws-iam-policy-document';
import { PipesPipe } from '@cdktf/provider-aws/lib/pipes-pipe';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { SqsQueuePolicy } from '@cdktf/provider-aws/lib/sqs-queue-policy';
import { TerraformHclModule, TerraformIterator, TerraformOutput } from 'cdktf';
import { Construct } from 'constructs';
import type { Case } from './case';

const terraform = 'aws';

/** Generated classes of a provider, whose bodies mix arguments and nested blocks. */
export const aws: readonly Case[] = [
  {
    name: 'a policy text with a reference',
    terraform,
    build: (stack) => {
      const queue = new SqsQueue(stack, 'queue', { name: 'orders' });
      new SqsQueuePolicy(stack, 'policy', {
        queueUrl: queue.url,
        policy: JSON.stringify({ Statement: [{ Action: 'sqs:SendMessage', Resource: queue.arn }] }),
      });
    },
  },
  {
    name: 'a policy document',
    terraform,
    build: (stack) => {
      const document = new DataAwsIamPolicyDocument(stack, 'document', {
        statement: [
          {
            sid: 'One',
            actions: ['sqs:SendMessage', 'sqs:ReceiveMessage'],
            resources: ['*'],
            principals: [{ type: 'Service', identifiers: ['pipes.amazonaws.com'] }],
            condition: [{ test: 'StringEquals', variable: 'aws:SourceAccount', values: ['123456789012'] }],
          },
          { notActions: ['sqs:DeleteQueue'], resources: ['arn:aws:sqs:*:*:$${aws:username}'] },
        ],
      });
      new TerraformOutput(stack, 'json', { value: document.json });
    },
  },
  {
    name: 'nested blocks, a timeout and tags',
    terraform,
    build: (stack) => {
      new SqsQueue(stack, 'queue', {
        name: 'orders',
        tags: { Name: 'a "b"', 'aws:thing': 'c' },
        redrivePolicy:
          '{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:123456789012:dead","maxReceiveCount":5}',
        timeouts: { create: '3m' },
      });
    },
  },
  {
    name: 'blocks within blocks',
    terraform,
    build: (stack) => {
      new PipesPipe(stack, 'pipe', {
        name: 'pipe',
        roleArn: 'arn:aws:iam::123456789012:role/pipe',
        source: 'arn:aws:sqs:us-east-1:123456789012:source',
        target: 'arn:aws:sqs:us-east-1:123456789012:target',
        sourceParameters: {
          filterCriteria: {
            filter: [{ pattern: '{"body":{"kind":["a \\"b\\""]}}' }, { pattern: '{"body":{}}' }],
          },
          sqsQueueParameters: { batchSize: 1 },
        },
        targetParameters: { inputTemplate: '{\n  "id": <$.messageId>\n}' },
      });
    },
  },
  {
    name: 'sensitive arguments in single blocks',
    terraform,
    build: (stack) => {
      new CloudwatchEventConnection(stack, 'connection', {
        name: 'subscriber',
        authorizationType: 'API_KEY',
        authParameters: {
          apiKey: { key: 'x-api-key', value: 'a\\b"c"' },
          invocationHttpParameters: { header: [{ key: 'a', value: 'b' }] },
        },
      });
    },
  },
  {
    name: 'a route selection expression',
    terraform,
    build: (stack) => {
      const api = new Apigatewayv2Api(stack, 'api', {
        name: 'api',
        protocolType: 'WEBSOCKET',
        routeSelectionExpression: '$request.body.action',
      });
      new Apigatewayv2Integration(stack, 'integration', {
        apiId: api.id,
        integrationType: 'MOCK',
        templateSelectionExpression: '\\$default',
        requestTemplates: {
          $default: '#set($a = "b")\nAction=SendMessage&MessageBody=$util.urlEncode($input.body)',
        },
      });
    },
  },
  {
    name: 'a dotted override of a block',
    terraform,
    build: (stack) => {
      const api = new Apigatewayv2Api(stack, 'api', { name: 'api', protocolType: 'HTTP' });
      api.addOverride('cors_configuration.allow_methods', ['GET', 'POST']);
      const other = new Apigatewayv2Api(stack, 'other', {
        name: 'other',
        protocolType: 'HTTP',
        corsConfiguration: { allowHeaders: ['a'] },
      });
      other.addOverride('cors_configuration.allow_methods', ['PUT']);
    },
  },
  {
    name: 'overrides of blocks by objects and lists',
    terraform,
    build: (stack) => {
      const bucket = new S3Bucket(stack, 'bucket', { bucket: 'bucket-1' });
      bucket.addOverride('cors_rule', [{ allowed_methods: ['GET'], allowed_origins: ['*'] }]);
      bucket.addOverride('versioning', { enabled: true });
      bucket.addOverride('lifecycle_rule', [
        { enabled: true, transition: [{ days: 30, storage_class: 'GLACIER' }], expiration: { days: 90 } },
        { enabled: false, prefix: 'a "b"' },
      ]);
      bucket.addOverride('tags.Team', 'x');
      bucket.addOverride('timeouts.create', '5m');
    },
  },
  {
    name: 'an override of a block in a block',
    terraform,
    build: (stack) => {
      const bucket = new S3Bucket(stack, 'bucket', {
        bucket: 'bucket-1',
        lifecycleRule: [{ enabled: true, prefix: 'x' }],
      });
      bucket.addOverride('lifecycle_rule.0', { enabled: false });
      bucket.addOverride('lifecycle_rule', [{ enabled: true, noncurrent_version_expiration: [{ days: 2 }] }]);
    },
  },
  {
    name: 'an override of a policy text',
    terraform,
    build: (stack) => {
      new SqsQueue(stack, 'queue', { name: 'q' }).addOverride(
        'policy',
        '{"Statement":[{"Sid":"a"}],"Version":"2012-10-17"}',
      );
    },
  },
  {
    name: 'a dynamic block',
    terraform,
    build: (stack) => {
      const origins = TerraformIterator.fromList(['https://a.example', 'https://b.example']);
      new S3Bucket(stack, 'bucket', {
        bucket: 'bucket-1',
        corsRule: origins.dynamic({ allowed_methods: ['GET'], allowed_origins: [origins.value] }),
        tags: { a: 'b' },
      });
    },
  },
  {
    name: 'a dynamic block with blocks inside',
    terraform,
    build: (stack) => {
      const days = TerraformIterator.fromList(['1', '2']);
      new S3Bucket(stack, 'bucket', {
        bucket: 'bucket-1',
        lifecycleRule: days.dynamic({
          enabled: true,
          prefix: `p-${days.value}`,
          expiration: { days: 3 },
          transition: [{ days: 1, storage_class: 'GLACIER' }],
        }),
      });
    },
  },
  {
    name: 'a dynamic block by override, within a block',
    terraform,
    build: (stack) => {
      new DataAwsIamPolicyDocument(stack, 'document', {}).addOverride('statement', [
        {
          actions: ['sqs:SendMessage'],
          resources: ['*'],
          dynamic: {
            condition: {
              for_each: { StringEquals: 'a', StringLike: 'b' },
              iterator: 'each_test',
              content: {
                test: '${each_test.key}',
                variable: 'aws:SourceArn',
                values: ['${each_test.value}'],
              },
            },
          },
        },
      ]);
    },
  },
  {
    name: 'rules that are blocks or arguments',
    terraform,
    build: (stack) => {
      new SecurityGroup(stack, 'open', {
        name: 'open',
        ingress: [{ fromPort: 443, toPort: 443, protocol: 'tcp', cidrBlocks: ['10.0.0.0/8'] }],
        egress: [],
      });
      const ports = TerraformIterator.fromList(['1', '2']);
      new SecurityGroup(stack, 'each', {
        name: 'each',
        ingress: ports.dynamic({
          from_port: ports.value,
          to_port: ports.value,
          protocol: 'tcp',
          cidr_blocks: [],
          description: 'a b',
          ipv6_cidr_blocks: [],
          prefix_list_ids: [],
          security_groups: [],
          self: false,
        }),
      });
    },
  },
  {
    name: 'provider aliases',
    terraform: 'root-aws',
    build: (stack) => {
      const offline = {
        accessKey: 'test',
        secretKey: 'test',
        skipCredentialsValidation: 'true' as unknown as boolean,
        skipRequestingAccountId: true,
        skipMetadataApiCheck: 'true',
      };
      new AwsProvider(stack, 'aws', {
        ...offline,
        region: 'us-east-1',
        defaultTags: [{ tags: { a: 'b "c"' } }],
      });
      const other = new AwsProvider(stack, 'other', { ...offline, region: 'eu-west-1', alias: 'other' });
      other.addOverride('endpoints', [{ sqs: 'http://localhost:4566' }]);
      other.addOverride('skip_region_validation', true);
      other.addOverride('ignore_tags.keys', ['x']);
      stack.addOverride('terraform.required_providers.aws', {
        source: 'hashicorp/aws',
        version: '>= 5.100.0, < 7.0.0',
      });
      new SqsQueue(stack, 'queue', { provider: other, name: 'q' });
      new TerraformHclModule(stack, 'module', {
        source: './with-providers',
        skipAssetCreationFromLocalModules: true,
        providers: [other, { moduleAlias: 'replica', provider: other }],
      });
    },
  },
  {
    name: 'nested constructs and instances of generated classes',
    terraform,
    build: (stack) => {
      const receiver = new Construct(stack, 'callback receiver');
      const names = TerraformIterator.fromList(['a', 'b']);
      new SqsQueue(new Construct(receiver, 'queue'), 'main', { forEach: names, name: names.value });
      const single = new SqsQueue(receiver, 'single', { name: 's' });
      new TerraformOutput(receiver, 'arn', { value: single.arn });
      new SqsQueue(receiver, 'counted', {
        count: 2,
        name: 'c-${count.index}',
        lifecycle: { ignoreChanges: ['tags["x"]'] },
      });
    },
  },
];
