import { describe, expect, test } from 'vitest';
import type { DomainSettings } from '../../environments/environment';
import { resource } from '../support/synthesized';
import { exampleCallback, receiver, reply } from './example-environment';

const domain: DomainSettings = {
  name: 'gw.example.com',
  basePath: 'events',
  certificateArn: 'arn:aws:acm:ap-northeast-2:111122223333:certificate/1234abcd-12ab-34cd-56ef-1234567890ab',
};

const zone = 'Z0123456789ABCDEFGHIJ';

const targetOutput = {
  description: 'What a record of gw.example.com must point to: a CNAME, or an alias',
  value: '${aws_apigatewayv2_domain_name.domain.domain_name_configuration[0].target_domain_name}',
};

describe('the callback receiver', () => {
  const withDomain = receiver({}, {}, { domain });

  test('without a domain there is none, and senders post to execute-api', () => {
    const { resource: resources, output } = receiver();

    expect(Object.keys(resources).filter((type) => /domain|mapping|acm|route53/.test(type))).toEqual([]);
    expect(output.callback_urls?.value).toEqual({
      orders: '${aws_api_gateway_stage.stage.invoke_url}/orders',
    });
    expect(output.domain_target).toBeUndefined();
  });

  test('the base path is mapped to the stage, once there is one', () => {
    expect(resource(withDomain, 'aws_apigatewayv2_api_mapping', 'domain_mapping')).toEqual({
      domain_name: '${aws_apigatewayv2_domain_name.domain.id}',
      api_mapping_key: 'events',
      api_id: '${aws_api_gateway_rest_api.api.id}',
      stage: '${aws_api_gateway_stage.stage.stage_name}',
    });
  });

  test('senders post to the domain, and the output says where its name must point', () => {
    expect(withDomain.output.callback_urls?.value).toEqual({
      orders: 'https://gw.example.com/events/orders',
    });
    expect(withDomain.output.domain_target).toEqual(targetOutput);
  });

  test('in a hosted zone the name points there by itself', () => {
    expect(
      receiver({}, {}, { domain: { ...domain, hostedZoneId: zone } }).output.domain_target,
    ).toBeUndefined();
  });

  test.each([
    ['IPv4 alone', ['203.0.113.0/24'], 'ipv4', ['domain_ipv4']],
    ['IPv6 too', ['203.0.113.0/24', '2001:db8::/32'], 'dualstack', ['domain_ipv4', 'domain_ipv6']],
  ])('the name has the addresses that the API has: %s', (_, allowList, type, records) => {
    const { resource: resources } = receiver(
      { ...exampleCallback, allowList },
      {},
      { domain: { ...domain, hostedZoneId: zone } },
    );

    expect(resources.aws_apigatewayv2_domain_name).toMatchObject({
      domain: { domain_name_configuration: { ip_address_type: type } },
    });
    expect(Object.keys(resources.aws_route53_record ?? {})).toEqual(records);
  });
});

describe('the WebSocket variant', () => {
  const executeApi = 'https://${aws_apigatewayv2_api.api.id}.execute-api.ap-northeast-2.amazonaws.com/v1';

  test.each([
    ['without a domain', {}, '${aws_apigatewayv2_stage.stage.invoke_url}', executeApi, undefined],
    ['with a domain', { domain }, 'wss://gw.example.com/events', executeApi, undefined],
    [
      'through the domain alone',
      { domain, disableExecuteApiEndpoint: true },
      'wss://gw.example.com/events',
      'https://gw.example.com/events',
      true,
    ],
    [
      'through a domain without a base path alone',
      { domain: { ...domain, basePath: undefined }, disableExecuteApiEndpoint: true },
      'wss://gw.example.com',
      'https://gw.example.com',
      true,
    ],
  ])('%s, clients and replies have their addresses', (_, settings, uri, connections, disabled) => {
    const configuration = reply(settings as Parameters<typeof reply>[0]);

    expect(configuration.output.websocket_uri?.value).toBe(uri);
    expect(resource(configuration, 'aws_lambda_function', 'reply')).toMatchObject({
      environment: { variables: { CONNECTIONS_ENDPOINT: connections } },
    });
    expect(resource(configuration, 'aws_apigatewayv2_api', 'api').disable_execute_api_endpoint).toBe(
      disabled,
    );
  });

  test('the base path is mapped to the stage, and the output says where the name must point', () => {
    const configuration = reply({ domain });

    expect(resource(configuration, 'aws_apigatewayv2_api_mapping', 'domain_mapping')).toEqual({
      domain_name: '${aws_apigatewayv2_domain_name.domain.id}',
      api_mapping_key: 'events',
      api_id: '${aws_apigatewayv2_api.api.id}',
      stage: '${aws_apigatewayv2_stage.stage.name}',
    });
    expect(configuration.output.domain_target).toEqual(targetOutput);
  });
});
