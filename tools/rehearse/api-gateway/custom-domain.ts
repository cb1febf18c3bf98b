import { optionalText, text } from '../../plan/attributes';
import { type Plan, type ResourceShape, resourcesOf } from '../../plan/plan';
import { PlanError } from '../../plan/plan-error';

/** A domain name of API Gateway, and what its paths lead to. */
export interface CustomDomain {
  readonly address: string;
  readonly name: string;
  /** Whether callers must show a certificate. */
  readonly mutualTls: boolean;
  readonly mappings: readonly ApiMapping[];
}

export interface ApiMapping {
  readonly address: string;
  readonly apiId: string;
  readonly stageName: string;
  /** What a path of it begins with: `/events`, or nothing, which is what every path begins with. */
  readonly base: string;
}

const shapes = {
  domain: {
    reads: ['id', 'domain_name', 'mutual_tls_authentication'],
    // Which version of TLS a caller speaks, over which network, is not simulated.
    ignores: ['domain_name_configuration', 'tags'],
  },
  mapping: { reads: ['domain_name', 'api_id', 'stage', 'api_mapping_key'], ignores: [] },
} satisfies Readonly<Record<string, ResourceShape>>;

/** The custom domains of a plan. @throws PlanError for a mapping of a domain that the plan does not have */
export function customDomainsOf(plan: Plan): readonly CustomDomain[] {
  const domains = resourcesOf(plan, 'aws_apigatewayv2_domain_name', shapes.domain);
  const mappings = resourcesOf(plan, 'aws_apigatewayv2_api_mapping', shapes.mapping);
  const names = domains.map((domain) => text(domain, 'id'));
  const stray = mappings.find((mapping) => !names.includes(text(mapping, 'domain_name')));
  if (stray) throw new PlanError(`${stray.address}: the stack has no domain ${text(stray, 'domain_name')}`);
  return domains.map((domain) => ({
    address: domain.address,
    name: text(domain, 'domain_name'),
    mutualTls: domain.attributes.has('mutual_tls_authentication'),
    mappings: mappings
      .filter((mapping) => text(mapping, 'domain_name') === text(domain, 'id'))
      .map((mapping) => {
        const key = optionalText(mapping, 'api_mapping_key') ?? '';
        return {
          address: mapping.address,
          apiId: text(mapping, 'api_id'),
          stageName: text(mapping, 'stage'),
          base: key === '' ? '' : `/${key}`,
        };
      }),
  }));
}

/** An API as a mapping finds it. */
interface Mapped {
  readonly id: string;
  readonly stageName: string;
}

/** API Gateway makes no mapping to an API or a stage that is not there. @throws PlanError naming the mapping */
export function checkMappings(domains: readonly CustomDomain[], apis: readonly Mapped[]): void {
  for (const { address, apiId, stageName } of domains.flatMap(({ mappings }) => mappings)) {
    const api = apis.find(({ id }) => id === apiId);
    if (!api) throw new PlanError(`${address}: no stack has the API ${apiId}`);
    if (api.stageName !== stageName) {
      throw new PlanError(`${address}: the API has no stage ${stageName}, but ${api.stageName}`);
    }
  }
}

/**
 * What a path leads to: of several mappings the one with the most segments in common.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mappings.html
 */
export const mappingOf = ({ mappings }: CustomDomain, path: string): ApiMapping | undefined =>
  mappings
    .filter(({ base }) => path === base || path.startsWith(`${base}/`))
    .toSorted((a, b) => b.base.length - a.base.length)[0];
