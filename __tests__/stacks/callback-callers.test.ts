import { describe, expect, test } from 'vitest';
import { type Configuration, resource, statements } from '../support/synthesized';
import { exampleCallback, receiver } from './example-environment';

const plain = receiver();
const method = (configuration: Configuration, name = 'orders') =>
  resource(configuration, 'aws_api_gateway_method', `api_${name}_route_method`);
const answer = (configuration: Configuration, type: string) =>
  configuration.resource.aws_api_gateway_gateway_response?.[`api_gateway_responses_${type}`];
const said = (type: string, status: string, message: string) => ({
  rest_api_id: '${aws_api_gateway_rest_api.api.id}',
  response_type: type,
  status_code: status,
  response_templates: {
    'application/json': `{"message":"${message}","requestId":"$context.requestId"}`,
  },
});
const everyMethod =
  'arn:aws:execute-api:ap-northeast-2:111122223333:${aws_api_gateway_rest_api.api.id}/v1/*/*';

test('by default callers need an address alone', () => {
  expect(method(plain)).toMatchObject({ authorization: 'NONE' });
  expect(method(plain)).not.toHaveProperty('api_key_required');
  expect(Object.keys(plain.resource)).not.toContain('aws_api_gateway_api_key');
  expect(Object.keys(plain.resource)).not.toContain('aws_wafv2_web_acl_association');
  expect(Object.keys(plain.output)).toEqual(['callback_urls', 'queue_arns', 'queue_urls']);
  expect(Object.keys(plain.resource.aws_api_gateway_gateway_response ?? {})).toHaveLength(9);
});

describe('a callback with an API key', () => {
  const configuration = receiver(
    {
      apiKey: {
        throttling: { rateLimit: 5, burstLimit: 10 },
        quota: { requests: 1000, period: 'DAY' },
      },
    },
    {},
    {},
  );

  test('asks for it', () => {
    expect(method(configuration)).toMatchObject({ authorization: 'NONE', api_key_required: true });
  });

  test('has a key and a plan of its own, and AWS makes up the value', () => {
    expect(configuration.resource.aws_api_gateway_api_key).toEqual({
      orders_key: { name: 'test-orders', description: 'Senders of orders' },
    });
    expect(configuration.resource.aws_api_gateway_usage_plan).toEqual({
      orders_key_plan: {
        name: 'test-orders',
        description: 'Senders of orders',
        api_stages: [
          {
            api_id: '${aws_api_gateway_rest_api.api.id}',
            stage: '${aws_api_gateway_stage.stage.stage_name}',
          },
        ],
        throttle_settings: { rate_limit: 5, burst_limit: 10 },
        quota_settings: { limit: 1000, period: 'DAY' },
      },
    });
    expect(configuration.resource.aws_api_gateway_usage_plan_key).toEqual({
      orders_key_plan_key: {
        key_id: '${aws_api_gateway_api_key.orders_key.id}',
        key_type: 'API_KEY',
        usage_plan_id: '${aws_api_gateway_usage_plan.orders_key_plan.id}',
      },
    });
  });

  test('outputs the id of the key, and no value', () => {
    expect(configuration.output.api_key_ids?.value).toEqual({
      orders: '${aws_api_gateway_api_key.orders_key.id}',
    });
    expect(JSON.stringify(configuration)).not.toContain('.value}');
  });

  test('says so to callers without one', () => {
    expect(answer(configuration, 'invalid_api_key')).toEqual(
      said('INVALID_API_KEY', '403', 'X-Api-Key is missing, or is no key of this API'),
    );
    expect(answer(configuration, 'quota_exceeded')).toEqual(
      said('QUOTA_EXCEEDED', '429', 'The quota of this key is used up, try again in its next period'),
    );
    expect(answer(configuration, 'missing_authentication_token')).toEqual(
      answer(plain, 'missing_authentication_token'),
    );
  });
});

test('a key without throttling and quota has the stage’s', () => {
  const { resource: resources } = receiver({ apiKey: {} });

  expect(Object.keys(resources.aws_api_gateway_usage_plan?.orders_key_plan ?? {})).toEqual([
    'api_stages',
    'description',
    'name',
  ]);
});

describe('a callback of signed requests', () => {
  const roles = ['arn:aws:iam::111122223333:role/sender', 'arn:aws:iam::444455556666:role/partner/sender'];
  const configuration = receiver(
    {},
    {},
    {
      callbacks: [
        { ...exampleCallback, authorization: { kind: 'aws-iam', callerRoleArns: roles } },
        { ...exampleCallback, name: 'open', path: '/open' },
      ],
    },
  );

  test('asks for a signature, and its neighbour does not', () => {
    expect(method(configuration)).toMatchObject({ authorization: 'AWS_IAM' });
    expect(method(configuration, 'open')).toMatchObject({ authorization: 'NONE' });
  });

  test('lets the listed roles in, from the listed addresses, and denies every other', () => {
    const resources = [everyMethod.replace('*/*', 'POST/orders')];
    const everyone = [{ type: '*', identifiers: ['*'] }];
    const actions = ['execute-api:Invoke'];
    expect((statements(configuration, 'api_policy_document') as readonly unknown[]).slice(0, 3)).toEqual([
      {
        sid: 'ListedRolesCallOrders',
        effect: 'Allow',
        principals: [{ type: 'AWS', identifiers: roles }],
        actions,
        resources,
        condition: [{ test: 'IpAddress', variable: 'aws:SourceIp', values: ['203.0.113.0/24'] }],
      },
      {
        sid: 'NobodyElseCallsOrders',
        effect: 'Deny',
        principals: everyone,
        actions,
        resources,
        condition: [{ test: 'NotIpAddress', variable: 'aws:SourceIp', values: ['203.0.113.0/24'] }],
      },
      {
        sid: 'NoOtherRoleCallsOrders',
        effect: 'Deny',
        principals: everyone,
        actions,
        resources,
        condition: [{ test: 'ArnNotEquals', variable: 'aws:PrincipalArn', values: roles }],
      },
    ]);
    expect((statements(configuration, 'api_policy_document') as readonly unknown[])[3]).toMatchObject({
      sid: 'ListedAddressesCallOpen',
      principals: everyone,
    });
  });

  test('says what is right for a path that does not exist too', () => {
    expect(answer(configuration, 'missing_authentication_token')).toEqual(
      said('MISSING_AUTHENTICATION_TOKEN', '403', 'No such route, or the request is not signed'),
    );
    expect(answer(configuration, 'access_denied')).toEqual(
      said('ACCESS_DENIED', '403', 'This role or address may not call this API'),
    );
    expect(answer(configuration, 'invalid_signature')).toEqual(
      said('INVALID_SIGNATURE', '403', 'The signature does not fit the request'),
    );
    expect(answer(configuration, 'expired_token')).toEqual(
      said('EXPIRED_TOKEN', '403', 'The credentials of the signature have expired'),
    );
  });
});

describe('a private API', () => {
  const endpoints = ['vpce-0123456789abcdef0', 'vpce-0fedcba9876543210'];
  const configuration = receiver(
    { allowList: ['10.0.0.0/8'] },
    {},
    { privateEndpoint: { vpcEndpointIds: endpoints } },
  );

  test('is reached through its endpoints alone, over both kinds of addresses', () => {
    expect(resource(configuration, 'aws_api_gateway_rest_api', 'api').endpoint_configuration).toEqual({
      types: ['PRIVATE'],
      ip_address_type: 'dualstack',
      vpc_endpoint_ids: endpoints,
    });
    const common = {
      principals: [{ type: '*', identifiers: ['*'] }],
      actions: ['execute-api:Invoke'],
      resources: [everyMethod],
    };
    expect(statements(configuration, 'api_policy_document')).toEqual([
      {
        ...common,
        sid: 'ListedAddressesCallEveryCallback',
        effect: 'Allow',
        condition: [
          { test: 'IpAddress', variable: 'aws:VpcSourceIp', values: ['10.0.0.0/8'] },
          { test: 'StringEquals', variable: 'aws:SourceVpce', values: endpoints },
        ],
      },
      {
        ...common,
        sid: 'NobodyElseCallsEveryCallback',
        effect: 'Deny',
        condition: [{ test: 'NotIpAddress', variable: 'aws:VpcSourceIp', values: ['10.0.0.0/8'] }],
      },
      {
        ...common,
        sid: 'NobodyCallsThroughOtherEndpoints',
        effect: 'Deny',
        condition: [{ test: 'StringNotEquals', variable: 'aws:SourceVpce', values: endpoints }],
      },
    ]);
    expect(answer(configuration, 'access_denied')).toEqual(
      said('ACCESS_DENIED', '403', 'This address or endpoint may not call this API'),
    );
  });

  test('outputs its addresses with private DNS names and without', () => {
    expect(configuration.output.callback_urls).toEqual({
      description: 'Where the senders post to, in networks where the VPC endpoint has private DNS names',
      value: { orders: '${aws_api_gateway_stage.stage.invoke_url}/orders' },
    });
    expect(configuration.output.vpc_endpoint_urls?.value).toEqual({
      orders: endpoints.map(
        (id) =>
          `https://\${aws_api_gateway_rest_api.api.id}-${id}.execute-api.ap-northeast-2.amazonaws.com/v1/orders`,
      ),
    });
  });
});

test('a web ACL looks at each request of the stage first', () => {
  const webAclArn =
    'arn:aws:wafv2:ap-northeast-2:111122223333:regional/webacl/edge/1234abcd-12ab-34cd-56ef-1234567890ab';
  const configuration = receiver({}, {}, { webAclArn });

  expect(configuration.resource.aws_wafv2_web_acl_association).toEqual({
    stage_web_acl: { resource_arn: '${aws_api_gateway_stage.stage.arn}', web_acl_arn: webAclArn },
  });
  expect(answer(configuration, 'waf_filtered')).toEqual(
    said('WAF_FILTERED', '403', 'A rule of the web ACL refuses this request'),
  );
});
