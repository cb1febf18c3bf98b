import { callbacks, everyone, prodCallbacks, prodWebsocket, type RuleCase, websocket } from './rule-case';

const api = 'aws_api_gateway_rest_api.api';
const method = 'aws_api_gateway_method.api_delivery_results_route_method';
const integration = 'aws_api_gateway_integration.api_delivery_results_route_integration';
const stage = 'aws_api_gateway_stage.stage';
const settings = 'aws_api_gateway_method_settings.stage_settings';
const socketStage = 'aws_apigatewayv2_stage.stage';
const socketIntegration = 'aws_apigatewayv2_integration.api_default_route_integration';
const resources = '${aws_api_gateway_rest_api.api.id}';

const policy = (statement: object): string => JSON.stringify({ Version: '2012-10-17', Statement: statement });

export const apiCases: readonly RuleCase[] = [
  {
    rule: 'rest-api-allow-list',
    stack: callbacks,
    breaks: (stack) =>
      stack.statement('api_policy_document', 'ListedAddressesCallEveryCallback', { condition: undefined }),
    problems: [[api, 'statement ListedAddressesCallEveryCallback of its policy allows every caller']],
  },
  {
    rule: 'rest-api-allow-list',
    stack: callbacks,
    breaks: (stack) => stack.remove('aws_api_gateway_rest_api_policy.api_policy'),
    problems: [[api, 'it has no resource policy: every address may call it']],
  },
  {
    rule: 'rest-api-allow-list',
    stack: callbacks,
    breaks: (stack) =>
      stack.statement('api_policy_document', 'ListedAddressesCallEveryCallback', {
        condition: [{ test: 'IpAddress', variable: 'aws:SourceIp', values: ['0.0.0.0/1', '128.0.0.0/1'] }],
      }),
    problems: [[api, 'statement ListedAddressesCallEveryCallback of its policy allows every caller']],
  },
  {
    rule: 'rest-api-allow-list',
    stack: callbacks,
    breaks: (stack) =>
      stack.set(api, {
        policy: policy({
          Effect: 'Allow',
          NotPrincipal: { AWS: '111122223333' },
          Action: '*',
          Resource: '*',
        }),
      }),
    problems: [[api, 'statement 1 of its policy allows every caller']],
  },
  {
    rule: 'rest-api-deny-others',
    stack: callbacks,
    breaks: (stack) => stack.removeStatement('api_policy_document', 'NobodyElseCallsEveryCallback'),
    problems: [
      [
        api,
        'statement ListedAddressesCallEveryCallback of its policy allows addresses without a Deny for ' +
          'all others on ' +
          'arn:aws:execute-api:ap-northeast-2:111122223333:<id>/v1/*/*',
      ],
    ],
  },
  {
    rule: 'rest-api-deny-others',
    stack: callbacks,
    breaks: (stack) =>
      stack.statement('api_policy_document', 'NobodyElseCallsEveryCallback', {
        resources: [`arn:aws:execute-api:ap-northeast-2:111122223333:${resources}/v1/GET/*`],
      }),
    problems: [
      [
        api,
        'statement ListedAddressesCallEveryCallback of its policy allows addresses without a Deny for ' +
          'all others on ' +
          'arn:aws:execute-api:ap-northeast-2:111122223333:<id>/v1/*/*',
      ],
    ],
  },
  {
    rule: 'rest-api-replaced-without-gap',
    stack: callbacks,
    breaks: (stack) => stack.set(api, { lifecycle: undefined }),
    problems: [
      [api, 'its lifecycle has no create_before_destroy: it is destroyed first when it is replaced'],
    ],
  },
  {
    rule: 'rest-api-compression',
    stack: callbacks,
    breaks: (stack) => stack.set(integration, { type: 'HTTP_PROXY' }),
    problems: [[api, 'minimum_compression_size is -1: answers of its backends are not compressed']],
  },
  {
    rule: 'rest-api-usage-plan',
    stack: callbacks,
    breaks: (stack) => stack.set(method, { api_key_required: true }),
    problems: [[api, 'its methods ask for API keys, and no usage plan has a stage of it']],
  },
  {
    rule: 'rest-method-authorization',
    stack: callbacks,
    breaks: (stack) =>
      stack.add('aws_api_gateway_method.open', {
        http_method: 'POST',
        authorization: 'NONE',
        rest_api_id: resources,
        request_validator_id: '${aws_api_gateway_request_validator.api_validator.id}',
      }),
    problems: [['aws_api_gateway_method.open', 'authorization is NONE, and no API key is required']],
  },
  {
    rule: 'rest-method-validator',
    stack: callbacks,
    breaks: (stack) => stack.set(method, { request_validator_id: undefined }),
    problems: [[method, 'it has no request validator']],
  },
  {
    rule: 'rest-method-validator',
    stack: callbacks,
    breaks: (stack) =>
      stack.set('aws_api_gateway_request_validator.api_validator', { validate_request_body: false }),
    problems: [[method, 'its validator has validate_request_body false']],
  },
  {
    rule: 'rest-method-validator',
    stack: callbacks,
    breaks: (stack) => stack.set(method, { request_validator_id: 'a1b2c3' }),
    problems: [[method, 'its request validator is none of the stack']],
  },
  {
    rule: 'route-authorization',
    stack: prodWebsocket,
    breaks: (stack) => stack.set('aws_apigatewayv2_route.api_connect_route', { authorization_type: 'NONE' }),
    problems: [
      ['aws_apigatewayv2_route.api_connect_route', 'authorization_type is NONE: everyone gets through'],
    ],
  },
  {
    rule: 'route-authorization',
    stack: prodWebsocket,
    breaks: (stack) => stack.remove('aws_apigatewayv2_route.api_connect_route'),
    problems: [['aws_apigatewayv2_api.api', 'it has no route $connect: everyone may connect']],
  },
  {
    rule: 'route-authorization',
    stack: websocket,
    breaks: (stack) => stack.set('aws_apigatewayv2_api.api', { protocol_type: 'HTTP' }),
    problems: [
      ['aws_apigatewayv2_route.api_default_route', 'authorization_type is NONE: everyone gets through'],
    ],
  },
  {
    rule: 'template-encoding',
    stack: callbacks,
    breaks: (stack) =>
      stack.setIn(integration, 'request_templates', {
        'application/json': 'Action=SendMessage&MessageBody=$input.body',
      }),
    problems: [[integration, 'the template for application/json prints $input.body without $util.urlEncode']],
  },
  {
    rule: 'template-encoding',
    stack: websocket,
    breaks: (stack) =>
      stack.setIn(socketIntegration, 'request_templates', {
        $default: "Action=SendMessage#set($g = $input.path('$.g'))&MessageGroupId=#if($g)$g#else x#end",
      }),
    problems: [[socketIntegration, 'the template for $default prints $g without $util.urlEncode']],
  },
  {
    rule: 'template-encoding',
    stack: websocket,
    breaks: (stack) =>
      stack.setIn(socketIntegration, 'request_templates', {
        $default: 'Action=SendMessage#set($util = $input)&MessageBody=$util.urlEncode($input.body)',
      }),
    problems: [[socketIntegration, 'the template for $default prints $util without $util.urlEncode']],
  },
  {
    rule: 'template-encoding',
    stack: callbacks,
    breaks: (stack) => stack.set(integration, { passthrough_behavior: 'WHEN_NO_MATCH' }),
    problems: [
      [
        integration,
        'passthrough_behavior is WHEN_NO_MATCH: a body without a template goes to SQS as the caller wrote it',
      ],
    ],
  },
  {
    rule: 'deployment-replaced-without-gap',
    stack: callbacks,
    breaks: (stack) =>
      stack.setIn('aws_api_gateway_deployment.stage_deployment', 'lifecycle', {
        create_before_destroy: false,
      }),
    problems: [
      [
        'aws_api_gateway_deployment.stage_deployment',
        'its lifecycle has no create_before_destroy: it is destroyed first when it is replaced',
      ],
    ],
  },
  {
    rule: 'domain-tls',
    stack: callbacks,
    breaks: (stack) =>
      stack
        .add('aws_api_gateway_domain_name.old', {
          domain_name: 'callbacks.example.com',
          security_policy: 'TLS_1_0',
        })
        .add('aws_api_gateway_domain_name.new', {
          domain_name: 'new.example.com',
          security_policy: 'SecurityPolicy_TLS13_1_3_2025_09',
        })
        .add('aws_apigatewayv2_domain_name.unset', {
          domain_name: 'socket.example.com',
          domain_name_configuration: { endpoint_type: 'REGIONAL' },
        }),
    problems: [
      ['aws_api_gateway_domain_name.old', 'its security policy is TLS_1_0'],
      ['aws_apigatewayv2_domain_name.unset', 'its security policy is not set'],
    ],
  },
  {
    rule: 'stage-access-log',
    stack: callbacks,
    breaks: (stack) => stack.set(stage, { access_log_settings: undefined }),
    problems: [[stage, 'it has no access log']],
  },
  {
    rule: 'stage-access-log',
    stack: websocket,
    breaks: (stack) =>
      stack.setIn(socketStage, 'access_log_settings', { format: '$context.requestId $context.status' }),
    problems: [[socketStage, 'its access log is not in JSON: "$context.requestId $context.status"']],
  },
  {
    rule: 'stage-logging',
    stack: callbacks,
    breaks: (stack) => stack.setIn(settings, 'settings', { logging_level: 'OFF' }),
    problems: [[stage, 'the logging level is OFF']],
  },
  {
    rule: 'stage-logging',
    stack: websocket,
    breaks: (stack) =>
      stack.set(socketStage, {
        route_settings: [
          {
            route_key: '$default',
            detailed_metrics_enabled: true,
            throttling_rate_limit: 1,
            throttling_burst_limit: 1,
          },
        ],
      }),
    problems: [[socketStage, 'the logging level is not set for $default']],
  },
  {
    rule: 'stage-metrics',
    stack: callbacks,
    breaks: (stack) => stack.setIn(settings, 'settings', { metrics_enabled: false }),
    problems: [[stage, 'metrics_enabled is not true']],
  },
  {
    rule: 'stage-metrics',
    stack: websocket,
    breaks: (stack) =>
      stack.setIn(socketStage, 'default_route_settings', { detailed_metrics_enabled: undefined }),
    problems: [[socketStage, 'detailed_metrics_enabled is not true']],
  },
  {
    rule: 'stage-no-data-trace',
    stack: callbacks,
    breaks: (stack) =>
      stack.add('aws_api_gateway_method_settings.one', {
        rest_api_id: resources,
        stage_name: 'v1',
        method_path: 'bizppurio~1delivery-results/POST',
        settings: { data_trace_enabled: 'true' },
      }),
    problems: [[stage, 'the data trace is on: bodies are logged for bizppurio~1delivery-results/POST']],
  },
  {
    rule: 'stage-throttling',
    stack: callbacks,
    breaks: (stack) => stack.setIn(settings, 'settings', { throttling_rate_limit: -1 }),
    problems: [[stage, 'throttling_rate_limit is -1']],
  },
  {
    rule: 'stage-throttling',
    stack: callbacks,
    breaks: (stack) => stack.set(settings, { method_path: 'bizppurio~1delivery-results/POST' }),
    problems: [[stage, 'it sets no throttling']],
  },
  {
    rule: 'rest-stage-tracing',
    stack: callbacks,
    breaks: (stack) => stack.set(stage, { xray_tracing_enabled: false }),
    problems: [[stage, 'X-Ray tracing is off']],
  },
  {
    rule: 'rest-stage-web-acl',
    stack: callbacks,
    breaks: (stack) =>
      stack
        .add('aws_api_gateway_stage.second', { rest_api_id: resources, stage_name: 'v2' })
        .add('aws_api_gateway_stage.guarded', { rest_api_id: resources, stage_name: 'v3' })
        .add('aws_wafv2_web_acl_association.guard', { resource_arn: '${aws_api_gateway_stage.guarded.arn}' }),
    problems: [['aws_api_gateway_stage.second', 'no web ACL is associated with it']],
  },
  {
    rule: 'rest-stage-client-certificate',
    stack: callbacks,
    breaks: (stack) => stack.set(integration, { type: 'HTTP' }),
    problems: [[stage, 'it has 1 HTTP backends and no client certificate']],
  },
  {
    rule: 'rest-stage-cache',
    stack: callbacks,
    breaks: (stack) =>
      stack.add('aws_api_gateway_method.read', { http_method: 'GET', rest_api_id: resources }),
    problems: [[stage, 'it has GET methods and no cache']],
  },
  {
    rule: 'rest-stage-cache',
    stack: callbacks,
    breaks: (stack) => stack.setIn(settings, 'settings', { caching_enabled: true }),
    problems: [[stage, 'what is cached of */* is not encrypted']],
  },
  {
    rule: 'rest-api-allow-list',
    stack: prodCallbacks,
    breaks: (stack) =>
      stack.statement('api_policy_document', 'ListedAddressesCallInboundSms', {
        principals: everyone,
        condition: [],
      }),
    problems: [[api, 'statement ListedAddressesCallInboundSms of its policy allows every caller']],
  },
];
