import { callbacks, pipes, prodWebsocket, type RuleCase, websocket } from './rule-case';

const reply = 'aws_lambda_function.reply';
const mapping = 'aws_lambda_event_source_mapping.reply_source';
const writer = 'aws_lambda_function.payment_events_archive_writer';
const archivePipe = 'aws_pipes_pipe.payment_events_archive_pipe';
const pipe = 'aws_pipes_pipe.delivery_results_pipe';
const grants = 'aws_iam_role_policy.reply_role_grants';
const document = 'reply_role_grants_document';
const connection = 'aws_cloudwatch_event_connection.delivery_results_subscriber_connection';
const destination = 'aws_cloudwatch_event_api_destination.delivery_results_subscriber_destination';

export const otherCases: readonly RuleCase[] = [
  {
    rule: 'policy-actions',
    stack: websocket,
    breaks: (stack) => stack.statement(document, 'ConsumeFromTheQueue', { actions: ['sqs:*', 'sqs:Get*'] }),
    problems: [
      [grants, 'statement ConsumeFromTheQueue allows sqs:*'],
      [grants, 'statement ConsumeFromTheQueue allows sqs:Get*'],
    ],
  },
  {
    rule: 'policy-actions',
    stack: websocket,
    breaks: (stack) =>
      stack.set('aws_iam_role.reply_role', {
        inline_policy: [
          {
            name: 'all',
            policy: JSON.stringify({
              Statement: [{ Effect: 'Allow', NotAction: 'iam:*', Resource: 'arn:aws:s3:::b/k' }],
            }),
          },
        ],
      }),
    problems: [['aws_iam_role.reply_role', 'statement 1 allows every action but iam:*']],
  },
  {
    rule: 'policy-resources',
    stack: websocket,
    breaks: (stack) => stack.statement(document, 'ConsumeFromTheQueue', { resources: ['*'] }),
    problems: [
      [
        grants,
        'statement ConsumeFromTheQueue allows sqs:ReceiveMessage, sqs:DeleteMessage, ' +
          'sqs:GetQueueAttributes on *',
      ],
    ],
  },
  {
    rule: 'policy-resources',
    stack: prodWebsocket,
    breaks: (stack) => stack.statement(document, 'DecryptThroughTheQueueKey', { condition: undefined }),
    problems: [
      [
        grants,
        'statement DecryptThroughTheQueueKey allows kms:Decrypt on ' +
          'arn:aws:kms:ap-northeast-2:444455556666:key/*',
      ],
    ],
  },
  {
    rule: 'policy-resources',
    stack: callbacks,
    breaks: (stack) => stack.remove('aws_api_gateway_account.account_logging'),
    problems: [
      [
        'aws_iam_role_policy.account_logging_role_grants',
        'statement WriteTheLogsOfEveryApi allows logs:CreateLogGroup, logs:CreateLogStream, ' +
          'logs:DescribeLogGroups, ' +
          'logs:DescribeLogStreams, logs:FilterLogEvents, logs:GetLogEvents, logs:PutLogEvents on *',
      ],
    ],
  },
  {
    rule: 'policy-resources',
    stack: prodWebsocket,
    breaks: (stack) =>
      stack.statement(document, 'DecryptThroughTheQueueKey', {
        condition: [{ test: 'ForAnyValue:StringEquals', variable: 'kms:ResourceAliases', values: [] }],
      }),
    problems: [
      [
        grants,
        'statement DecryptThroughTheQueueKey allows kms:Decrypt on arn:aws:kms:ap-northeast-2:444455556666:key/*',
      ],
    ],
  },
  {
    rule: 'policy-no-pass-role',
    stack: websocket,
    breaks: (stack) =>
      stack.addStatement(document, {
        sid: 'Hand',
        actions: ['iam:Pass*'],
        resources: ['arn:aws:iam::111122223333:role/other'],
      }),
    problems: [[grants, 'statement Hand allows iam:PassRole']],
  },
  {
    rule: 'role-no-managed-policies',
    stack: websocket,
    breaks: (stack) =>
      stack.add('aws_iam_role_policy_attachment.sqs', {
        role: '${aws_iam_role.reply_role.name}',
        policy_arn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole',
      }),
    problems: [
      [
        'aws_iam_role_policy_attachment.sqs',
        'it attaches arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole',
      ],
    ],
  },
  {
    rule: 'role-trust',
    stack: pipes,
    breaks: (stack) =>
      stack.statement('delivery_results_pipe_role_trust', 'OnePipeAssumesThisRole', { condition: undefined }),
    problems: [
      [
        'aws_iam_role.delivery_results_pipe_role',
        'statement OnePipeAssumesThisRole of its trust policy lets pipes.amazonaws.com assume it ' +
          'without aws:SourceAccount or aws:SourceArn',
      ],
    ],
  },
  {
    rule: 'role-trust',
    stack: websocket,
    breaks: (stack) =>
      stack.statement('reply_role_trust', 'LambdaAssumesThisRole', {
        actions: ['sts:*'],
        principals: [{ type: 'AWS', identifiers: ['*'] }],
      }),
    problems: [
      [
        'aws_iam_role.reply_role',
        'statement LambdaAssumesThisRole of its trust policy lets everyone assume it',
      ],
      ['aws_iam_role.reply_role', 'statement LambdaAssumesThisRole of its trust policy allows sts:*'],
    ],
  },
  {
    rule: 'function-dead-letters',
    stack: websocket,
    breaks: (stack) => stack.remove(mapping),
    problems: [[reply, 'it has no dead-letter queue, and what invokes it is not to be seen']],
  },
  {
    rule: 'function-dead-letters',
    stack: websocket,
    breaks: (stack) => stack.remove('aws_sqs_queue_redrive_policy.messages_redrive'),
    problems: [
      [
        reply,
        'dev-websocket-reply: aws_lambda_event_source_mapping.reply_source takes from ' +
          'dev-websocket-reply: aws_sqs_queue.messages, which has no redrive policy',
      ],
    ],
  },
  {
    rule: 'function-dead-letters',
    stack: websocket,
    breaks: (stack) =>
      stack.add('aws_lambda_permission.events', {
        function_name: '${aws_lambda_function.reply.arn}:live',
        principal: 'events.amazonaws.com',
      }),
    problems: [
      [
        reply,
        'it has neither a dead-letter queue nor a destination for failures, and dev-websocket-reply: ' +
          'aws_lambda_permission.events may invoke it',
      ],
    ],
  },
  {
    rule: 'function-dead-letters',
    stack: pipes,
    breaks: (stack) =>
      stack.set(archivePipe, {
        target_parameters: { lambda_function_parameters: { invocation_type: 'FIRE_AND_FORGET' } },
      }),
    problems: [
      [
        writer,
        'it has no dead-letter queue, and prod-subscriber-pipe: ' +
          'aws_pipes_pipe.payment_events_archive_pipe does not wait for its answer',
      ],
    ],
  },
  {
    rule: 'function-dead-letters',
    stack: pipes,
    breaks: (stack) => stack.set(archivePipe, { source: 'arn:aws:sqs:ap-northeast-2:444455556666:others' }),
    problems: [
      [
        writer,
        'prod-subscriber-pipe: aws_pipes_pipe.payment_events_archive_pipe takes from ' +
          'arn:aws:sqs:ap-northeast-2:444455556666:others, ' +
          'which is no queue of these stacks: its redrive policy is not known',
      ],
    ],
  },
  {
    rule: 'function-concurrency',
    stack: websocket,
    breaks: (stack) => stack.set(mapping, { scaling_config: { maximum_concurrency: 11 } }),
    problems: [[reply, 'it reserves 10, and its event source mappings use up to 11']],
  },
  {
    rule: 'function-concurrency',
    stack: websocket,
    breaks: (stack) => stack.set(reply, { reserved_concurrent_executions: -1 }),
    problems: [[reply, 'it reserves no concurrency']],
  },
  {
    rule: 'function-runtime',
    stack: websocket,
    breaks: (stack) => stack.set(reply, { runtime: 'nodejs20.x' }),
    problems: [[reply, 'its runtime nodejs20.x was supported until 2026-04-30']],
  },
  {
    rule: 'function-runtime',
    stack: websocket,
    breaks: (stack) => stack.set(reply, { runtime: 'nodejs12.x' }),
    problems: [[reply, 'its runtime nodejs12.x is none that is known to be supported']],
  },
  {
    rule: 'function-variables-key',
    stack: prodWebsocket,
    breaks: (stack) =>
      stack.add('aws_lambda_function.other', {
        function_name: 'other',
        environment: { variables: { A: '1', B: '2' } },
      }),
    problems: [['aws_lambda_function.other', 'it has no kms_key_arn for A, B']],
  },
  {
    rule: 'function-limits',
    stack: websocket,
    breaks: (stack) => stack.set(reply, { memory_size: undefined }),
    problems: [[reply, 'memory_size is not set']],
  },
  {
    rule: 'function-tracing',
    stack: websocket,
    breaks: (stack) => stack.setIn(reply, 'tracing_config', { mode: 'PassThrough' }),
    problems: [[reply, 'its tracing mode is PassThrough']],
  },
  {
    rule: 'function-vpc',
    stack: websocket,
    breaks: (stack) =>
      stack
        .add('aws_lambda_function.outside', { function_name: 'outside' })
        .add('aws_lambda_function.inside', {
          function_name: 'inside',
          vpc_config: { subnet_ids: ['subnet-1'] },
        }),
    problems: [['aws_lambda_function.outside', 'it is in no VPC']],
  },
  {
    rule: 'function-code-signing',
    stack: websocket,
    breaks: (stack) =>
      stack.add('aws_lambda_function.any', { function_name: 'any' }).add('aws_lambda_function.signed', {
        function_name: 'signed',
        code_signing_config_arn: 'arn:aws:lambda:…',
      }),
    problems: [['aws_lambda_function.any', 'it has no code signing configuration']],
  },
  {
    rule: 'pipe-trust',
    stack: pipes,
    breaks: (stack) =>
      stack.statement('delivery_results_pipe_role_trust', 'OnePipeAssumesThisRole', {
        condition: [
          { test: 'StringEquals', variable: 'aws:SourceAccount', values: ['444455556666'] },
          {
            test: 'ArnLike',
            variable: 'aws:SourceArn',
            values: ['arn:aws:pipes:ap-northeast-2:444455556666:pipe/*'],
          },
        ],
      }),
    problems: [
      [
        pipe,
        'statement OnePipeAssumesThisRole of its role’s trust policy is not for ' +
          'arn:aws:pipes:ap-northeast-2:444455556666:pipe/prod-delivery-results alone',
      ],
    ],
  },
  {
    rule: 'pipe-role',
    stack: pipes,
    breaks: (stack) =>
      stack.addStatement('delivery_results_pipe_role_grants_document', {
        sid: 'AnotherQueue',
        actions: ['sqs:ReceiveMessage'],
        resources: ['arn:aws:sqs:ap-northeast-2:444455556666:prod-inbound-sms'],
      }),
    problems: [
      [
        pipe,
        'statement AnotherQueue of its role allows sqs:ReceiveMessage on ' +
          'arn:aws:sqs:ap-northeast-2:444455556666:prod-inbound-sms, neither its source nor its target',
      ],
    ],
  },
  {
    rule: 'pipe-log',
    stack: pipes,
    breaks: (stack) => stack.setIn(pipe, 'log_configuration', { include_execution_data: ['ALL'] }),
    problems: [[pipe, 'include_execution_data is ALL: messages are logged']],
  },
  {
    rule: 'pipe-log',
    stack: pipes,
    breaks: (stack) => stack.set(pipe, { log_configuration: undefined }),
    problems: [[pipe, 'it has no log']],
  },
  {
    rule: 'pipe-batch-size',
    stack: pipes,
    breaks: (stack) => stack.set(pipe, { source_parameters: undefined }),
    problems: [[pipe, 'batch_size is not set, which means 10']],
  },
  {
    rule: 'destination-https',
    stack: pipes,
    breaks: (stack) =>
      stack.set(destination, {
        invocation_endpoint: 'http://subscriber.example.com/',
        invocation_rate_limit_per_second: undefined,
      }),
    problems: [
      [destination, 'invocation_endpoint is http://subscriber.example.com/'],
      [destination, 'invocation_rate_limit_per_second is not set'],
    ],
  },
  {
    rule: 'connection-secret',
    stack: pipes,
    breaks: (stack) =>
      stack.set(connection, { auth_parameters: { api_key: { key: 'X-Api-Key', value: '(sensitive 1)' } } }),
    problems: [
      [connection, 'auth_parameters.api_key.value is no variable: the secret stands in the configuration'],
    ],
  },
  {
    rule: 'connection-secret',
    stack: pipes,
    breaks: (stack) =>
      Object.assign(stack.configuration.variable as object, {
        delivery_results_subscriber_secret: { type: 'string', sensitive: false },
      }),
    problems: [
      [
        connection,
        'auth_parameters.api_key.value is var.delivery_results_subscriber_secret, which is not sensitive',
      ],
    ],
  },
  {
    rule: 'connection-secret',
    stack: pipes,
    breaks: (stack) =>
      Object.assign(stack.configuration.variable as object, {
        delivery_results_subscriber_secret: { type: 'string', sensitive: true, default: 'letmein' },
      }),
    problems: [
      [
        connection,
        'auth_parameters.api_key.value is var.delivery_results_subscriber_secret, whose default stands ' +
          'in the configuration',
      ],
    ],
  },
  {
    rule: 'log-group-encryption',
    stack: pipes,
    breaks: (stack) =>
      stack
        .add('aws_cloudwatch_log_group.plain', { name: '/plain', retention_in_days: 365 })
        .add('aws_cloudwatch_log_group.own', {
          name: '/own',
          retention_in_days: 365,
          kms_key_id: 'arn:aws:kms:…',
        }),
    problems: [['aws_cloudwatch_log_group.plain', 'it has no kms_key_id, in production']],
  },
  {
    rule: 'log-group-retention',
    stack: pipes,
    breaks: (stack) =>
      stack.set('aws_cloudwatch_log_group.delivery_results_pipe_log', { retention_in_days: 180 }),
    problems: [
      [
        'aws_cloudwatch_log_group.delivery_results_pipe_log',
        'retention_in_days is 180, in production at least 365',
      ],
    ],
  },
  {
    rule: 'log-group-retention',
    stack: websocket,
    breaks: (stack) => stack.set('aws_cloudwatch_log_group.reply_log', { retention_in_days: undefined }),
    problems: [
      ['aws_cloudwatch_log_group.reply_log', 'retention_in_days is not set: logs are kept for ever'],
    ],
  },
  {
    rule: 'tags',
    stack: websocket,
    breaks: (stack) =>
      Object.assign(stack.configuration, {
        provider: {
          aws: { region: 'ap-northeast-2', default_tags: { tags: { environment: 'dev', stack: 'another' } } },
        },
      }),
    problems: [['provider.aws', 'its default tag stack is another']],
  },
  {
    rule: 'tags',
    stack: websocket,
    breaks: (stack) => Object.assign(stack.configuration, { provider: undefined }),
    problems: [['provider.aws', 'it sets no default tags']],
  },
  {
    rule: 'configuration-written-out',
    stack: websocket,
    breaks: (stack) =>
      Object.assign(stack.set(reply, { for_each: ['a', 'b'] }).configuration, {
        module: { more: { source: './more' } },
      }),
    problems: [
      [reply, 'it has for_each: what that makes is not seen'],
      ['module.more', 'it is a module: what it makes is not seen'],
    ],
  },
  {
    rule: 'configuration-written-out',
    stack: websocket,
    breaks: (stack) => {
      const { aws } = stack.configuration.provider as { readonly aws: readonly object[] };
      Object.assign(stack.configuration, {
        provider: { aws: [...aws, { alias: 'other', region: 'eu-west-1' }] },
      });
    },
    problems: [['provider.aws', 'the stack has 2 aws providers']],
  },
  {
    rule: 'configuration-written-out',
    stack: callbacks,
    breaks: (stack) => stack.set('aws_api_gateway_rest_api.api', { body: '{"openapi":"3.0.1"}' }),
    problems: [['aws_api_gateway_rest_api.api', 'it has body: what that makes is not seen']],
  },
];
