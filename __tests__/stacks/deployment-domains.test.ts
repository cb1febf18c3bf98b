import { expect, test } from 'vitest';
import type { Environment } from '../../environments/environment';
import type { Configuration } from '../support/synthesized';
import { github, rolesWith, s3, whole } from './example-deployment-roles';
import { exampleCallback } from './example-environment';

const zone = 'Z0123456789ABCDEFGHIJ';
const certificateArn =
  'arn:aws:acm:ap-northeast-2:111122223333:certificate/1234abcd-12ab-34cd-56ef-1234567890ab';

interface Statement {
  readonly sid: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition?: unknown;
}

const statementsOf = ({ data }: Configuration, document: string) =>
  (data.aws_iam_policy_document?.[document]?.statement ?? []) as readonly Statement[];

/** With one domain that makes a certificate and one that is given it. */
const both: Partial<Environment> = {
  ...github,
  callbackReceiver: {
    callbacks: [exampleCallback],
    disableExecuteApiEndpoint: true,
    domain: {
      name: 'gw.example.com',
      hostedZoneId: zone,
      mutualTls: { truststoreUri: 's3://trusted/all/authorities.pem' },
    },
  },
  websocketReply: { domain: { name: 'ws.example.com', certificateArn } },
};

const withBoth = rolesWith(both);
const apiGateway = 'arn:aws:apigateway:ap-northeast-2::/domainnames';
const zoneArn = `arn:aws:route53:::hostedzone/${zone}`;
const certificates = 'arn:aws:acm:ap-northeast-2:111122223333:certificate/*';
const tagged = (of: string) => ({
  test: 'StringEquals',
  variable: `aws:${of}Tag/environment`,
  values: ['test'],
});

test('a plan reads the domains, their certificates and their zones, and no others', () => {
  const about = statementsOf(withBoth, 'deploy_domains_read_document');

  expect(about).toEqual([
    {
      sid: 'ReadTheDomains',
      effect: 'Allow',
      actions: ['apigateway:GET'],
      resources: [
        `${apiGateway}/gw.example.com`,
        `${apiGateway}/gw.example.com/apimappings/*`,
        `${apiGateway}/ws.example.com`,
        `${apiGateway}/ws.example.com/apimappings/*`,
      ],
    },
    {
      sid: 'ReadCertificatesWhichHaveIdsInsteadOfNames',
      effect: 'Allow',
      actions: ['acm:DescribeCertificate', 'acm:ListTagsForCertificate'],
      resources: [certificates],
    },
    {
      sid: 'ReadTheZonesOfTheDomains',
      effect: 'Allow',
      actions: ['route53:GetHostedZone', 'route53:ListResourceRecordSets'],
      resources: [zoneArn],
    },
  ]);
});

test('to apply is to change these by their names, records and tags', () => {
  expect(statementsOf(withBoth, 'deploy_domains_document')).toEqual([
    {
      sid: 'MakeDomainsWithTheTagOfThisEnvironment',
      effect: 'Allow',
      actions: ['apigateway:POST', 'apigateway:TagResource'],
      resources: [apiGateway],
      condition: [tagged('Request')],
    },
    {
      sid: 'ChangeAndDeleteTheDomains',
      effect: 'Allow',
      actions: ['apigateway:DELETE', 'apigateway:PATCH', 'apigateway:POST', 'apigateway:TagResource'],
      resources: ['gw.example.com', 'ws.example.com'].flatMap((name) =>
        ['', '/apimappings', '/apimappings/*'].map((path) => `${apiGateway}/${name}${path}`),
      ),
    },
    {
      sid: 'LetApiGatewayMakeItsRoleForDomains',
      effect: 'Allow',
      actions: ['iam:CreateServiceLinkedRole'],
      resources: [
        'arn:aws:iam::111122223333:role/aws-service-role/ops.apigateway.amazonaws.com/AWSServiceRoleForAPIGateway',
      ],
      condition: [
        { test: 'StringEquals', variable: 'iam:AWSServiceName', values: ['ops.apigateway.amazonaws.com'] },
      ],
    },
    {
      sid: 'LetApiGatewayReadWhoseCertificatesCallersShow',
      effect: 'Allow',
      actions: ['s3:GetObject', 's3:GetObjectVersion'],
      resources: ['arn:aws:s3:::trusted/all/authorities.pem'],
    },
    {
      sid: 'RequestCertificatesOfTheDomainsWithTheTagOfThisEnvironment',
      effect: 'Allow',
      actions: ['acm:AddTagsToCertificate', 'acm:RequestCertificate'],
      resources: ['*'],
      condition: [
        tagged('Request'),
        { test: 'StringEqualsIfExists', variable: 'aws:ResourceTag/environment', values: ['test'] },
        { test: 'ForAllValues:StringEquals', variable: 'acm:DomainNames', values: ['gw.example.com'] },
      ],
    },
    {
      sid: 'ChangeAndDeleteTheCertificatesWithTheTagOfThisEnvironment',
      effect: 'Allow',
      actions: ['acm:AddTagsToCertificate', 'acm:DeleteCertificate', 'acm:RemoveTagsFromCertificate'],
      resources: [certificates],
      condition: [tagged('Resource')],
    },
    {
      sid: 'ChangeTheRecordsOfTheDomains',
      effect: 'Allow',
      actions: ['route53:ChangeResourceRecordSets'],
      resources: [zoneArn],
      condition: [
        {
          test: 'ForAllValues:StringLike',
          variable: 'route53:ChangeResourceRecordSetsNormalizedRecordNames',
          values: ['gw.example.com', '_*.gw.example.com'],
        },
      ],
    },
    {
      sid: 'WaitForChangesOfRecordsWhichHaveIds',
      effect: 'Allow',
      actions: ['route53:GetChange'],
      resources: ['arn:aws:route53:::change/*'],
    },
  ]);
});

test('without a domain there is nothing of this', () => {
  const { data } = rolesWith({ ...github, ...whole });

  expect(data.aws_iam_policy_document?.deploy_domains_document).toBeUndefined();
  expect(JSON.stringify(data)).not.toMatch(/domainnames|:acm:|route53/);
});

test('without a zone and a certificate that is made, no policy is about either', () => {
  const { data } = rolesWith({
    ...github,
    websocketReply: { domain: { name: 'ws.example.com', certificateArn } },
  });

  expect(JSON.stringify(data)).not.toMatch(/acm:|route53/);
});

test('the policies are as long as AWS takes for the longest names there may be', () => {
  const name = (letter: string) => `${letter.repeat(52)}.example.com`;
  const domain = (letter: string) => ({
    name: name(letter),
    hostedZoneId: `Z${letter.toUpperCase().repeat(31)}`,
  });
  expect(() =>
    rolesWith({
      ...github,
      name: 'a23456789012',
      region: 'us-gov-west-1',
      state: s3,
      encryption: 'customer-key',
      manageAccountLogging: true,
      callbackReceiver: { callbacks: [exampleCallback], domain: domain('a') },
      httpCallbackReceiver: { callbacks: [], domain: domain('b') },
      websocketReply: { domain: domain('c') },
      subscriberPipe: whole.subscriberPipe,
    } as Partial<Environment>),
  ).not.toThrow();
});
