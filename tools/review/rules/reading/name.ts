import { type Fields, valueAt } from './fields';
import { attributeOf, type RuleResource } from './system';

/** What a person calls the resource; nothing where it has no name of its own. */
export function nameOf(resource: RuleResource): string | undefined {
  if (resource.type === 'aws_api_gateway_method' || resource.type === 'aws_api_gateway_integration') {
    return `${own(resource, 'http_method') ?? ''} ${pathOf(resource)}`.trim();
  }
  return ['name', 'function_name', 'stage_name', 'route_key', 'domain_name', 'bucket']
    .map((attribute) => own(resource, attribute))
    .find((name) => name !== undefined);
}

function own(fields: Fields, attribute: string): string | undefined {
  const value = valueAt(fields, attribute);
  return typeof value === 'string' && !value.includes('${') ? value : undefined;
}

/** Path of the API's resource that a method belongs to. */
function pathOf(method: RuleResource): string {
  const resources = method.stack.resources('aws_api_gateway_resource');
  const parts: string[] = [];
  let id = valueAt(method, 'resource_id');
  while (parts.length < resources.length) {
    const part = resources.find((resource) => attributeOf(resource, 'id') === id);
    if (!part) break;
    parts.unshift(own(part, 'path_part') ?? '…');
    id = valueAt(part, 'parent_id');
  }
  return `/${parts.join('/')}`;
}
