import {
  anyCertificateArn,
  anyRecordChangeArn,
  apiGatewayArn,
  bucketArn,
  hostedZoneArn,
  serviceLinkedRoleArn,
} from '../arn';
import type { Placement } from '../placement';
import type { DeploymentGrants, DeploymentStatement } from './deployment-action';

/** A domain name of the environment, and what comes with it. */
export interface DeployedDomain {
  readonly name: string;
  /** Whether its certificate is made. */
  readonly makesCertificate: boolean;
  /** Of the zone that gets its records. */
  readonly hostedZoneId: string | undefined;
  /** `s3://bucket/key`, which API Gateway reads in the caller's name. */
  readonly truststoreUri: string | undefined;
}

/**
 * Domain names, each by its own; their certificates, which have ids instead, by the tag `environment`, and their
 * records by the names that these may have. As the first domain of an account is made, API Gateway makes its role.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagementv2.html
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/specifying-conditions-route53.html
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/using-service-linked-roles.html
 */
export function domainGrants(
  at: Placement,
  environment: string,
  domains: readonly DeployedDomain[],
): DeploymentGrants {
  if (domains.length === 0) return { read: [], write: [] };
  const arns = (...paths: readonly string[]) =>
    domains.flatMap(({ name }) => paths.map((path) => apiGatewayArn(at, `/domainnames/${name}${path}`)));
  const certificates = certificateGrants(at, environment, domains);
  const records = recordGrants(at, domains);
  const truststores = domains.flatMap(({ truststoreUri }) => truststoreUri ?? []);
  return {
    read: [
      {
        sid: 'ReadTheDomains',
        actions: ['apigateway:GET'],
        resources: arns('', '/apimappings/*'),
      },
      ...certificates.read,
      ...records.read,
    ],
    write: [
      {
        sid: 'MakeDomainsWithTheTagOfThisEnvironment',
        actions: ['apigateway:POST', 'apigateway:TagResource'],
        resources: [apiGatewayArn(at, '/domainnames')],
        conditions: [{ test: 'StringEquals', variable: 'aws:RequestTag/environment', values: [environment] }],
      },
      {
        sid: 'ChangeAndDeleteTheDomains',
        actions: ['apigateway:DELETE', 'apigateway:PATCH', 'apigateway:POST', 'apigateway:TagResource'],
        resources: arns('', '/apimappings', '/apimappings/*'),
      },
      {
        sid: 'LetApiGatewayMakeItsRoleForDomains',
        actions: ['iam:CreateServiceLinkedRole'],
        resources: [serviceLinkedRoleArn(at, apiGatewayService, 'AWSServiceRoleForAPIGateway')],
        conditions: [{ test: 'StringEquals', variable: 'iam:AWSServiceName', values: [apiGatewayService] }],
      },
      ...(truststores.length > 0
        ? [
            {
              sid: 'LetApiGatewayReadWhoseCertificatesCallersShow',
              actions: ['s3:GetObject', 's3:GetObjectVersion'] as const,
              resources: truststores.map((uri) => bucketArn(at, uri.slice('s3://'.length))),
            },
          ]
        : []),
      ...certificates.write,
      ...records.write,
    ],
  };
}

const apiGatewayService = 'ops.apigateway.amazonaws.com';

function certificateGrants(
  at: Placement,
  environment: string,
  domains: readonly DeployedDomain[],
): DeploymentGrants {
  const names = domains.filter(({ makesCertificate }) => makesCertificate).map(({ name }) => name);
  if (names.length === 0) return { read: [], write: [] };
  const resources = [anyCertificateArn(at)];
  const write: readonly DeploymentStatement[] = [
    {
      sid: 'RequestCertificatesOfTheDomainsWithTheTagOfThisEnvironment',
      actions: ['acm:AddTagsToCertificate', 'acm:RequestCertificate'],
      resources: ['*'],
      conditions: [
        { test: 'StringEquals', variable: 'aws:RequestTag/environment', values: [environment] },
        // Or the certificate of another environment would be this one's as soon as it has its tag.
        { test: 'StringEqualsIfExists', variable: 'aws:ResourceTag/environment', values: [environment] },
        { test: 'ForAllValues:StringEquals', variable: 'acm:DomainNames', values: names },
      ],
    },
    {
      sid: 'ChangeAndDeleteTheCertificatesWithTheTagOfThisEnvironment',
      actions: ['acm:AddTagsToCertificate', 'acm:DeleteCertificate', 'acm:RemoveTagsFromCertificate'],
      resources,
      conditions: [{ test: 'StringEquals', variable: 'aws:ResourceTag/environment', values: [environment] }],
    },
  ];
  return {
    read: [
      {
        sid: 'ReadCertificatesWhichHaveIdsInsteadOfNames',
        actions: ['acm:DescribeCertificate', 'acm:ListTagsForCertificate'],
        resources,
      },
    ],
    write,
  };
}

function recordGrants(at: Placement, domains: readonly DeployedDomain[]): DeploymentGrants {
  const inZones = domains.flatMap(({ name, makesCertificate, hostedZoneId }) =>
    hostedZoneId === undefined ? [] : [{ name, makesCertificate, zone: hostedZoneArn(at, hostedZoneId) }],
  );
  if (inZones.length === 0) return { read: [], write: [] };
  const resources = [...new Set(inZones.map(({ zone }) => zone))];
  return {
    read: [
      {
        sid: 'ReadTheZonesOfTheDomains',
        actions: ['route53:GetHostedZone', 'route53:ListResourceRecordSets'],
        resources,
      },
    ],
    write: [
      {
        sid: 'ChangeTheRecordsOfTheDomains',
        actions: ['route53:ChangeResourceRecordSets'],
        resources,
        conditions: [
          {
            test: 'ForAllValues:StringLike',
            variable: 'route53:ChangeResourceRecordSetsNormalizedRecordNames',
            // ACM chooses the first label of the record by which it is shown whose the name is.
            values: inZones.flatMap(({ name, makesCertificate }) => [
              name,
              ...(makesCertificate ? [`_*.${name}`] : []),
            ]),
          },
        ],
      },
      {
        sid: 'WaitForChangesOfRecordsWhichHaveIds',
        actions: ['route53:GetChange'],
        resources: [anyRecordChangeArn(at)],
      },
    ],
  };
}
