import type { ConfiguredResource } from './configured-stack';
import { type Fields, textOf } from './record';
import { referencesIn } from './references';

type Resources = ReadonlyMap<string, ConfiguredResource>;

/** What AWS calls a resource, by the attributes that say so. */
const naming = [
  'name',
  'function_name',
  'bucket',
  'alarm_name',
  'dashboard_name',
  'domain_name',
  'stage_name',
  'response_type',
  'route_key',
  'url',
];

/** Whether an attribute is what AWS calls its resource by. */
export const isName = (attribute: string): boolean => naming.includes(attribute);

/** What a resource belongs to, and is known by where it has no name of its own. */
const owning = [
  'queue_url',
  'bucket',
  'event_source_arn',
  'route_id',
  'integration_id',
  'role',
  'rest_api_id',
  'api_id',
];

/** What people know a resource by; nothing where there is nothing. */
export function nameOf(resource: ConfiguredResource, resources: Resources): string | undefined {
  const { type, attributes, address } = resource;
  if (type === 'aws_kms_key') return aliasOf(address, resources) ?? textOf(attributes.description);
  if (type === 'aws_api_gateway_resource') return pathOf(resource, resources);
  if ('http_method' in attributes) return methodName(attributes, resources);
  if (type === 'aws_lambda_event_source_mapping') return mappingName(attributes, resources);
  return nameIn(attributes) ?? ownerName(resource, resources);
}

/** The name that a resource has by its own attributes. */
export const nameIn = (attributes: Fields): string | undefined =>
  naming
    .map((name) => textOf(attributes[name]))
    .find((value) => value !== undefined && value !== '' && !value.includes('${'));

function ownerName({ attributes, address }: ConfiguredResource, resources: Resources): string | undefined {
  const owner = owning
    .map((attribute) => referred(attributes[attribute], resources))
    .find((found) => found !== undefined && found.address !== address);
  return owner && nameIn(owner.attributes);
}

function referred(value: unknown, resources: Resources): ConfiguredResource | undefined {
  const [reference] = typeof value === 'string' ? referencesIn(value) : [];
  return reference && resources.get(reference.address);
}

function aliasOf(address: string, resources: Resources): string | undefined {
  for (const { type, attributes } of resources.values()) {
    if (type === 'aws_kms_alias' && referred(attributes.target_key_id, resources)?.address === address) {
      return textOf(attributes.name);
    }
  }
  return undefined;
}

/** A longer chain is a circle. */
const deepest = 50;

function pathOf(resource: ConfiguredResource, resources: Resources): string | undefined {
  const parts: string[] = [];
  let at: ConfiguredResource | undefined = resource;
  while (at?.type === 'aws_api_gateway_resource' && parts.length < deepest) {
    parts.unshift(textOf(at.attributes.path_part) ?? '?');
    at = referred(at.attributes.parent_id, resources);
  }
  return `/${parts.join('/')}`;
}

/** `POST /payments/events`, and the status of a response. */
function methodName(attributes: Fields, resources: Resources): string | undefined {
  const method = textOf(attributes.http_method);
  const path = referred(attributes.resource_id, resources);
  const status = textOf(attributes.status_code);
  return [method, path ? pathOf(path, resources) : undefined, status].filter(Boolean).join(' ') || undefined;
}

/** `prod-websocket-messages.fifo → prod-reply` */
function mappingName(attributes: Fields, resources: Resources): string | undefined {
  const ends = [attributes.event_source_arn, attributes.function_name].map((value) => {
    const owner = referred(value, resources);
    return (owner && nameIn(owner.attributes)) ?? textOf(value)?.split(':').at(-1);
  });
  return ends.every((end) => end !== undefined) ? ends.join(' → ') : undefined;
}
