import { NotSimulated } from '../../not-simulated';
import type { SqsAnswer } from '../sqs/query-protocol';
import { print } from '../velocity/value';
import { overrides } from './context-variable';
import type { GatewayError } from './gateway-response';
import {
  type IntegrationResponse,
  responseTemplate,
  selectIntegrationResponse,
} from './integration-response';
import { renderMappingTemplate, type TemplateRequest } from './mapping-template';
import { mediaTypeOf, noParameters } from './request-parameters';
import type { RestMethod } from './rest-api';
import { callSqs } from './sqs-integration';
import type { Surroundings } from './surroundings';

export interface IntegrationAnswer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
  readonly sqs: SqsAnswer;
}

/** A valid request through a method's integration and back, or the reason why API Gateway answers by itself. */
export function invokeMethod(
  { integration, responses }: Pick<RestMethod, 'integration' | 'responses'>,
  request: TemplateRequest,
  surroundings: Surroundings,
): IntegrationAnswer | Pick<GatewayError, 'type'> {
  const template = integration.templates.get(mediaTypeOf(request.params));
  if (template === undefined) return { type: 'UNSUPPORTED_MEDIA_TYPE' };
  const sqs = callSqs(integration, template, request, surroundings);
  const [requested] = overrides(request.context, 'requestOverride').keys();
  if (requested) throw new NotSimulated(integration.address, `$context.requestOverride.${requested}`);
  if (!sqs) return { type: 'API_CONFIGURATION_ERROR' };
  // Of an AWS service it is the HTTP status that is matched.
  const response = selectIntegrationResponse(responses, String(sqs.status));
  if (!response) return { type: 'API_CONFIGURATION_ERROR' };
  return { ...shaped(response, sqs, request), sqs };
}

function shaped(
  response: IntegrationResponse,
  { body: integrationBody, contentType }: { readonly body: string; readonly contentType: string },
  { context }: TemplateRequest,
) {
  const template = responseTemplate(response);
  const body =
    template === undefined
      ? integrationBody
      : renderMappingTemplate(
          template,
          { body: integrationBody, params: noParameters, context },
          response.address,
        );
  let { status } = response;
  const headers = new Map([['Content-Type', template === undefined ? contentType : 'application/json']]);
  for (const [name, value] of overrides(context, 'responseOverride')) {
    if (name === 'status' && typeof value === 'number') status = value;
    else if (name.startsWith('header.')) headers.set(name.slice('header.'.length), print(value));
    else throw new NotSimulated(response.address, `$context.responseOverride.${name} = ${print(value)}`);
  }
  return { status, headers, body };
}
