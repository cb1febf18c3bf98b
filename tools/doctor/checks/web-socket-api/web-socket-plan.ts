import { flag, map, optionalText, text } from '../../../plan/attributes';
import { type Plan, type PlanResource, resourcesOf } from '../../../plan/plan';
import { type SynthesizedStage, stagesOf } from './web-socket-stage-plan';

/** A WebSocket API as it was synthesized. */
export interface SynthesizedApi {
  readonly address: string;
  readonly name: string;
  /** What AWS gave it; nothing where AWS has no API of that name. */
  readonly id: string | undefined;
  /** Whether its execute-api endpoint answers. */
  readonly hasOwnAddress: boolean;
  readonly routeSelectionExpression: string;
  readonly routes: readonly SynthesizedRoute[];
  readonly models: readonly SynthesizedModel[];
  readonly stages: readonly SynthesizedStage[];
}

export interface SynthesizedRoute {
  readonly address: string;
  readonly routeKey: string;
  readonly authorizationType: string;
  readonly apiKeyRequired: boolean;
  readonly modelSelectionExpression: string | undefined;
  /** Names of models, by what the expression selects. */
  readonly requestModels: ReadonlyMap<string, string>;
  readonly routeResponseSelectionExpression: string | undefined;
  /** `$default` is the only one that API Gateway knows. */
  readonly routeResponses: readonly SynthesizedResponse[];
  readonly integration: SynthesizedIntegration | undefined;
}

export interface SynthesizedIntegration {
  readonly address: string;
  readonly type: string;
  readonly method: string | undefined;
  readonly uri: string | undefined;
  readonly credentialsArn: string | undefined;
  readonly passthroughBehavior: string;
  readonly requestParameters: ReadonlyMap<string, string>;
  readonly requestTemplates: ReadonlyMap<string, string>;
  readonly templateSelectionExpression: string | undefined;
  readonly responses: readonly SynthesizedResponse[];
}

/** An integration response or a route response. */
export interface SynthesizedResponse {
  readonly address: string;
  readonly key: string;
  readonly templateSelection: string | undefined;
  /** None of a route response. */
  readonly templates: ReadonlyMap<string, string>;
}

export interface SynthesizedModel {
  readonly address: string;
  readonly name: string;
  readonly contentType: string;
  /** JSON. */
  readonly schema: string;
}

/** The WebSocket APIs of a plan. */
export const webSocketApisOf = (plan: Plan): readonly SynthesizedApi[] =>
  named(plan, 'aws_apigatewayv2_api', [
    'id',
    'name',
    'protocol_type',
    'route_selection_expression',
    'disable_execute_api_endpoint',
  ])
    .filter(([, api]) => text(api, 'protocol_type') === 'WEBSOCKET')
    .map(([resourceName, api]) => {
      const id = text(api, 'id');
      return {
        address: api.address,
        name: text(api, 'name'),
        id: plan.known.get(`aws_apigatewayv2_api.${resourceName}.id`),
        hasOwnAddress: !flag(api, 'disable_execute_api_endpoint'),
        routeSelectionExpression: text(api, 'route_selection_expression'),
        routes: routesOf(plan, id),
        models: partsOf(plan, 'aws_apigatewayv2_model', id, ['name', 'content_type', 'schema']).map(
          (model) => ({
            address: model.address,
            name: text(model, 'name'),
            contentType: text(model, 'content_type'),
            schema: text(model, 'schema'),
          }),
        ),
        stages: stagesOf(plan, id),
      };
    });

function routesOf(plan: Plan, apiId: string): readonly SynthesizedRoute[] {
  const integrations = new Map(
    partsOf(plan, 'aws_apigatewayv2_integration', apiId, [
      'id',
      'integration_type',
      'integration_method',
      'integration_uri',
      'credentials_arn',
      'passthrough_behavior',
      'request_parameters',
      'request_templates',
      'template_selection_expression',
    ]).map((integration) => [`integrations/${text(integration, 'id')}`, integration]),
  );
  return partsOf(plan, 'aws_apigatewayv2_route', apiId, [
    'id',
    'api_key_required',
    'authorization_type',
    'model_selection_expression',
    'request_models',
    'route_key',
    'route_response_selection_expression',
    'target',
  ]).map((route) => {
    const integration = integrations.get(optionalText(route, 'target') ?? '');
    return {
      address: route.address,
      routeKey: text(route, 'route_key'),
      authorizationType: optionalText(route, 'authorization_type') ?? 'NONE',
      apiKeyRequired: flag(route, 'api_key_required'),
      modelSelectionExpression: optionalText(route, 'model_selection_expression'),
      requestModels: map(route, 'request_models', 'string'),
      routeResponseSelectionExpression: optionalText(route, 'route_response_selection_expression'),
      routeResponses: responsesOf(plan, apiId, 'route', text(route, 'id')),
      integration: integration && integrationOf(plan, apiId, integration),
    };
  });
}

const integrationOf = (plan: Plan, apiId: string, integration: PlanResource): SynthesizedIntegration => ({
  address: integration.address,
  type: text(integration, 'integration_type'),
  method: optionalText(integration, 'integration_method'),
  uri: optionalText(integration, 'integration_uri'),
  credentialsArn: optionalText(integration, 'credentials_arn'),
  // What a WebSocket API takes where nothing is written.
  passthroughBehavior: optionalText(integration, 'passthrough_behavior') ?? 'WHEN_NO_MATCH',
  requestParameters: map(integration, 'request_parameters', 'string'),
  requestTemplates: map(integration, 'request_templates', 'string'),
  templateSelectionExpression: optionalText(integration, 'template_selection_expression'),
  responses: responsesOf(plan, apiId, 'integration', text(integration, 'id')),
});

const responsesOf = (plan: Plan, apiId: string, of: 'route' | 'integration', id: string) =>
  partsOf(plan, `aws_apigatewayv2_${of}_response`, apiId, [
    `${of}_id`,
    `${of}_response_key`,
    'response_templates',
    'template_selection_expression',
  ])
    .filter((response) => text(response, `${of}_id`) === id)
    .map((response) => ({
      address: response.address,
      key: text(response, `${of}_response_key`),
      templateSelection: optionalText(response, 'template_selection_expression'),
      templates: map(response, 'response_templates', 'string'),
    }));

/** The parts of one API. */
const partsOf = (plan: Plan, type: string, apiId: string, reads: readonly string[]) =>
  resourcesOf(plan, type, { reads: ['api_id', ...reads], ignores: 'the rest' }).filter(
    (part) => text(part, 'api_id') === apiId,
  );

/** Resources by their names in the configuration. */
function named(
  plan: Plan,
  type: string,
  reads: readonly string[],
): readonly (readonly [string, PlanResource])[] {
  const names = Object.keys(plan.configuration.resource?.[type] ?? {});
  return resourcesOf(plan, type, { reads, ignores: 'the rest' }).map((resource, index) => [
    names[index] ?? '',
    resource,
  ]);
}
