import { map, optionalText, text } from '../../../plan/attributes';
import { type Plan, type PlanResource, resourcesOf } from '../../../plan/plan';

export interface SynthesizedIntegration {
  readonly address: string;
  readonly type: string;
  readonly method: string | undefined;
  readonly uri: string | undefined;
  readonly credentials: string | undefined;
  readonly passthroughBehavior: string;
  readonly requestParameters: ReadonlyMap<string, string>;
  /** By content type. */
  readonly requestTemplates: ReadonlyMap<string, string>;
  readonly contentHandling: string | undefined;
  readonly timeoutMilliseconds: number;
  readonly responses: readonly SynthesizedResponse[];
}

/** An integration response. */
export interface SynthesizedResponse {
  readonly address: string;
  readonly statusCode: string;
  /** Nothing for the one that answers whatever no other matches. */
  readonly selectionPattern: string | undefined;
  readonly templates: ReadonlyMap<string, string>;
}

/** What a method's requests are turned into, and answered with. */
export function integrationOf(
  plan: Plan,
  apiId: string,
  method: PlanResource,
): SynthesizedIntegration | undefined {
  const ofMethod = (type: string, reads: readonly string[]) =>
    partsOf(plan, type, apiId, ['http_method', 'resource_id', ...reads]).filter(
      (part) =>
        text(part, 'resource_id') === text(method, 'resource_id') &&
        text(part, 'http_method') === text(method, 'http_method'),
    );
  const [integration] = ofMethod('aws_api_gateway_integration', [
    'content_handling',
    'credentials',
    'integration_http_method',
    'passthrough_behavior',
    'request_parameters',
    'request_templates',
    'timeout_milliseconds',
    'type',
    'uri',
  ]);
  if (!integration) return undefined;
  return {
    address: integration.address,
    type: text(integration, 'type'),
    method: optionalText(integration, 'integration_http_method'),
    uri: optionalText(integration, 'uri'),
    credentials: optionalText(integration, 'credentials'),
    // What AWS takes where nothing is written, as is the time below.
    passthroughBehavior: optionalText(integration, 'passthrough_behavior') ?? 'WHEN_NO_MATCH',
    requestParameters: map(integration, 'request_parameters', 'string'),
    requestTemplates: map(integration, 'request_templates', 'string'),
    contentHandling: optionalText(integration, 'content_handling'),
    timeoutMilliseconds: Number(integration.attributes.get('timeout_milliseconds') ?? 29_000),
    responses: ofMethod('aws_api_gateway_integration_response', [
      'response_templates',
      'selection_pattern',
      'status_code',
    ]).map((response) => ({
      address: response.address,
      statusCode: text(response, 'status_code'),
      selectionPattern: optionalText(response, 'selection_pattern') || undefined,
      templates: map(response, 'response_templates', 'string'),
    })),
  };
}

export const read = (plan: Plan, type: string, reads: readonly string[]) =>
  resourcesOf(plan, type, { reads, ignores: 'the rest' });

/** The parts of one API. */
export const partsOf = (plan: Plan, type: string, apiId: string, reads: readonly string[]) =>
  read(plan, type, ['rest_api_id', ...reads]).filter((part) => text(part, 'rest_api_id') === apiId);
