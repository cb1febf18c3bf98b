import { map, optionalText, text } from '../../../plan/attributes';
import type { PlanResource } from '../../../plan/plan';

/** Where a route takes requests. */
export interface Integration {
  readonly address: string;
  /** `<account>/<queue>`; undefined for an integration that is no queue. */
  readonly queue: string | undefined;
  /** `HTTP_PROXY https://…`, or the queue's name. */
  readonly target: string;
  /** The name of the role that it calls as. */
  readonly role: string | undefined;
  /** Whether requests without a template of their content type go through as they are. */
  readonly passesOthers: boolean;
  readonly templates: ReadonlyMap<string, string>;
  /** `integration.request.header.X` → where the value comes from. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** Under which names the attributes are in API Gateway's two versions. */
interface AttributeNames {
  readonly type: string;
  readonly uri: string;
  readonly credentials: string;
  readonly templates: string;
}

/** @throws PlanError for attributes that are missing or of another type */
export function readIntegration(resource: PlanResource, names: AttributeNames): Integration {
  const uri = optionalText(resource, names.uri) ?? '';
  const queue = /^arn:[\w-]+:apigateway:[\w-]+:sqs:path\/(.+)$/.exec(uri)?.[1];
  return {
    address: resource.address,
    queue,
    target: queue === undefined ? `${text(resource, names.type)} ${uri}`.trim() : queueName(queue),
    role: optionalText(resource, names.credentials)?.split('/').at(-1),
    passesOthers: (optionalText(resource, 'passthrough_behavior') ?? 'WHEN_NO_MATCH') !== 'NEVER',
    templates: map(resource, names.templates, 'string'),
    parameters: map(resource, 'request_parameters', 'string'),
  };
}

/** @param place `<account>/<queue>` or a queue's ARN */
export const queueName = (place: string): string => place.split(/[/:]/).at(-1) ?? place;

export const isFifo = (place: string): boolean => place.endsWith('.fifo');
