import {
  callbacks,
  everyone,
  pipes,
  prodCallbacks,
  prodWebsocket,
  type RuleCase,
  websocket,
} from './rule-case';

const queue = 'aws_sqs_queue.delivery_results_queue';
const deadLetters = 'aws_sqs_queue.delivery_results_queue_dead_letter';
const document = 'delivery_results_queue_policy_document';
const redrive = 'aws_sqs_queue_redrive_policy.delivery_results_queue_redrive';
const arn = 'arn:aws:sqs:ap-northeast-2:111122223333:dev-delivery-results';
const key = 'aws_kms_key.key';
const mapping = 'aws_lambda_event_source_mapping.reply_source';

const redriveTo = (target: string, maxReceiveCount: number): string =>
  JSON.stringify({ deadLetterTargetArn: target, maxReceiveCount });

export const queueCases: readonly RuleCase[] = [
  {
    rule: 'queue-encryption',
    stack: callbacks,
    breaks: (stack) => stack.set(deadLetters, { sqs_managed_sse_enabled: false }),
    problems: [[deadLetters, 'it has neither a key nor sqs_managed_sse_enabled']],
  },
  {
    rule: 'queue-customer-key',
    stack: callbacks,
    breaks: (stack) =>
      stack.set(queue, { kms_master_key_id: 'alias/aws/sqs', sqs_managed_sse_enabled: undefined }),
    problems: [[queue, 'its key is alias/aws/sqs']],
  },
  {
    rule: 'queue-customer-key',
    stack: prodCallbacks,
    breaks: (stack) => stack.set(queue, { kms_master_key_id: undefined, sqs_managed_sse_enabled: true }),
    problems: [[queue, 'it has no key of the account, in production']],
  },
  {
    rule: 'queue-tls-only',
    stack: callbacks,
    breaks: (stack) =>
      stack.removeStatement('delivery_results_queue_dead_letter_policy_document', 'NobodyWithoutTls'),
    problems: [
      [deadLetters, 'its policy has no Deny of sqs:* for everyone where aws:SecureTransport is false'],
    ],
  },
  {
    rule: 'queue-tls-only',
    stack: callbacks,
    breaks: (stack) => stack.remove('aws_sqs_queue_policy.delivery_results_queue_policy'),
    problems: [[queue, 'it has no policy, so nothing refuses requests without TLS']],
  },
  {
    rule: 'queue-tls-only',
    stack: callbacks,
    breaks: (stack) =>
      stack.addStatement(document, {}).statement(document, 'NobodyWithoutTls', {
        condition: [
          { test: 'Bool', variable: 'aws:SecureTransport', values: ['false'] },
          { test: 'StringEquals', variable: 'aws:PrincipalAccount', values: ['111122223333'] },
        ],
      }),
    problems: [[queue, 'its policy has no Deny of sqs:* for everyone where aws:SecureTransport is false']],
  },
  {
    rule: 'queue-tls-only',
    stack: callbacks,
    breaks: (stack) =>
      stack.statement(document, 'NobodyWithoutTls', {
        principals: [
          { type: 'AWS', identifiers: ['arn:aws:iam::111122223333:root'] },
          { type: 'Service', identifiers: ['*'] },
        ],
      }),
    problems: [[queue, 'its policy has no Deny of sqs:* for everyone where aws:SecureTransport is false']],
  },
  {
    rule: 'queue-not-public',
    stack: callbacks,
    breaks: (stack) =>
      stack.addStatement(document, { actions: ['sqs:SendMessage'], resources: [arn], principals: everyone }),
    problems: [[queue, 'statement 4 of its policy allows everyone']],
  },
  {
    rule: 'queue-not-public',
    stack: callbacks,
    breaks: (stack) =>
      stack.set(queue, {
        policy: JSON.stringify({
          Statement: [
            {
              Sid: 'AllButOne',
              Effect: 'Allow',
              NotPrincipal: { AWS: 'arn:aws:iam::111122223333:role/other' },
              Action: 'sqs:SendMessage',
              Resource: arn,
              Condition: { StringNotEquals: { 'aws:SourceAccount': '444455556666' } },
            },
          ],
        }),
      }),
    problems: [[queue, 'statement AllButOne of its policy allows everyone']],
  },
  {
    rule: 'queue-not-public',
    stack: callbacks,
    breaks: (stack) =>
      stack
        .addStatement(document, {
          sid: 'OneTopic',
          actions: ['sqs:SendMessage'],
          resources: [arn],
          principals: everyone,
          condition: { test: 'ArnLike', variable: 'aws:SourceArn', values: ['arn:aws:sns:*:111122223333:*'] },
        })
        .addStatement(document, {
          sid: 'AnyTopic',
          actions: ['sqs:SendMessage'],
          resources: [arn],
          principals: everyone,
          condition: { test: 'ArnLike', variable: 'aws:SourceArn', values: ['arn:aws:sns:*:*:*'] },
        }),
    problems: [[queue, 'statement AnyTopic of its policy allows everyone']],
  },
  {
    rule: 'queue-no-wildcard-actions',
    stack: callbacks,
    breaks: (stack) => stack.statement(document, 'DevDeliveryResultsToQueueSends', { actions: ['SQS:*'] }),
    problems: [[queue, 'statement DevDeliveryResultsToQueueSends of its policy allows SQS:*']],
  },
  {
    rule: 'queue-no-wildcard-actions',
    stack: callbacks,
    breaks: (stack) =>
      stack.statement(document, 'DevDeliveryResultsToQueueSends', {
        actions: undefined,
        not_actions: ['sqs:DeleteQueue'],
      }),
    problems: [
      [
        queue,
        'statement DevDeliveryResultsToQueueSends of its policy allows every action but sqs:DeleteQueue',
      ],
    ],
  },
  {
    rule: 'queue-policy-own-resource',
    stack: callbacks,
    breaks: (stack) =>
      stack.statement(document, 'DevDeliveryResultsToQueueSends', { resources: [`${arn}-other`] }),
    problems: [[queue, `statement DevDeliveryResultsToQueueSends of its policy is about ${arn}-other`]],
  },
  {
    rule: 'queue-dead-letter',
    stack: callbacks,
    breaks: (stack) => stack.remove(redrive),
    problems: [
      [deadLetters, 'it has no redrive policy, and no queue’s dead letters go to it'],
      [queue, 'it has no redrive policy, and no queue’s dead letters go to it'],
    ],
  },
  {
    rule: 'queue-dead-letter',
    stack: callbacks,
    breaks: (stack) => stack.remove(redrive).set(queue, { redrive_policy: redriveTo(arn, 5) }),
    problems: [
      [deadLetters, 'it has no redrive policy, and no queue’s dead letters go to it'],
      [queue, 'its dead letters go back to itself'],
    ],
  },
  {
    rule: 'queue-redrive',
    stack: callbacks,
    breaks: (stack) => stack.set(deadLetters, { message_retention_seconds: 604_800 }),
    problems: [
      [
        queue,
        'its dead letters are kept for 604800 s from when they were sent, and it keeps messages for ' +
          '604800 s itself',
      ],
    ],
  },
  {
    rule: 'queue-redrive',
    stack: websocket,
    breaks: (stack) => stack.set('aws_sqs_queue.messages_dead_letter', { fifo_queue: undefined }),
    problems: [['aws_sqs_queue.messages', 'its dead-letter queue is of the other kind, standard or FIFO']],
  },
  {
    rule: 'queue-redrive',
    stack: websocket,
    breaks: (stack) =>
      stack.remove('aws_sqs_queue_redrive_policy.messages_redrive').set('aws_sqs_queue.messages', {
        redrive_policy: redriveTo('${aws_sqs_queue.messages_dead_letter.arn}', 2),
      }),
    problems: [
      [
        'aws_sqs_queue.messages',
        'maxReceiveCount is 2: a consumer that is throttled uses up fewer than 5 deliveries at once',
      ],
    ],
  },
  {
    rule: 'dead-letter-sources',
    stack: callbacks,
    breaks: (stack) =>
      stack.remove('aws_sqs_queue_redrive_allow_policy.delivery_results_queue_dead_letter_redrive_allow'),
    problems: [
      [deadLetters, 'it has no redrive allow policy by queue: every queue of the account may use it'],
    ],
  },
  {
    rule: 'dead-letter-sources',
    stack: callbacks,
    breaks: (stack) =>
      stack.set('aws_sqs_queue_redrive_allow_policy.delivery_results_queue_dead_letter_redrive_allow', {
        redrive_allow_policy: JSON.stringify({
          redrivePermission: 'byQueue',
          sourceQueueArns: [`${arn}-other`],
        }),
      }),
    problems: [[deadLetters, `its redrive allow policy does not list ${arn}, whose dead letters it gets`]],
  },
  {
    rule: 'queue-visibility-timeout',
    stack: websocket,
    breaks: (stack) => stack.set(mapping, { maximum_batching_window_in_seconds: 1 }),
    problems: [
      [
        'aws_sqs_queue.messages',
        'visibility_timeout_seconds is 180, and dev-websocket-reply: ' +
          'aws_lambda_event_source_mapping.reply_source needs at least 181',
      ],
    ],
  },
  {
    rule: 'queue-visibility-timeout',
    stack: prodCallbacks,
    breaks: (stack) => stack.set(queue, { visibility_timeout_seconds: 29 }),
    problems: [
      [
        queue,
        'visibility_timeout_seconds is 29, and prod-subscriber-pipe: ' +
          'aws_pipes_pipe.delivery_results_pipe needs at least 30',
      ],
    ],
  },
  {
    rule: 'mapping-partial-batch',
    stack: websocket,
    breaks: (stack) => stack.set(mapping, { function_response_types: undefined }),
    problems: [[mapping, 'function_response_types has no ReportBatchItemFailures']],
  },
  {
    rule: 'mapping-concurrency',
    stack: websocket,
    breaks: (stack) => stack.set(mapping, { scaling_config: undefined }),
    problems: [[mapping, 'scaling_config has no maximum_concurrency']],
  },
  {
    rule: 'key-not-public',
    stack: prodCallbacks,
    breaks: (stack) =>
      stack.addStatement('key_policy', {
        sid: 'ThroughSqs',
        actions: ['kms:Decrypt'],
        resources: ['*'],
        principals: [{ type: 'AWS', identifiers: ['*'] }],
        condition: [{ test: 'StringEquals', variable: 'kms:ViaService', values: ['sqs.amazonaws.com'] }],
      }),
    problems: [[key, 'statement ThroughSqs of its policy allows everyone']],
  },
  {
    rule: 'key-policy',
    stack: prodWebsocket,
    breaks: (stack) => stack.set(key, { policy: undefined }),
    problems: [[key, 'it has no policy']],
  },
  {
    rule: 'key-account-statement',
    stack: prodCallbacks,
    breaks: (stack) =>
      stack.statement('key_policy', 'IdentityPoliciesOfThisAccountDecide', { condition: undefined }),
    problems: [
      [
        key,
        'statement IdentityPoliciesOfThisAccountDecide of its policy allows account 444455556666 ' +
          'without the condition aws:PrincipalAccount',
      ],
    ],
  },
  {
    rule: 'key-rotation',
    stack: prodCallbacks,
    breaks: (stack) => stack.set(key, { enable_key_rotation: false }),
    problems: [[key, 'enable_key_rotation is not true']],
  },
  {
    rule: 'key-deletion-window',
    stack: prodCallbacks,
    breaks: (stack) => stack.set(key, { deletion_window_in_days: undefined }),
    problems: [[key, 'deletion_window_in_days is not set; it is 7 to 30']],
  },
  {
    rule: 'topic-encryption',
    stack: pipes,
    breaks: (stack) =>
      stack
        .add('aws_sns_topic.plain', { name: 'plain' })
        .add('aws_sns_topic.managed', { name: 'managed', kms_master_key_id: 'alias/aws/sns' })
        .add('aws_sns_topic.own', { name: 'own', kms_master_key_id: 'alias/own' }),
    problems: [
      ['aws_sns_topic.plain', 'it has no key'],
      ['aws_sns_topic.managed', 'its key is alias/aws/sns'],
    ],
  },
  {
    rule: 'topic-not-public',
    stack: pipes,
    breaks: (stack) =>
      stack
        .add('aws_sns_topic.open', { name: 'open', kms_master_key_id: 'alias/own' })
        .add('aws_sns_topic_policy.open', {
          arn: '${aws_sns_topic.open.arn}',
          policy: JSON.stringify({
            Statement: { Sid: 'All', Effect: 'Allow', Principal: '*', Action: 'sns:Publish', Resource: '*' },
          }),
        }),
    problems: [['aws_sns_topic.open', 'statement All of its policy allows everyone']],
  },
  {
    rule: 'topic-tls-only',
    stack: pipes,
    breaks: (stack) =>
      stack.add('aws_sns_topic.plain', { name: 'plain' }).add('aws_sns_topic.tls', {
        name: 'tls',
        policy: JSON.stringify({
          Statement: {
            Effect: 'Deny',
            Principal: '*',
            Action: 'sns:Publish',
            Resource: '*',
            Condition: { Bool: { 'aws:SecureTransport': false } },
          },
        }),
      }),
    problems: [
      ['aws_sns_topic.plain', 'its policy has no Deny for everyone where aws:SecureTransport is false'],
    ],
  },
];
