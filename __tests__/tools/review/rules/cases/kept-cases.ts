import type { BrokenStack } from '../broken-stacks';
import { callbacks, pipes, prodCallbacks, websocket } from './rule-case';

/** A stack that keeps a rule in another way than ours do. */
interface KeptCase {
  readonly rule: string;
  readonly because: string;
  readonly stack: string;
  readonly keeps: (stack: BrokenStack) => unknown;
}

const api = 'aws_api_gateway_rest_api.api';
const method = 'aws_api_gateway_method.api_delivery_results_route_method';
const stage = 'aws_api_gateway_stage.stage';
const queue = 'aws_sqs_queue.delivery_results_queue';
const deadLetters = 'aws_sqs_queue.delivery_results_queue_dead_letter';
const reply = 'aws_lambda_function.reply';
const pipe = 'aws_pipes_pipe.delivery_results_pipe';
const restApiId = '${aws_api_gateway_rest_api.api.id}';
const arn = 'arn:aws:sqs:ap-northeast-2:111122223333:dev-delivery-results';

const policyOf = (...statements: readonly object[]) => JSON.stringify({ Statement: statements });
const plainHttp = { Bool: { 'aws:SecureTransport': 'false' } };

export const keptCases: readonly KeptCase[] = [
  {
    rule: 'rest-api-allow-list',
    because: 'a private API needs no policy',
    stack: callbacks,
    keeps: (stack) =>
      stack
        .remove('aws_api_gateway_rest_api_policy.api_policy')
        .set(api, { endpoint_configuration: [{ types: ['PRIVATE'] }] }),
  },
  {
    rule: 'rest-api-allow-list',
    because: 'every method is authorized',
    stack: callbacks,
    keeps: (stack) =>
      stack.remove('aws_api_gateway_rest_api_policy.api_policy').set(method, { authorization: 'AWS_IAM' }),
  },
  {
    rule: 'rest-api-usage-plan',
    because: 'a plan has a stage of the API',
    stack: callbacks,
    keeps: (stack) =>
      stack.set(method, { api_key_required: true }).add('aws_api_gateway_usage_plan.plan', {
        name: 'plan',
        api_stages: { api_id: restApiId, stage: 'v1' },
      }),
  },
  {
    rule: 'rest-api-compression',
    because: 'answers of backends are compressed',
    stack: callbacks,
    keeps: (stack) =>
      stack
        .set(api, { minimum_compression_size: '0' })
        .set('aws_api_gateway_integration.api_delivery_results_route_integration', { type: 'AWS_PROXY' }),
  },
  {
    rule: 'rest-method-authorization',
    because: 'an API key, or OPTIONS',
    stack: callbacks,
    keeps: (stack) =>
      stack
        .add('aws_api_gateway_method.key', {
          http_method: 'POST',
          authorization: 'NONE',
          api_key_required: true,
        })
        .add('aws_api_gateway_method.cors', { http_method: 'OPTIONS', authorization: 'NONE' }),
  },
  {
    rule: 'rest-method-validator',
    because: 'OPTIONS has no body',
    stack: callbacks,
    keeps: (stack) =>
      stack.add('aws_api_gateway_method.cors', { http_method: 'OPTIONS', authorization: 'NONE' }),
  },
  {
    rule: 'stage-logging',
    because: 'HTTP APIs have no execution log',
    stack: websocket,
    keeps: (stack) =>
      stack
        .set('aws_apigatewayv2_api.api', { protocol_type: 'HTTP' })
        .setIn('aws_apigatewayv2_stage.stage', 'default_route_settings', { logging_level: undefined }),
  },
  {
    rule: 'stage-access-log',
    because: 'numbers of the context stand without quotes',
    stack: callbacks,
    keeps: (stack) =>
      stack.setIn(stage, 'access_log_settings', {
        format: '{"status": $context.status,"id":"$context.requestId"}',
      }),
  },
  {
    rule: 'rest-stage-web-acl',
    because: 'an association names the stage by its ARN',
    stack: callbacks,
    keeps: (stack) =>
      stack
        .add('aws_api_gateway_stage.second', { rest_api_id: restApiId, stage_name: 'v2' })
        .add('aws_wafv2_web_acl_association.second', {
          resource_arn: `arn:aws:apigateway:ap-northeast-2::/restapis/${restApiId}/stages/v2`,
        }),
  },
  {
    rule: 'rest-stage-client-certificate',
    because: 'a certificate is set',
    stack: callbacks,
    keeps: (stack) =>
      stack
        .set('aws_api_gateway_integration.api_delivery_results_route_integration', { type: 'HTTP' })
        .set(stage, { client_certificate_id: 'abc123' }),
  },
  {
    rule: 'rest-stage-cache',
    because: 'the cache is on and encrypted',
    stack: callbacks,
    keeps: (stack) =>
      stack
        .set(method, { http_method: 'GET' })
        .set(stage, { cache_cluster_enabled: true })
        .setIn('aws_api_gateway_method_settings.stage_settings', 'settings', {
          caching_enabled: true,
          cache_data_encrypted: true,
        }),
  },
  {
    rule: 'template-encoding',
    because: 'the integration is not of SQS',
    stack: callbacks,
    keeps: (stack) =>
      stack.add('aws_api_gateway_integration.other', {
        type: 'HTTP',
        uri: 'https://backend.example.com/',
        request_templates: { 'application/json': '{"body":$input.body}' },
      }),
  },
  {
    rule: 'template-encoding',
    because: 'a variable that counts can be nothing but a number',
    stack: callbacks,
    keeps: (stack) =>
      stack.setIn('aws_api_gateway_integration.api_delivery_results_route_integration', 'request_templates', {
        'application/json':
          'Action=SendMessage#set($i = 1)#set($h = $input.body)#if($h)#set($i = $i + 1)#end&MessageAttribute.${i}.Name=x',
      }),
  },
  {
    rule: 'queue-tls-only',
    because: 'the policy is an attribute of the queue, and the Deny of every action',
    stack: callbacks,
    keeps: (stack) =>
      stack.remove('aws_sqs_queue_policy.delivery_results_queue_policy').set(queue, {
        policy: policyOf({
          Effect: 'Deny',
          Principal: { AWS: '*' },
          Action: '*',
          Resource: '${aws_sqs_queue.delivery_results_queue.arn}',
          Condition: plainHttp,
        }),
      }),
  },
  {
    rule: 'queue-dead-letter',
    because: 'the redrive policy is an attribute of the queue',
    stack: callbacks,
    keeps: (stack) =>
      stack.remove('aws_sqs_queue_redrive_policy.delivery_results_queue_redrive').set(queue, {
        redrive_policy: JSON.stringify({ deadLetterTargetArn: `${arn}-dead-letter`, maxReceiveCount: 5 }),
      }),
  },
  {
    rule: 'dead-letter-sources',
    because: 'the redrive allow policy is an attribute of the queue',
    stack: callbacks,
    keeps: (stack) =>
      stack
        .remove('aws_sqs_queue_redrive_allow_policy.delivery_results_queue_dead_letter_redrive_allow')
        .set(deadLetters, {
          redrive_allow_policy: JSON.stringify({ redrivePermission: 'byQueue', sourceQueueArns: [arn] }),
        }),
  },
  {
    rule: 'queue-redrive',
    because: 'a queue that nobody of these stacks consumes may give up sooner',
    stack: prodCallbacks,
    keeps: (stack) =>
      stack.set('aws_sqs_queue_redrive_policy.inbound_sms_queue_redrive', {
        redrive_policy: JSON.stringify({
          deadLetterTargetArn: 'arn:aws:sqs:ap-northeast-2:444455556666:prod-inbound-sms-dead-letter',
          maxReceiveCount: 1,
        }),
      }),
  },
  {
    rule: 'queue-redrive',
    because: 'dead letters of a FIFO queue begin anew',
    stack: websocket,
    keeps: (stack) => stack.set('aws_sqs_queue.messages_dead_letter', { message_retention_seconds: 604_800 }),
  },
  {
    rule: 'key-policy',
    because: 'the policy is a resource of its own',
    stack: prodCallbacks,
    keeps: (stack) =>
      stack.set('aws_kms_key.key', { policy: undefined }).add('aws_kms_key_policy.policy', {
        key_id: '${aws_kms_key.key.key_id}',
        policy: '${data.aws_iam_policy_document.key_policy.json}',
      }),
  },
  {
    rule: 'key-rotation',
    because: 'AWS rotates symmetric keys only',
    stack: prodCallbacks,
    keeps: (stack) =>
      stack.set('aws_kms_key.key', { enable_key_rotation: undefined, customer_master_key_spec: 'RSA_4096' }),
  },
  {
    rule: 'function-dead-letters',
    because: 'the function has a dead-letter queue of its own',
    stack: websocket,
    keeps: (stack) =>
      stack
        .remove('aws_lambda_event_source_mapping.reply_source')
        .set(reply, { dead_letter_config: { target_arn: arn } }),
  },
  {
    rule: 'function-dead-letters',
    because: 'an API waits for its authorizer',
    stack: websocket,
    keeps: (stack) =>
      stack.remove('aws_lambda_event_source_mapping.reply_source').add('aws_apigatewayv2_authorizer.reply', {
        authorizer_uri:
          'arn:aws:apigateway:ap-northeast-2:lambda:path/2015-03-31/functions/arn:aws:lambda:ap-northeast-2:111122223333:function:dev-websocket-reply/invocations',
      }),
  },
  {
    rule: 'function-dead-letters',
    because: 'failures have a destination',
    stack: websocket,
    keeps: (stack) =>
      stack
        .remove('aws_lambda_event_source_mapping.reply_source')
        .add('aws_lambda_function_event_invoke_config.reply', {
          function_name: '${aws_lambda_function.reply.function_name}',
          destination_config: { on_failure: { destination: arn } },
        }),
  },
  {
    rule: 'function-runtime',
    because: 'a container image has none',
    stack: websocket,
    keeps: (stack) => stack.set(reply, { runtime: undefined, package_type: 'Image' }),
  },
  {
    rule: 'function-variables-key',
    because: 'there are no variables, or a key',
    stack: pipes,
    keeps: (stack) =>
      stack
        .add('aws_lambda_function.none', { function_name: 'none', environment: {} })
        .add('aws_lambda_function.key', {
          function_name: 'key',
          kms_key_arn: 'arn:aws:kms:ap-northeast-2:444455556666:key/1',
          environment: { variables: { A: 'b' } },
        }),
  },
  {
    rule: 'mapping-partial-batch',
    because: 'the source is a stream',
    stack: websocket,
    keeps: (stack) =>
      stack.add('aws_lambda_event_source_mapping.stream', {
        event_source_arn: 'arn:aws:kinesis:ap-northeast-2:111122223333:stream/s',
        function_name: 'other',
      }),
  },
  {
    rule: 'mapping-concurrency',
    because: 'the source is a stream',
    stack: websocket,
    keeps: (stack) =>
      stack.add('aws_lambda_event_source_mapping.stream', {
        event_source_arn: 'arn:aws:kinesis:ap-northeast-2:111122223333:stream/s',
        function_name: 'other',
      }),
  },
  {
    rule: 'pipe-log',
    because: 'an empty list of execution data is none',
    stack: pipes,
    keeps: (stack) => stack.setIn(pipe, 'log_configuration', { include_execution_data: [] }),
  },
  {
    rule: 'connection-secret',
    because: 'a header that is no secret may be written, and a password is a variable',
    stack: pipes,
    keeps: (stack) =>
      stack.set('aws_cloudwatch_event_connection.delivery_results_subscriber_connection', {
        auth_parameters: {
          basic: { username: 'u', password: '${var.delivery_results_subscriber_secret}' },
          invocation_http_parameters: { header: [{ key: 'X-Kind', value: 'plain', is_value_secret: false }] },
        },
      }),
  },
  {
    rule: 'role-no-managed-policies',
    because: 'the policy is the account’s own',
    stack: websocket,
    keeps: (stack) =>
      stack.add('aws_iam_role_policy_attachment.own', {
        role: '${aws_iam_role.reply_role.name}',
        policy_arn: 'arn:aws:iam::111122223333:policy/own',
      }),
  },
];
