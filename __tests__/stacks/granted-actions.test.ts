import { expect, test } from 'vitest';
import type { Configuration } from '../support/synthesized';
import { deployedStacks } from './deployed-environments';

/** The actions of each role's policies, sorted. */
function grantedActions({ resource, data }: Configuration): [string, readonly string[]][] {
  return Object.entries(resource.aws_iam_role ?? {}).map(([id, role]) => {
    const policies = Object.values(resource.aws_iam_role_policy ?? {})
      .filter((policy) => policy.role === `\${aws_iam_role.${id}.name}`)
      .map(({ policy }) => /^\$\{data\.aws_iam_policy_document\.(\w+)\.json\}$/.exec(String(policy))?.[1]);
    const allowed = policies.flatMap(
      (document) => data.aws_iam_policy_document?.[String(document)]?.statement as { actions: string[] }[],
    );
    return [String(role.name), [...new Set(allowed.flatMap(({ actions }) => actions))].sort()];
  });
}

const senderToAnEncryptedQueue = ['kms:Decrypt', 'kms:GenerateDataKey', 'sqs:SendMessage'];

test('each role is granted these actions and no others', () => {
  const granted = Object.fromEntries(
    deployedStacks().flatMap(({ configuration }) => grantedActions(configuration)),
  );

  expect(granted).toEqual({
    'dev-api-gateway-logs': [
      'logs:CreateLogGroup',
      'logs:CreateLogStream',
      'logs:DescribeLogGroups',
      'logs:DescribeLogStreams',
      'logs:FilterLogEvents',
      'logs:GetLogEvents',
      'logs:PutLogEvents',
    ],
    'dev-delivery-results-to-queue': ['sqs:SendMessage'],
    'dev-websocket-messages-to-queue': ['sqs:SendMessage'],
    'dev-websocket-reply-role': [
      'execute-api:ManageConnections',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
      'sqs:ReceiveMessage',
      'xray:PutTelemetryRecords',
      'xray:PutTraceSegments',
    ],
    'dev-delivery-results-archive-role': [
      'lambda:InvokeFunction',
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
      'sqs:ReceiveMessage',
    ],
    'dev-delivery-results-archive-writer-role': [
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      's3:PutObject',
      'xray:PutTelemetryRecords',
      'xray:PutTraceSegments',
    ],
    'prod-delivery-results-to-queue': senderToAnEncryptedQueue,
    'prod-payment-events-to-queue': senderToAnEncryptedQueue,
    'prod-inbound-sms-to-queue': senderToAnEncryptedQueue,
    'prod-websocket-messages-to-queue': senderToAnEncryptedQueue,
    'prod-websocket-reply-role': [
      'execute-api:ManageConnections',
      'kms:Decrypt',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
      'sqs:ReceiveMessage',
      'xray:PutTelemetryRecords',
      'xray:PutTraceSegments',
    ],
    'prod-delivery-results-role': [
      'events:InvokeApiDestination',
      'kms:Decrypt',
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
      'sqs:ReceiveMessage',
    ],
    'prod-payment-events-archive-role': [
      'kms:Decrypt',
      'lambda:InvokeFunction',
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
      'sqs:ReceiveMessage',
    ],
    'prod-payment-events-archive-writer-role': [
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      's3:PutObject',
      'xray:PutTelemetryRecords',
      'xray:PutTraceSegments',
    ],
  });
});

test('a role has no policies but these inline ones: none of AWS’s, none attached from elsewhere', () => {
  const types = deployedStacks().flatMap(({ configuration }) => Object.keys(configuration.resource));

  expect([...new Set(types)].filter((type) => type.startsWith('aws_iam_')).sort()).toEqual([
    'aws_iam_role',
    'aws_iam_role_policy',
  ]);
});
