import { Apigatewayv2ApiMapping } from '@cdktf/provider-aws/lib/apigatewayv2-api-mapping';
import { Apigatewayv2DomainName } from '@cdktf/provider-aws/lib/apigatewayv2-domain-name';
import { Route53Record } from '@cdktf/provider-aws/lib/route53-record';
import { Construct } from 'constructs';
import { DomainCertificate } from './domain-certificate';

export interface CustomDomainSettings {
  /** Such as `gw.example.com`; API Gateway has each name once a region. */
  readonly name: string;
  /** What comes before the API's own paths, without slashes at its ends. @default nothing */
  readonly basePath?: string | undefined;
  /** ARN of an ACM certificate of the region. @default one is made, which needs `hostedZoneId` */
  readonly certificateArn?: string | undefined;
  /** Id of the public Route 53 zone that gets the name's records. @default none */
  readonly hostedZoneId?: string | undefined;
  /** Whose certificates callers must show. @default they need none */
  readonly mutualTls?:
    | {
        /** `s3://bucket/key` of a PEM file. */
        readonly truststoreUri: string;
        /** @default the newest as it is deployed */
        readonly truststoreVersion?: string;
      }
    | undefined;
}

export interface CustomDomainProps extends CustomDomainSettings {
  /** Of a REST, HTTP or WebSocket API. */
  readonly apiId: string;
  /** A reference to the stage, so that the mapping waits for it. */
  readonly stageName: string;
  /** Whether the API is reached over IPv6 too. @default IPv4 alone */
  readonly dualStack?: boolean;
}

/**
 * A regional domain name, one path of which is a stage of an API. API Gateway's second API makes domains and mappings
 * for all three kinds of APIs, and its mappings may have several segments.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mappings.html
 */
export class CustomDomain extends Construct {
  /** `https://<name>/<base path>`, without a slash at the end. */
  readonly httpsUrl: string;
  /** `wss://<name>/<base path>`, without a slash at the end. */
  readonly webSocketUrl: string;
  /** What a record of the name must point to. */
  readonly target: string;

  /** @throws Error without a certificate and a zone in which one can be proven */
  constructor(scope: Construct, id: string, props: CustomDomainProps) {
    super(scope, id);
    const { name, basePath, hostedZoneId, mutualTls, dualStack = false } = props;
    const domain = new Apigatewayv2DomainName(this, 'Resource', {
      domainName: name,
      domainNameConfiguration: {
        certificateArn: this.#certificateArn(props),
        endpointType: 'REGIONAL',
        // The oldest version that clients may speak; mappings of several segments want it too.
        securityPolicy: 'TLS_1_2',
        ipAddressType: dualStack ? 'dualstack' : 'ipv4',
      },
      ...(mutualTls && { mutualTlsAuthentication: mutualTls }),
    });
    new Apigatewayv2ApiMapping(this, 'mapping', {
      domainName: domain.id,
      apiId: props.apiId,
      stage: props.stageName,
      ...(basePath !== undefined && { apiMappingKey: basePath }),
    });
    const { targetDomainName, hostedZoneId: targetZoneId } = domain.domainNameConfiguration;
    if (hostedZoneId !== undefined) {
      for (const [family, type] of [
        ['ipv4', 'A'] as const,
        ...(dualStack ? [['ipv6', 'AAAA'] as const] : []),
      ]) {
        new Route53Record(this, family, {
          zoneId: hostedZoneId,
          name,
          type,
          alias: { name: targetDomainName, zoneId: targetZoneId, evaluateTargetHealth: false },
        });
      }
    }
    const address = basePath === undefined ? name : `${name}/${basePath}`;
    this.httpsUrl = `https://${address}`;
    this.webSocketUrl = `wss://${address}`;
    this.target = targetDomainName;
  }

  #certificateArn({ name, certificateArn, hostedZoneId }: CustomDomainProps): string {
    if (certificateArn !== undefined) return certificateArn;
    if (hostedZoneId === undefined) {
      throw new Error(
        `${this.node.path}: give certificateArn, or hostedZoneId in which a certificate can be proven`,
      );
    }
    return new DomainCertificate(this, 'certificate', { domainName: name, hostedZoneId }).arn;
  }
}
