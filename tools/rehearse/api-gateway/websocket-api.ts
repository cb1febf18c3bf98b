import { NotSimulated } from '../../not-simulated';
import { flag, map, optionalText, text } from '../../plan/attributes';
import { type Plan, type PlanResource, type ResourceShape, resourcesOf } from '../../plan/plan';
import { PlanError } from '../../plan/plan-error';
import { compileModels, type Model } from './model';
import { type SqsIntegration, sqsIntegration } from './sqs-integration';
import { onlyStage, v2ApisOf } from './v2-apis';
import { twoWayResponses, type WebSocketResponse } from './websocket-response';

/** A WebSocket API, as far as messages go through it. */
export interface WebSocketApi {
  readonly address: string;
  readonly id: string;
  readonly stageName: string;
  /** Whether its own address is in service, that of `@connections` too. */
  readonly executeApiEndpoint: boolean;
  /** Of the route `$connect`; `NONE` without that route. */
  readonly connectAuthorization: string;
  readonly routeSelectionExpression: string;
  /** Without those for connecting and disconnecting. */
  readonly routes: readonly WebSocketRoute[];
}

export interface WebSocketRoute {
  readonly address: string;
  readonly routeKey: string;
  /** What is validated; nothing when there is no expression. */
  readonly modelSelectionExpression: string | undefined;
  readonly models: ReadonlyMap<string, Model>;
  readonly templateSelectionExpression: string | undefined;
  readonly integration: SqsIntegration;
  /** What is answered once SQS has; undefined for a one-way route, which answers nothing. */
  readonly responses: readonly WebSocketResponse[] | undefined;
}

const shapes = {
  model: { reads: ['api_id', 'name', 'schema'], ignores: ['content_type', 'description'] },
  route: {
    reads: [
      'id',
      'api_id',
      'route_key',
      'target',
      'model_selection_expression',
      'request_models',
      'route_response_selection_expression',
      'authorization_type',
    ],
    ignores: [],
  },
  integration: {
    reads: [
      'id',
      'api_id',
      'integration_type',
      'integration_method',
      'integration_uri',
      'credentials_arn',
      'passthrough_behavior',
      'request_parameters',
      'request_templates',
      'template_selection_expression',
    ],
    ignores: [],
  },
  stage: {
    reads: ['api_id', 'name'],
    ignores: [
      'access_log_settings',
      'auto_deploy',
      'default_route_settings',
      'deployment_id',
      'description',
      'tags',
    ],
  },
} satisfies Readonly<Record<string, ResourceShape>>;

/** The WebSocket APIs of a plan. @throws NotSimulated for what of them is not known here */
export function webSocketApisOf(plan: Plan): readonly WebSocketApi[] {
  return v2ApisOf(plan, 'WEBSOCKET').map((api) => {
    const id = text(api, 'id');
    const own = (type: keyof typeof shapes, name: string) =>
      resourcesOf(plan, name, shapes[type]).filter((resource) => text(resource, 'api_id') === id);
    const models = compileModels(
      id,
      own('model', 'aws_apigatewayv2_model').map((model) => ({
        name: text(model, 'name'),
        schema: text(model, 'schema'),
      })),
      api.address,
    );
    const integrations = own('integration', 'aws_apigatewayv2_integration');
    const routes = own('route', 'aws_apigatewayv2_route');
    const connect = routes.find((route) => text(route, 'route_key') === '$connect');
    const stage = onlyStage(api, own('stage', 'aws_apigatewayv2_stage'));
    return {
      address: api.address,
      id,
      stageName: text(stage, 'name'),
      executeApiEndpoint: !flag(api, 'disable_execute_api_endpoint'),
      connectAuthorization: (connect && optionalText(connect, 'authorization_type')) ?? 'NONE',
      routeSelectionExpression: text(api, 'route_selection_expression'),
      routes: routes
        .filter((route) => !['$connect', '$disconnect'].includes(text(route, 'route_key')))
        .map((route) => messageRoute(plan, route, integrations, models)),
    };
  });
}

function messageRoute(
  plan: Plan,
  route: PlanResource,
  integrations: readonly PlanResource[],
  models: ReadonlyMap<string, Model>,
): WebSocketRoute {
  const target = text(route, 'target');
  const integration = integrations.find((candidate) => target === `integrations/${text(candidate, 'id')}`);
  if (!integration)
    throw new PlanError(`${route.address}: its target ${target} is no integration of the API`);
  return {
    address: route.address,
    routeKey: text(route, 'route_key'),
    modelSelectionExpression: optionalText(route, 'model_selection_expression'),
    models: new Map(
      [...map(route, 'request_models', 'string')].map(([key, name]) => {
        const model = models.get(name);
        if (!model)
          throw new NotSimulated(route.address, `the model ${name}, which the stack does not have,`);
        return [key, model];
      }),
    ),
    templateSelectionExpression: optionalText(integration, 'template_selection_expression'),
    integration: sqsIntegration(plan, {
      address: integration.address,
      type: text(integration, 'integration_type'),
      method: text(integration, 'integration_method'),
      uri: text(integration, 'integration_uri'),
      credentials: optionalText(integration, 'credentials_arn'),
      passthroughBehavior: optionalText(integration, 'passthrough_behavior'),
      requestParameters: map(integration, 'request_parameters', 'string'),
      templates: map(integration, 'request_templates', 'string'),
    }),
    responses: twoWayResponses(plan, route, integration),
  };
}
