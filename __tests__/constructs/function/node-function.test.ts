import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Testing } from 'cdktf';
import { expect, test } from 'vitest';
import { NodeFunction } from '../../../constructs/function/node-function';
import type { ReadableStack } from '../../../synthesis/readable-stack';
import { exampleStack, resource, statements, synthesized } from '../../support/synthesized';
import { exampleFunction } from './example-function';

/** The folder that the stack is written to, as a deployment would find it. */
function writtenFolder(stack: ReadableStack): string {
  new AwsProvider(stack, 'aws');
  return path.join(Testing.fullSynth(stack), 'stacks', 'example');
}

test('a function runs on arm64 and Node.js 22, traced, with a ceiling and a log group of its own', () => {
  const { resource: resources } = synthesized(exampleFunction().stack);

  expect(resources.aws_lambda_function).toEqual({
    reply: {
      function_name: 'dev-reply',
      description: 'Replies to messages',
      role: '${aws_iam_role.reply_role.arn}',
      runtime: 'nodejs22.x',
      architectures: ['arm64'],
      handler: 'index.handler',
      filename: 'functions/websocket-reply.zip',
      source_code_hash: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/),
      timeout: 30,
      memory_size: 256,
      reserved_concurrent_executions: 10,
      environment: { variables: { CONNECTIONS_ENDPOINT: 'https://example.com/v1' } },
      tracing_config: { mode: 'Active' },
      logging_config: { log_format: 'Text', log_group: '${aws_cloudwatch_log_group.reply_log.name}' },
    },
  });
  expect(resources.aws_cloudwatch_log_group).toEqual({
    reply_log: { name: '/aws/lambda/dev-reply', retention_in_days: 30 },
  });
});

test('timeout, memory, ceiling and log retention are the user’s to choose', () => {
  const { stack } = exampleFunction({
    timeoutSeconds: 900,
    memoryMegabytes: 1769,
    reservedConcurrency: 50,
    logRetentionDays: 365,
  });

  const { resource: resources } = synthesized(stack);

  expect(resources.aws_lambda_function).toMatchObject({
    reply: { timeout: 900, memory_size: 1769, reserved_concurrent_executions: 50 },
  });
  expect(resources.aws_cloudwatch_log_group).toMatchObject({ reply_log: { retention_in_days: 365 } });
});

test.each(['websocket-reply', 'archive-to-s3'])(
  'source_code_hash of %s is that of the archive that is written',
  (source) => {
    const { stack } = exampleFunction({ source });
    const { filename, source_code_hash } = resource(synthesized(stack), 'aws_lambda_function', 'reply');

    const folder = writtenFolder(stack);

    const written = fs.readFileSync(path.join(folder, String(filename)));
    expect(source_code_hash).toBe(createHash('sha256').update(written).digest('base64'));
    expect(fs.existsSync(path.join(folder, 'cdk.tf.json'))).toBe(true);
  },
);

test('two functions of one source share its archive', () => {
  const { stack, reply } = exampleFunction();
  new NodeFunction(stack, 'other', {
    name: 'dev-other',
    description: 'Replies too',
    source: 'websocket-reply',
    timeoutSeconds: reply.timeoutSeconds,
    reservedConcurrency: 10,
    environment: {},
    logRetentionDays: 30,
  });

  const folder = writtenFolder(stack);

  expect(fs.readdirSync(path.join(folder, 'functions'))).toEqual(['websocket-reply.zip']);
});

test('its role may be assumed by Lambda, write the function’s log, send traces, and nothing else', () => {
  const configuration = synthesized(exampleFunction().stack);

  expect(configuration.resource.aws_iam_role).toEqual({
    reply_role: {
      name: 'dev-reply-role',
      description: 'What dev-reply acts as',
      assume_role_policy: '${data.aws_iam_policy_document.reply_role_trust.json}',
    },
  });
  expect(statements(configuration, 'reply_role_trust')).toEqual([
    {
      sid: 'LambdaAssumesThisRole',
      effect: 'Allow',
      principals: [{ type: 'Service', identifiers: ['lambda.amazonaws.com'] }],
      actions: ['sts:AssumeRole'],
    },
  ]);
  expect(statements(configuration, 'reply_role_grants_document')).toEqual([
    {
      sid: 'WriteItsOwnLog',
      effect: 'Allow',
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: ['arn:aws:logs:ap-northeast-2:111122223333:log-group:/aws/lambda/dev-reply:*'],
    },
    {
      sid: 'SendTraces',
      effect: 'Allow',
      actions: ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'],
      resources: ['*'],
    },
  ]);
});

test('what invokes it can wait until its role’s policies are there', () => {
  const { stack, reply } = exampleFunction();
  reply.role.grantApart('connections', {
    sid: 'Reply',
    actions: ['execute-api:ManageConnections'],
    resources: [],
  });

  new CloudwatchLogGroup(stack, 'late', { dependsOn: [...reply.ready] });

  expect(resource(synthesized(stack), 'aws_cloudwatch_log_group', 'late').depends_on).toEqual([
    'aws_iam_role_policy.reply_role_grants',
    'aws_iam_role_policy.reply_role_connections',
  ]);
});

test('its ARN is written out, in the partition of its stack', () => {
  const { reply } = exampleFunction();
  const inChina = new NodeFunction(exampleStack('cn-north-1'), 'reply', {
    name: 'dev-reply',
    description: '',
    source: 'websocket-reply',
    timeoutSeconds: 30,
    reservedConcurrency: 10,
    environment: {},
    logRetentionDays: 30,
  });

  expect(reply.arn).toBe('arn:aws:lambda:ap-northeast-2:111122223333:function:dev-reply');
  expect(inChina.arn).toBe('arn:aws-cn:lambda:cn-north-1:111122223333:function:dev-reply');
});

test('a source that is not in lambda-src is refused, with those that are', () => {
  expect(() => exampleFunction({ source: 'websocket-replay' })).toThrow(
    'There is no function "websocket-replay" in lambda-src/: it has archive-to-s3, hmac-authorizer, websocket-reply.',
  );
});
