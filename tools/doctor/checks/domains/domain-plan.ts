import { optionalText, text } from '../../../plan/attributes';
import { type Plan, resourcesOf } from '../../../plan/plan';

/** A custom domain as it was synthesized. */
export interface PlannedDomain {
  readonly address: string;
  readonly name: string;
  readonly securityPolicy: string | undefined;
  readonly ipAddressType: string | undefined;
  readonly truststore: PlannedTruststore | undefined;
  readonly mappings: readonly PlannedMapping[];
}

export interface PlannedTruststore {
  readonly uri: string;
  /** Nothing where it is the newest as it was deployed. */
  readonly version: string | undefined;
}

export interface PlannedMapping {
  readonly address: string;
  /** Without slashes at its ends; empty where it is of every path. */
  readonly key: string;
  readonly apiId: string;
  readonly stage: string;
}

/** The custom domains of a plan. */
export function domainsOf(plan: Plan): readonly PlannedDomain[] {
  const mappings = resourcesOf(plan, 'aws_apigatewayv2_api_mapping', {
    reads: ['domain_name', 'api_id', 'stage', 'api_mapping_key'],
    ignores: 'the rest',
  });
  return resourcesOf(plan, 'aws_apigatewayv2_domain_name', {
    reads: ['id', 'domain_name', 'domain_name_configuration', 'mutual_tls_authentication'],
    ignores: 'the rest',
  }).map((domain) => {
    const written = (block: string) =>
      (domain.attributes.get(block) ?? {}) as Readonly<Record<string, string>>;
    const configuration = written('domain_name_configuration');
    const { truststore_uri: uri, truststore_version: version } = written('mutual_tls_authentication');
    return {
      address: domain.address,
      name: text(domain, 'domain_name'),
      securityPolicy: configuration.security_policy,
      ipAddressType: configuration.ip_address_type,
      truststore: uri === undefined ? undefined : { uri, version },
      mappings: mappings
        .filter((mapping) => text(mapping, 'domain_name') === text(domain, 'id'))
        .map((mapping) => ({
          address: mapping.address,
          key: optionalText(mapping, 'api_mapping_key') ?? '',
          apiId: text(mapping, 'api_id'),
          stage: text(mapping, 'stage'),
        })),
    };
  });
}
