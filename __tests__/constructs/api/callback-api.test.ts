import { expect, test } from 'vitest';
import { resource, statements, synthesized } from '../../support/synthesized';
import { exampleReceiver } from './example-receiver';

test('the API is regional, and a new one is made before an old one goes', () => {
  const { stack } = exampleReceiver();

  expect(synthesized(stack).resource.aws_api_gateway_rest_api).toEqual({
    api: {
      name: 'dev-receiver',
      description: 'Receives orders',
      endpoint_configuration: { types: ['REGIONAL'] },
      disable_execute_api_endpoint: false,
      lifecycle: { create_before_destroy: true },
    },
  });
});

test('its execute-api address can be taken out of service', () => {
  const { stack } = exampleReceiver({ api: { disableExecuteApiEndpoint: true } });

  expect(synthesized(stack).resource.aws_api_gateway_rest_api).toEqual({
    api: {
      name: 'dev-receiver',
      description: 'Receives orders',
      endpoint_configuration: { types: ['REGIONAL'] },
      disable_execute_api_endpoint: true,
      lifecycle: { create_before_destroy: true },
    },
  });
});

test('its one validator checks bodies and parameters', () => {
  const { stack } = exampleReceiver({ callbacks: [{ name: 'orders' }, { name: 'refunds' }] });

  expect(synthesized(stack).resource.aws_api_gateway_request_validator).toEqual({
    api_validator: {
      rest_api_id: '${aws_api_gateway_rest_api.api.id}',
      name: 'body-and-parameters',
      validate_request_body: true,
      validate_request_parameters: true,
    },
  });
});

const arn = (methodAndPath: string) =>
  `arn:aws:execute-api:ap-northeast-2:111122223333:\${aws_api_gateway_rest_api.api.id}/v1/${methodAndPath}`;

/** The pair of statements that opens `resource` to `values` and closes it to everyone else. */
const pair = (whom: string, resource: string, values: readonly string[]) => [
  {
    sid: `ListedAddressesCall${whom}`,
    effect: 'Allow',
    principals: [{ type: '*', identifiers: ['*'] }],
    actions: ['execute-api:Invoke'],
    resources: [resource],
    condition: [{ test: 'IpAddress', variable: 'aws:SourceIp', values }],
  },
  {
    sid: `NobodyElseCalls${whom}`,
    effect: 'Deny',
    principals: [{ type: '*', identifiers: ['*'] }],
    actions: ['execute-api:Invoke'],
    resources: [resource],
    condition: [{ test: 'NotIpAddress', variable: 'aws:SourceIp', values }],
  },
];

test('its resource policy opens it to listed addresses and to nobody else', () => {
  const { stack } = exampleReceiver();

  const configuration = synthesized(stack);

  expect(configuration.resource.aws_api_gateway_rest_api_policy).toEqual({
    api_policy: {
      rest_api_id: '${aws_api_gateway_rest_api.api.id}',
      policy: '${data.aws_iam_policy_document.api_policy_document.json}',
    },
  });
  expect(statements(configuration, 'api_policy_document')).toEqual(
    pair('EveryCallback', arn('*/*'), ['203.0.113.0/24']),
  );
});

test('with a list a callback, its resource policy names the POST of each path', () => {
  const { stack } = exampleReceiver({
    callbacks: [{ name: 'orders' }, { name: 'inbound-sms', path: '/sms', allowList: ['2001:db8::/32'] }],
  });

  expect(statements(synthesized(stack), 'api_policy_document')).toEqual([
    ...pair('Orders', arn('POST/carrier/orders'), ['203.0.113.0/24']),
    ...pair('InboundSms', arn('POST/sms'), ['2001:db8::/32']),
  ]);
});

test('its resource policy is for the stage that serves it', () => {
  const { stack } = exampleReceiver({ api: { stageName: 'callbacks' } });

  expect(statements(synthesized(stack), 'api_policy_document')).toEqual(
    pair(
      'EveryCallback',
      'arn:aws:execute-api:ap-northeast-2:111122223333:${aws_api_gateway_rest_api.api.id}/callbacks/*/*',
      ['203.0.113.0/24'],
    ),
  );
});

test('callbacks whose paths begin alike share the resource of that beginning', () => {
  const { stack } = exampleReceiver({ callbacks: [{ name: 'orders' }, { name: 'refunds' }] });

  const { resource } = synthesized(stack);

  expect(Object.keys(resource.aws_api_gateway_resource ?? {})).toEqual([
    'api_paths_carrier',
    'api_paths_carrier__orders',
    'api_paths_carrier__refunds',
  ]);
  expect(resource.aws_api_gateway_method).toMatchObject({
    api_orders_route_method: { resource_id: '${aws_api_gateway_resource.api_paths_carrier__orders.id}' },
    api_refunds_route_method: { resource_id: '${aws_api_gateway_resource.api_paths_carrier__refunds.id}' },
  });
});

test.each([
  [['203.0.113.0/24'], { types: ['REGIONAL'] }],
  [['203.0.113.0/24', '2001:db8::/32'], { types: ['REGIONAL'], ip_address_type: 'dualstack' }],
])('callers listed as %j reach it at an address of their kind', (allowList, endpoint) => {
  const { stack } = exampleReceiver({ callbacks: [{ allowList }] });

  expect(resource(synthesized(stack), 'aws_api_gateway_rest_api', 'api').endpoint_configuration).toEqual(
    endpoint,
  );
});
