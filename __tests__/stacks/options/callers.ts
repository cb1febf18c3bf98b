import {
  all,
  attribute,
  callback,
  http,
  httpCallback,
  namesOf,
  type Options,
  receiver,
  reply,
} from './option';

const webAclArn =
  'arn:aws:wafv2:ap-northeast-2:111122223333:regional/webacl/edge/1234abcd-12ab-34cd-56ef-1234567890ab';
const secretArn = 'arn:aws:secretsmanager:ap-northeast-2:111122223333:secret:orders-AbCdEf';
const jwt = { issuer: 'https://login.example.com', audience: ['gateway'] };
const throttling = { rateLimit: 5, burstLimit: 10 };
const restLimits = attribute(
  'aws_api_gateway_method_settings',
  'stage_settings',
  'settings.throttling_rate_limit',
);
const stageLimits = attribute(
  'aws_apigatewayv2_stage',
  'stage',
  'default_route_settings.throttling_rate_limit',
);
const authorizationOfPost = attribute('aws_api_gateway_method', 'api_orders_route_method', 'authorization');

export const callers: Options = {
  'callbackReceiver.callbacks[].authorization: aws-iam': {
    ...callback({
      authorization: { kind: 'aws-iam', callerRoleArns: ['arn:aws:iam::444455556666:role/sender'] },
    }),
    seen: authorizationOfPost,
    without: 'NONE',
    with: 'AWS_IAM',
  },
  'callbackReceiver.callbacks[].authorization: hmac': {
    ...callback({ authorization: { kind: 'hmac', secretArn } }),
    seen: namesOf('aws_lambda_function'),
    without: [],
    with: ['orders_authorizer_function'],
  },
  'callbackReceiver.callbacks[].apiKey': {
    ...callback({ apiKey: {} }),
    seen: attribute('aws_api_gateway_method', 'api_orders_route_method', 'api_key_required'),
    without: undefined,
    with: true,
  },
  'callbackReceiver.callbacks[].apiKey.throttling': {
    ...callback({ apiKey: { throttling } }, { apiKey: {} }),
    seen: attribute('aws_api_gateway_usage_plan', 'orders_key_plan', 'throttle_settings'),
    without: undefined,
    with: { burst_limit: 10, rate_limit: 5 },
  },
  'callbackReceiver.callbacks[].apiKey.quota': {
    ...callback({ apiKey: { quota: { requests: 1_000, period: 'DAY' } } }, { apiKey: {} }),
    seen: attribute('aws_api_gateway_usage_plan', 'orders_key_plan', 'quota_settings'),
    without: undefined,
    with: { limit: 1_000, period: 'DAY' },
  },
  'callbackReceiver.webAclArn': {
    ...receiver({ webAclArn }),
    seen: all('aws_wafv2_web_acl_association'),
    without: undefined,
    with: { stage_web_acl: { resource_arn: '${aws_api_gateway_stage.stage.arn}', web_acl_arn: webAclArn } },
  },
  'callbackReceiver.privateEndpoint': {
    ...receiver({ privateEndpoint: { vpcEndpointIds: ['vpce-0123456789abcdef0'] } }),
    seen: attribute('aws_api_gateway_rest_api', 'api', 'endpoint_configuration'),
    without: { types: ['REGIONAL'] },
    with: { ip_address_type: 'dualstack', types: ['PRIVATE'], vpc_endpoint_ids: ['vpce-0123456789abcdef0'] },
  },
  'httpCallbackReceiver.callbacks[].jwt': {
    ...httpCallback({ jwt }),
    seen: attribute('aws_apigatewayv2_route', 'api_orders_route', 'authorization_type'),
    without: 'NONE',
    with: 'JWT',
  },
  'httpCallbackReceiver.callbacks[].jwt.scopes': {
    ...httpCallback({ jwt: { ...jwt, scopes: ['orders:write'] } }, { jwt }),
    seen: attribute('aws_apigatewayv2_route', 'api_orders_route', 'authorization_scopes'),
    without: undefined,
    with: ['orders:write'],
  },
  'httpCallbackReceiver.cors': {
    ...http({ cors: { allowOrigins: ['https://shop.example.com'] } }),
    seen: attribute('aws_apigatewayv2_api', 'api', 'cors_configuration'),
    without: undefined,
    with: {
      allow_origins: ['https://shop.example.com'],
      allow_methods: ['POST'],
      allow_headers: ['content-type'],
      max_age: 300,
    },
  },
  'websocketReply.connectAuthorization': {
    ...reply({ connectAuthorization: 'AWS_IAM' }),
    seen: attribute('aws_apigatewayv2_route', 'api_connect_route', 'authorization_type'),
    without: undefined,
    with: 'AWS_IAM',
  },
  'callbackReceiver.throttling': {
    ...receiver({ throttling }),
    seen: restLimits,
    without: 100,
    with: 5,
  },
  'httpCallbackReceiver.throttling': {
    ...http({ throttling }),
    seen: stageLimits,
    without: 100,
    with: 5,
  },
  'websocketReply.throttling': {
    ...reply({ throttling }),
    seen: stageLimits,
    without: 100,
    with: 5,
  },
};
