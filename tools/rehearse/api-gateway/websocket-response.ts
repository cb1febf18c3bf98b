import { NotSimulated } from '../../not-simulated';
import { map, optionalText, text } from '../../plan/attributes';
import { type Plan, type PlanResource, resourcesOf } from '../../plan/plan';
import { PlanError } from '../../plan/plan-error';
import type { SqsAnswer } from '../sqs/query-protocol';
import { contextVariable } from './context-variable';
import { renderMappingTemplate } from './mapping-template';
import { noParameters } from './request-parameters';

/** An integration response of a two-way route. */
export interface WebSocketResponse {
  readonly address: string;
  /** `/regular expression/`, or `$default` for what no other matches. */
  readonly key: string;
  readonly template: string;
}

const responseShape = {
  reads: [
    'api_id',
    'integration_id',
    'integration_response_key',
    'response_templates',
    'template_selection_expression',
  ],
  ignores: [],
};

const routeResponseShape = { reads: ['api_id', 'route_id', 'route_response_key'], ignores: [] };

/**
 * What a route answers with, or undefined where it is one-way: without a selection expression, whatever else is there.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-response.html
 * @throws PlanError where the expression selects no route response
 * @throws NotSimulated for responses that choose between templates or have none
 */
export function twoWayResponses(
  plan: Plan,
  route: PlanResource,
  integration: PlanResource,
): readonly WebSocketResponse[] | undefined {
  const expression = optionalText(route, 'route_response_selection_expression');
  if (expression === undefined) return undefined;
  if (expression !== '$default') {
    throw new NotSimulated(route.address, `the route response selection expression ${expression}`);
  }
  const routeResponse = resourcesOf(plan, 'aws_apigatewayv2_route_response', routeResponseShape).find(
    (response) =>
      text(response, 'route_id') === text(route, 'id') && text(response, 'route_response_key') === '$default',
  );
  if (!routeResponse)
    throw new PlanError(`${route.address}: it is two-way and has no route response $default`);
  const responses = resourcesOf(plan, 'aws_apigatewayv2_integration_response', responseShape).filter(
    (response) => text(response, 'integration_id') === text(integration, 'id'),
  );
  return responses.map((response) => {
    // An escaped dollar sign: the expression is the fixed text `$default`.
    const selects = optionalText(response, 'template_selection_expression') === '\\$default';
    const template = selects ? map(response, 'response_templates', 'string').get('$default') : undefined;
    if (template === undefined) {
      throw new NotSimulated(response.address, 'a response for which no template is selected');
    }
    return { address: response.address, key: text(response, 'integration_response_key'), template };
  });
}

/** What the client is told of SQS's answer. */
export function acknowledgementOf(
  { address }: { readonly address: string },
  responses: readonly WebSocketResponse[],
  sqs: SqsAnswer,
  context: { readonly connectionId: string; readonly requestId: string },
): string {
  const matching = responses.filter(
    ({ key, address: at }) => key !== '$default' && pattern(key, at).test(String(sqs.status)),
  );
  if (matching.length > 1)
    throw new NotSimulated(address, `a choice between ${matching.map(({ key }) => key)}`);
  const response = matching[0] ?? responses.find(({ key }) => key === '$default');
  if (!response) throw new NotSimulated(address, `no response to ${sqs.status} of its integration`);
  return renderMappingTemplate(
    response.template,
    { body: sqs.body, params: noParameters, context: contextVariable(context) },
    response.address,
  );
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-selection-expressions.html */
function pattern(key: string, address: string): RegExp {
  const source = /^\/(.+)\/$/s.exec(key)?.[1];
  if (source === undefined) throw new NotSimulated(address, `the integration response key ${key}`);
  try {
    return new RegExp(`^(?:${source})$`);
  } catch {
    throw new NotSimulated(address, `the integration response key ${key}`);
  }
}
