import type { ApiMapping, GetDomainNameResponse } from '@aws-sdk/client-apigatewayv2';
import { describe, expect, it } from 'vitest';
import { affectedBy } from '../../../../../tools/doctor/affected';
import { domains } from '../../../../../tools/doctor/checks/domains/domains';
import { readPlan } from '../../../../../tools/plan/plan';
import { exampleCallback, receiver, reply } from '../../../../stacks/example-environment';
import { answering } from '../../recorded';

const name = 'gw.example.com';
const stackId = 'test-callback-receiver';
const apiId = 'a1b2c3d4e5';
const deploy = `npx cdktf deploy ${stackId}`;

const plan = readPlan(
  stackId,
  receiver(
    { ...exampleCallback },
    {},
    {
      disableExecuteApiEndpoint: true,
      domain: {
        name,
        basePath: 'events',
        hostedZoneId: 'Z0123456789ABCDEFGHIJ',
        mutualTls: { truststoreUri: 's3://trusted/authorities.pem', truststoreVersion: 'v1' },
      },
    },
  ),
  new Map([['aws_api_gateway_rest_api.api.id', apiId]]),
);

const path = (below = '') => `apigateway:GET arn:aws:apigateway:ap-northeast-2::/domainnames/${name}${below}`;

const deployedDomain: GetDomainNameResponse = {
  DomainName: name,
  DomainNameConfigurations: [
    {
      ApiGatewayDomainName: 'd-1.execute-api.ap-northeast-2.amazonaws.com',
      DomainNameStatus: 'AVAILABLE',
      EndpointType: 'REGIONAL',
      IpAddressType: 'ipv4',
      SecurityPolicy: 'TLS_1_2',
    },
  ],
  MutualTlsAuthentication: { TruststoreUri: 's3://trusted/authorities.pem', TruststoreVersion: 'v1' },
};

const deployedMapping: ApiMapping = { ApiMappingKey: 'events', ApiId: apiId, Stage: 'v1' };

const examined = (domain: unknown = deployedDomain, mappings: unknown = [deployedMapping], of = plan) =>
  domains.examine({
    plan: of,
    affected: affectedBy([of]),
    aws: answering(
      new Map([
        [path(), domain],
        [path('/apimappings'), mappings],
      ]),
    ),
  });

const told = async (domain?: unknown, mappings?: unknown) =>
  (await examined(domain, mappings)).findings.map(({ code, severity, problem, deployed }) => [
    code,
    severity,
    problem,
    ...(deployed === undefined ? [] : [deployed]),
  ]);

const withConfiguration = (change: object): GetDomainNameResponse => ({
  ...deployedDomain,
  DomainNameConfigurations: [{ ...deployedDomain.DomainNameConfigurations?.[0], ...change }],
});

describe('a domain as it was synthesized', () => {
  it('is no finding', async () => {
    expect(await examined()).toEqual({ resources: 2, findings: [] });
  });

  it('is none in stacks without one', async () => {
    const without = readPlan('test-websocket-reply', reply());
    expect(await examined(null, null, without)).toEqual({ resources: 0, findings: [] });
    expect(domains.permissions(without)).toEqual([]);
  });

  it('is asked for by its name', () => {
    expect(domains.permissions(plan).map(({ action, resource }) => `${action} ${resource}`)).toEqual([
      path(),
      path('/apimappings'),
    ]);
  });

  it('may have a version of the trust store that the stack leaves to the deploy', async () => {
    const settings = { name, basePath: 'events', hostedZoneId: 'Z0123456789ABCDEFGHIJ' };
    const newest = readPlan(
      stackId,
      receiver(
        {},
        {},
        { domain: { ...settings, mutualTls: { truststoreUri: 's3://trusted/authorities.pem' } } },
      ),
      new Map([['aws_api_gateway_rest_api.api.id', apiId]]),
    );
    expect((await examined(deployedDomain, [deployedMapping], newest)).findings).toEqual([]);
  });
});

it('a domain that is gone is told with what to do about its name', async () => {
  expect((await examined(null, null)).findings).toEqual([
    {
      at: `${stackId}: aws_apigatewayv2_domain_name.domain`,
      subject: `domain ${name}`,
      code: 'domain-missing',
      severity: 'error',
      problem: 'it does not exist',
      seen: `callers of ${name} find no host, or get HTTP 403 {"message":"Forbidden"} from API Gateway`,
      cause: 'The stack was never deployed, or someone has deleted the domain.',
      fix: `${deploy}; without a hosted zone, point the name at the new output domain_target`,
    },
  ]);
});

describe('what a path leads to', () => {
  it('is told where it is another API', async () => {
    expect((await examined(undefined, [{ ...deployedMapping, ApiId: 'f6g7h8i9j0' }])).findings).toEqual([
      {
        at: `${stackId}: aws_apigatewayv2_api_mapping.domain_mapping`,
        subject: `domain ${name}`,
        code: 'domain-mapping',
        severity: 'error',
        problem: `${name}/events leads elsewhere`,
        synthesized: `API ${apiId}, stage v1`,
        deployed: 'API f6g7h8i9j0, stage v1',
        seen: `callers of ${name}/events reach another API or stage, and its queues get what they send`,
        cause: 'It was changed in the console or by another tool.',
        fix: `${deploy} restores it; what was meant belongs in environments/.`,
      },
    ]);
  });

  it('is told where it is another stage', async () => {
    expect(await told(undefined, [{ ...deployedMapping, Stage: 'v2' }])).toEqual([
      ['domain-mapping', 'error', `${name}/events leads elsewhere`, `API ${apiId}, stage v2`],
    ]);
  });

  it('is told where it is nothing, and where there is more', async () => {
    expect(await told(undefined, [{ ...deployedMapping, ApiMappingKey: undefined }])).toEqual([
      ['domain-mapping-missing', 'error', `${name}/events leads nowhere`, 'none'],
      ['domain-mapping-extra', 'warning', `${name} is mapped too`, `API ${apiId}, stage v1`],
    ]);
  });
});

describe('who gets in', () => {
  it.each([
    [
      'without a certificate',
      { ...deployedDomain, MutualTlsAuthentication: undefined },
      ['domain-mutual-tls', 'error', 'it asks callers for no certificate', 'none'],
    ],
    [
      'with certificates of another file',
      { ...deployedDomain, MutualTlsAuthentication: { TruststoreUri: 's3://other/x.pem' } },
      ['domain-mutual-tls', 'error', 'it trusts other certificates of callers', 's3://other/x.pem'],
    ],
    [
      'with certificates of another version of it',
      {
        ...deployedDomain,
        MutualTlsAuthentication: { ...deployedDomain.MutualTlsAuthentication, TruststoreVersion: 'v2' },
      },
      [
        'domain-mutual-tls',
        'error',
        'it trusts other certificates of callers',
        's3://trusted/authorities.pem, version v2',
      ],
    ],
    [
      'where the file has what API Gateway does not take',
      {
        ...deployedDomain,
        MutualTlsAuthentication: {
          ...deployedDomain.MutualTlsAuthentication,
          TruststoreWarnings: ['CN=old has expired'],
        },
      },
      [
        'domain-truststore',
        'warning',
        'API Gateway does not take all of its trust store',
        'CN=old has expired',
      ],
    ],
    [
      'with an old version of TLS',
      withConfiguration({ SecurityPolicy: 'TLS_1_0' }),
      ['domain-security-policy', 'warning', 'it takes other versions of TLS', 'TLS_1_0'],
    ],
    [
      'over IPv6 too',
      withConfiguration({ IpAddressType: 'dualstack' }),
      ['domain-ip-address-type', 'error', 'it is called over IPv4 and IPv6', 'dualstack'],
    ],
    [
      'once it is proven whose the name is',
      withConfiguration({
        DomainNameStatus: 'PENDING_OWNERSHIP_VERIFICATION',
        DomainNameStatusMessage: 'prove it',
      }),
      ['domain-status', 'error', 'it is PENDING_OWNERSHIP_VERIFICATION: prove it'],
    ],
    [
      'as before, while it is changed',
      withConfiguration({ DomainNameStatus: 'UPDATING' }),
      ['domain-status', 'warning', 'it is UPDATING'],
    ],
  ])('is told: %s', async (_, deployed, finding) => {
    expect(await told(deployed)).toEqual([finding]);
  });
});
