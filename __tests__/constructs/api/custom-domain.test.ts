import { expect, test } from 'vitest';
import { CustomDomain, type CustomDomainProps } from '../../../constructs/api/custom-domain';
import { exampleStack, resource, synthesized } from '../../support/synthesized';

const certificateArn =
  'arn:aws:acm:ap-northeast-2:111122223333:certificate/1234abcd-12ab-34cd-56ef-1234567890ab';

const zone = 'Z0123456789ABCDEFGHIJ';

function domain(props: Partial<CustomDomainProps> = {}) {
  const stack = exampleStack();
  const made = new CustomDomain(stack, 'domain', {
    name: 'gw.example.com',
    apiId: 'a1b2c3d4e5',
    stageName: 'v1',
    ...props,
  });
  return { made, ...synthesized(stack) };
}

const target = '${aws_apigatewayv2_domain_name.domain.domain_name_configuration[0].target_domain_name}';
const targetZone = '${aws_apigatewayv2_domain_name.domain.domain_name_configuration[0].hosted_zone_id}';

test('with a certificate that is given there is a regional name of TLS 1.2 and its mapping, and no more', () => {
  const { made, resource: resources } = domain({ certificateArn });

  expect(resources).toEqual({
    aws_apigatewayv2_domain_name: {
      domain: {
        domain_name: 'gw.example.com',
        domain_name_configuration: {
          certificate_arn: certificateArn,
          endpoint_type: 'REGIONAL',
          ip_address_type: 'ipv4',
          security_policy: 'TLS_1_2',
        },
      },
    },
    aws_apigatewayv2_api_mapping: {
      domain_mapping: {
        domain_name: '${aws_apigatewayv2_domain_name.domain.id}',
        api_id: 'a1b2c3d4e5',
        stage: 'v1',
      },
    },
  });
  expect([made.httpsUrl, made.webSocketUrl]).toEqual(['https://gw.example.com', 'wss://gw.example.com']);
});

test('a base path is a part of the addresses, and may have several segments', () => {
  const { made, ...configuration } = domain({ certificateArn, basePath: 'in/events' });

  expect(resource(configuration, 'aws_apigatewayv2_api_mapping', 'domain_mapping')).toMatchObject({
    api_mapping_key: 'in/events',
  });
  expect([made.httpsUrl, made.webSocketUrl]).toEqual([
    'https://gw.example.com/in/events',
    'wss://gw.example.com/in/events',
  ]);
});

test('in a hosted zone, a certificate is made and proven, and the domain waits until it is issued', () => {
  const { resource: resources } = domain({ hostedZoneId: zone });
  const proof = (attribute: string) =>
    `\${tolist(aws_acm_certificate.domain_certificate.domain_validation_options)[0].${attribute}}`;

  expect(resources.aws_acm_certificate).toEqual({
    domain_certificate: {
      domain_name: 'gw.example.com',
      validation_method: 'DNS',
      lifecycle: { create_before_destroy: true },
    },
  });
  expect(resources.aws_acm_certificate_validation).toEqual({
    domain_certificate_issued: {
      certificate_arn: '${aws_acm_certificate.domain_certificate.arn}',
      validation_record_fqdns: ['${aws_route53_record.domain_certificate_proof.fqdn}'],
    },
  });
  expect(resources.aws_route53_record).toEqual({
    domain_certificate_proof: {
      zone_id: zone,
      name: proof('resource_record_name'),
      type: proof('resource_record_type'),
      records: [proof('resource_record_value')],
      ttl: 300,
    },
    domain_ipv4: {
      zone_id: zone,
      name: 'gw.example.com',
      type: 'A',
      alias: { name: target, zone_id: targetZone, evaluate_target_health: false },
    },
  });
  expect(resources.aws_apigatewayv2_domain_name).toMatchObject({
    domain: {
      domain_name_configuration: {
        certificate_arn: '${aws_acm_certificate_validation.domain_certificate_issued.certificate_arn}',
      },
    },
  });
});

test('with a certificate and a zone, the zone gets the name alone', () => {
  const { resource: resources } = domain({ certificateArn, hostedZoneId: zone });

  expect(Object.keys(resources.aws_route53_record ?? {})).toEqual(['domain_ipv4']);
  expect(resources.aws_acm_certificate).toBeUndefined();
});

test('an API that has IPv6 addresses has them under its name too', () => {
  const { resource: resources } = domain({ certificateArn, hostedZoneId: zone, dualStack: true });

  expect(resources.aws_apigatewayv2_domain_name).toMatchObject({
    domain: { domain_name_configuration: { ip_address_type: 'dualstack' } },
  });
  expect(resources.aws_route53_record?.domain_ipv6).toEqual({
    zone_id: zone,
    name: 'gw.example.com',
    type: 'AAAA',
    alias: { name: target, zone_id: targetZone, evaluate_target_health: false },
  });
});

test.each([
  [{ truststoreUri: 's3://trusted/authorities.pem' }, { truststore_uri: 's3://trusted/authorities.pem' }],
  [
    { truststoreUri: 's3://trusted/authorities.pem', truststoreVersion: 'v7' },
    { truststore_uri: 's3://trusted/authorities.pem', truststore_version: 'v7' },
  ],
])('callers may have to show a certificate: %j', (mutualTls, expected) => {
  const configuration = domain({ certificateArn, mutualTls });

  expect(resource(configuration, 'aws_apigatewayv2_domain_name', 'domain').mutual_tls_authentication).toEqual(
    expected,
  );
});

test('without a certificate and a zone it says what is missing', () => {
  expect(() => domain()).toThrow(
    'example/domain: give certificateArn, or hostedZoneId in which a certificate can be proven',
  );
});
