import {
  all,
  attribute,
  certificateArn,
  domain,
  http,
  namesOf,
  type Options,
  receiver,
  reply,
  zone,
} from './option';

const mapped = (apiId: string, stage: string) => ({
  domain_mapping: {
    domain_name: '${aws_apigatewayv2_domain_name.domain.id}',
    api_id: apiId,
    stage,
  },
});
const mappings = all('aws_apigatewayv2_api_mapping');
const configuration = (path: string) => attribute('aws_apigatewayv2_domain_name', 'domain', path);

export const namesAndDomains: Options = {
  'callbackReceiver.domain': {
    ...receiver({ domain }),
    seen: mappings,
    without: undefined,
    with: mapped('${aws_api_gateway_rest_api.api.id}', '${aws_api_gateway_stage.stage.stage_name}'),
  },
  'httpCallbackReceiver.domain': {
    ...http({ domain }),
    seen: mappings,
    without: undefined,
    with: mapped('${aws_apigatewayv2_api.api.id}', '${aws_apigatewayv2_stage.stage.name}'),
  },
  'websocketReply.domain': {
    ...reply({ domain }),
    seen: mappings,
    without: undefined,
    with: mapped('${aws_apigatewayv2_api.api.id}', '${aws_apigatewayv2_stage.stage.name}'),
  },
  'callbackReceiver.domain.basePath': {
    ...receiver({ domain: { ...domain, basePath: 'events' } }, { domain }),
    seen: attribute('aws_apigatewayv2_api_mapping', 'domain_mapping', 'api_mapping_key'),
    without: undefined,
    with: 'events',
  },
  'callbackReceiver.domain.hostedZoneId': {
    ...receiver({ domain: { ...domain, hostedZoneId: zone } }, { domain }),
    seen: namesOf('aws_route53_record'),
    without: [],
    with: ['domain_ipv4'],
  },
  'httpCallbackReceiver.domain.certificateArn': {
    ...http(
      { domain: { ...domain, hostedZoneId: zone } },
      { domain: { name: domain.name, hostedZoneId: zone } },
    ),
    seen: configuration('domain_name_configuration.certificate_arn'),
    without: '${aws_acm_certificate_validation.domain_certificate_issued.certificate_arn}',
    with: certificateArn,
  },
  'httpCallbackReceiver.domain.mutualTls': {
    ...http(
      {
        domain: { ...domain, mutualTls: { truststoreUri: 's3://trusted/authorities.pem' } },
        disableExecuteApiEndpoint: true,
      },
      { domain, disableExecuteApiEndpoint: true },
    ),
    seen: configuration('mutual_tls_authentication'),
    without: undefined,
    with: { truststore_uri: 's3://trusted/authorities.pem' },
  },
  'callbackReceiver.disableExecuteApiEndpoint': {
    ...receiver({ domain, disableExecuteApiEndpoint: true }, { domain }),
    seen: attribute('aws_api_gateway_rest_api', 'api', 'disable_execute_api_endpoint'),
    without: false,
    with: true,
  },
  'httpCallbackReceiver.disableExecuteApiEndpoint': {
    ...http({ domain, disableExecuteApiEndpoint: true }, { domain }),
    seen: attribute('aws_apigatewayv2_api', 'api', 'disable_execute_api_endpoint'),
    without: false,
    with: true,
  },
  'websocketReply.disableExecuteApiEndpoint': {
    ...reply({ domain, disableExecuteApiEndpoint: true }, { domain }),
    seen: attribute('aws_apigatewayv2_api', 'api', 'disable_execute_api_endpoint'),
    without: undefined,
    with: true,
  },
  'callbackReceiver.stageName': {
    ...receiver({ stageName: 'live' }),
    seen: attribute('aws_api_gateway_stage', 'stage', 'stage_name'),
    without: 'v1',
    with: 'live',
  },
  'httpCallbackReceiver.stageName': {
    ...http({ stageName: 'live' }),
    seen: attribute('aws_apigatewayv2_stage', 'stage', 'name'),
    without: 'v1',
    with: 'live',
  },
  'websocketReply.stageName': {
    ...reply({ stageName: 'live' }),
    seen: attribute('aws_apigatewayv2_stage', 'stage', 'name'),
    without: 'v1',
    with: 'live',
  },
};
