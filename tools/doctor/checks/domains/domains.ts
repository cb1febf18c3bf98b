import { type ApiMapping, GetApiMappingsCommand, GetDomainNameCommand } from '@aws-sdk/client-apigatewayv2';
import type { Plan } from '../../../plan/plan';
import type { Check, Permission, Subject } from '../../check';
import type { Finding } from '../../finding';
import { domainDifferences, type Told } from './domain-differences';
import { domainsOf, type PlannedDomain, type PlannedMapping } from './domain-plan';

/** Custom domains: what their paths lead to, which TLS they ask for, and whose certificates they trust. */
export const domains: Check = {
  name: 'domains',
  permissions: (plan) =>
    domainsOf(plan).flatMap(({ name }) => [reading(plan, name), reading(plan, name, '/apimappings')]),
  examine: async (subject) => {
    const all = domainsOf(subject.plan);
    const findings = await Promise.all(all.map((domain) => examineDomain(domain, subject)));
    return {
      resources: all.reduce((sum, { mappings }) => sum + 1 + mappings.length, 0),
      findings: findings.flat(),
    };
  },
};

const reading = ({ partition, region }: Plan, name: string, path = ''): Permission => ({
  action: 'apigateway:GET',
  resource: `arn:${partition}:apigateway:${region}::/domainnames/${name}${path}`,
});

async function examineDomain(
  domain: PlannedDomain,
  { plan, aws: { ask, clients } }: Subject,
): Promise<readonly Finding[]> {
  const { name } = domain;
  const deploy = `npx cdktf deploy ${plan.stackId}`;
  const finding = (told: Told): Finding => ({
    at: domain.address,
    subject: `domain ${name}`,
    cause: 'It was changed in the console or by another tool.',
    fix: `${deploy} restores it; what was meant belongs in environments/.`,
    ...told,
  });
  const deployed = await ask(reading(plan, name), () =>
    clients.apiGatewayV2.send(new GetDomainNameCommand({ DomainName: name })),
  );
  if (!deployed) {
    return [
      {
        ...finding({
          code: 'domain-missing',
          severity: 'error',
          problem: 'it does not exist',
          seen: `callers of ${name} find no host, or get HTTP 403 {"message":"Forbidden"} from API Gateway`,
          cause: 'The stack was never deployed, or someone has deleted the domain.',
        }),
        fix: `${deploy}; without a hosted zone, point the name at the new output domain_target`,
      },
    ];
  }
  const mappings = await ask(reading(plan, name, '/apimappings'), async () => {
    const items: ApiMapping[] = [];
    let NextToken: string | undefined;
    do {
      const page = await clients.apiGatewayV2.send(
        new GetApiMappingsCommand({ DomainName: name, NextToken }),
      );
      items.push(...(page.Items ?? []));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    return items;
  });
  return [...domainDifferences(domain, deployed), ...mappingDifferences(domain, mappings ?? [])].map(finding);
}

const addressOf = ({ name }: PlannedDomain, key: string) => (key === '' ? name : `${name}/${key}`);

const leadsTo = (apiId: string | undefined, stage: string | undefined) => `API ${apiId}, stage ${stage}`;

function mappingDifferences(domain: PlannedDomain, deployed: readonly ApiMapping[]): readonly Told[] {
  const keyOf = ({ ApiMappingKey = '' }: ApiMapping) => ApiMappingKey;
  const own = domain.mappings.flatMap((mapping) =>
    mappingDifference(
      domain,
      mapping,
      deployed.find((candidate) => keyOf(candidate) === mapping.key),
    ),
  );
  const extra = deployed
    .filter((candidate) => !domain.mappings.some(({ key }) => key === keyOf(candidate)))
    .map((mapping): Told => {
      const address = addressOf(domain, keyOf(mapping));
      return {
        code: 'domain-mapping-extra',
        severity: 'warning',
        problem: `${address} is mapped too`,
        deployed: leadsTo(mapping.ApiId, mapping.Stage),
        seen: `whoever calls ${address} reaches that stage, past what is known of here`,
      };
    });
  return [...own, ...extra];
}

function mappingDifference(
  domain: PlannedDomain,
  { address: at, key, apiId, stage }: PlannedMapping,
  deployed: ApiMapping | undefined,
): readonly Told[] {
  const address = addressOf(domain, key);
  if (deployed?.ApiId === apiId && deployed.Stage === stage) return [];
  return [
    {
      at,
      code: deployed ? 'domain-mapping' : 'domain-mapping-missing',
      severity: 'error',
      problem: deployed ? `${address} leads elsewhere` : `${address} leads nowhere`,
      synthesized: leadsTo(apiId, stage),
      deployed: deployed ? leadsTo(deployed.ApiId, deployed.Stage) : 'none',
      seen: deployed
        ? `callers of ${address} reach another API or stage, and its queues get what they send`
        : `callers of ${address} get HTTP 403 {"message":"Forbidden"}`,
    },
  ];
}
