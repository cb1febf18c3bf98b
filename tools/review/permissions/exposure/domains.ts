import type { Plan } from '../../../plan/plan';
import { blocksOf, listOf, textOf } from '../policies/evaluated';
import type { Setting } from './exposure-change';

/** What custom domains lead to, and whether whoever calls them must show a certificate. */
export const domainSettings = (plan: Plan): readonly Setting[] => [...mappings(plan), ...mutualTls(plan)];

/** A path that leads to another stage than before is a new way in. */
function mappings(plan: Plan): readonly Setting[] {
  const apis = ['aws_api_gateway_rest_api', 'aws_apigatewayv2_api'].flatMap((type) =>
    blocksOf(plan, type).map(([name, block]) => ({
      id: textOf(plan, `\${${type}.${name}.id}`),
      name: textOf(plan, block.name) ?? name,
    })),
  );
  return blocksOf(plan, 'aws_apigatewayv2_api_mapping').map(([name, block]) => {
    const key = textOf(plan, block.api_mapping_key) ?? '';
    const domain = textOf(plan, block.domain_name) ?? name;
    const apiId = textOf(plan, block.api_id);
    const api = apis.find(({ id }) => id !== undefined && id === apiId)?.name ?? 'unknown';
    const stage = textOf(plan, block.stage) ?? 'unknown';
    const address = key === '' ? domain : `${domain}/${key}`;
    return {
      id: `${address} leads to ${api} ${stage}`,
      what: address,
      isOpen: true,
      open: `leads to the stage ${stage} of API ${api}`,
      closed: '',
      tellsNew: true,
    };
  });
}

const mutualTls = (plan: Plan): readonly Setting[] =>
  blocksOf(plan, 'aws_apigatewayv2_domain_name').map(([name, block]) => ({
    id: `aws_apigatewayv2_domain_name.${name} mutual TLS`,
    what: `domain ${textOf(plan, block.domain_name) ?? name}`,
    isOpen: listOf(block.mutual_tls_authentication).length === 0,
    open: 'callers need no certificate',
    closed: 'callers must show a certificate',
    // That there is a new way in is told of its paths.
    tellsNew: false,
  }));
