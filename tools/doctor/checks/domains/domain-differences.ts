import type { DomainNameConfiguration, GetDomainNameResponse } from '@aws-sdk/client-apigatewayv2';
import type { Finding } from '../../finding';
import type { PlannedDomain, PlannedTruststore } from './domain-plan';

/** A finding as far as the domain tells it; where it is and what mends it is the same for all. */
export type Told = Pick<Finding, 'code' | 'severity' | 'problem' | 'seen'> &
  Partial<Pick<Finding, 'at' | 'synthesized' | 'deployed' | 'cause'>>;

/** What of a domain differs in itself, whatever its paths lead to. */
export const domainDifferences = (
  domain: PlannedDomain,
  deployed: GetDomainNameResponse,
): readonly Told[] => {
  const [configuration = {}] = deployed.DomainNameConfigurations ?? [];
  return [
    ...state(configuration),
    ...tlsVersion(domain, configuration),
    ...addresses(domain, configuration),
    ...mutualTls(domain.truststore, deployed.MutualTlsAuthentication),
  ];
};

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/domainnames-domainname.html (`DomainNameStatus`) */
function state({
  DomainNameStatus: status,
  DomainNameStatusMessage: message,
}: DomainNameConfiguration): readonly Told[] {
  if (status === undefined || status === 'AVAILABLE') return [];
  const pending = status.startsWith('PENDING');
  return [
    {
      code: 'domain-status',
      severity: pending ? 'error' : 'warning',
      problem: `it is ${status}${message ? `: ${message}` : ''}`,
      seen: pending
        ? 'callers may get no answer under its name until it is AVAILABLE'
        : 'callers get what was there before, until it is AVAILABLE',
      cause: pending
        ? 'API Gateway waits for a certificate that proves whose the name is'
        : 'API Gateway takes a change over',
    },
  ];
}

function tlsVersion(
  { securityPolicy }: PlannedDomain,
  { SecurityPolicy: there }: DomainNameConfiguration,
): readonly Told[] {
  if (there === securityPolicy) return [];
  return [
    {
      code: 'domain-security-policy',
      severity: 'warning',
      problem: 'it takes other versions of TLS',
      synthesized: securityPolicy ?? 'none',
      deployed: there ?? 'none',
      seen:
        there === 'TLS_1_0'
          ? 'nothing: callers with old versions of TLS get in too, which can be read and changed on the way'
          : 'callers that speak none of the versions it takes cannot connect',
    },
  ];
}

function addresses(
  { ipAddressType }: PlannedDomain,
  { IpAddressType: there = 'ipv4' }: DomainNameConfiguration,
): readonly Told[] {
  if (ipAddressType === undefined || there === ipAddressType) return [];
  return [
    {
      code: 'domain-ip-address-type',
      severity: 'error',
      problem: `it is called over ${there === 'dualstack' ? 'IPv4 and IPv6' : 'IPv4 alone'}`,
      synthesized: ipAddressType,
      deployed: there,
      seen:
        there === 'dualstack'
          ? 'callers that have IPv6 come from addresses that no allow-list names, and are refused'
          : 'callers that are known by IPv6 addresses cannot connect, or come over IPv4 and are refused',
    },
  ];
}

interface DeployedTruststore {
  readonly TruststoreUri?: string | undefined;
  readonly TruststoreVersion?: string | undefined;
  readonly TruststoreWarnings?: readonly string[] | undefined;
}

function mutualTls(
  wanted: PlannedTruststore | undefined,
  there: DeployedTruststore | undefined,
): readonly Told[] {
  const uri = there?.TruststoreUri || undefined;
  const texts = {
    synthesized: wanted ? written(wanted.uri, wanted.version) : 'none',
    deployed: uri ? written(uri, there?.TruststoreVersion) : 'none',
  };
  const same =
    uri === wanted?.uri && (wanted?.version === undefined || there?.TruststoreVersion === wanted.version);
  const warnings = there?.TruststoreWarnings ?? [];
  return [
    ...(same
      ? []
      : [
          {
            code: 'domain-mutual-tls',
            severity: 'error' as const,
            problem: uri
              ? wanted
                ? 'it trusts other certificates of callers'
                : 'it asks callers for certificates'
              : 'it asks callers for no certificate',
            ...texts,
            seen: uri
              ? 'callers whose certificates are of none of its authorities get no connection'
              : 'nothing: whoever the allow-lists let in gets in without a certificate',
          },
        ]),
    ...(warnings.length > 0
      ? [
          {
            code: 'domain-truststore',
            severity: 'warning' as const,
            problem: 'API Gateway does not take all of its trust store',
            deployed: warnings.join('\n'),
            seen: 'callers with certificates of these authorities get no connection, now or once they expire',
            cause: 'A certificate in the file has expired, is no authority’s, or is signed too weakly',
          },
        ]
      : []),
  ];
}

const written = (uri: string, version: string | undefined) =>
  version === undefined ? uri : `${uri}, version ${version}`;
