import { map, optionalText, text } from '../../../plan/attributes';
import type { PlanResource } from '../../../plan/plan';
import { type Integration, readIntegration } from './integration';
import { modelsOf, namedModels, type ReadModel } from './models';
import type { StackReader } from './stack-reader';
import { type Own, type V2Api, v2ApisOf } from './v2-api';

/** A WebSocket API as its clients meet it. */
export interface WebSocketApi extends V2Api {
  readonly routeSelection: string;
  readonly routes: readonly WebSocketRoute[];
}

export interface WebSocketRoute {
  readonly address: string;
  readonly key: string;
  readonly authorization: string;
  readonly apiKeyRequired: boolean;
  /** By what the model selection expression gives; undefined where they could not be read. */
  readonly models: ReadonlyMap<string, ReadModel> | undefined;
  readonly modelSelection: string | undefined;
  readonly templateSelection: string | undefined;
  readonly integration: Integration | undefined;
  /** What is answered at once, by the key that SQS's status selects; undefined where nothing is. */
  readonly acknowledgements: ReadonlyMap<string, string> | undefined;
}

/** The WebSocket APIs of a stack that have a stage. */
export const webSocketApisOf = (reader: StackReader): readonly WebSocketApi[] =>
  v2ApisOf(reader, 'WEBSOCKET', 'route_selection_expression', (api, own) => ({
    routeSelection: text(api, 'route_selection_expression'),
    routes: routesOf(reader, api, own),
  }));

function routesOf(reader: StackReader, api: PlanResource, own: Own): readonly WebSocketRoute[] {
  const models = modelsOf(reader, text(api, 'id'), own('aws_apigatewayv2_model', ['name', 'schema']));
  const integrations = own('aws_apigatewayv2_integration', [
    'id',
    'integration_type',
    'integration_uri',
    'credentials_arn',
    'passthrough_behavior',
    'request_templates',
    'request_parameters',
    'template_selection_expression',
  ]);
  const routes = own('aws_apigatewayv2_route', [
    'route_key',
    'target',
    'authorization_type',
    'api_key_required',
    'model_selection_expression',
    'request_models',
    'route_response_selection_expression',
  ]);
  const responses = own('aws_apigatewayv2_integration_response', [
    'integration_id',
    'integration_response_key',
    'response_templates',
  ]);
  return reader.all(routes, (route) => {
    const integration = integrations.find(
      ({ attributes }) => route.attributes.get('target') === `integrations/${attributes.get('id')}`,
    );
    return {
      address: route.address,
      key: text(route, 'route_key'),
      authorization: optionalText(route, 'authorization_type') ?? 'NONE',
      apiKeyRequired: route.attributes.get('api_key_required') === true,
      models: namedModels(reader, route, models),
      modelSelection: optionalText(route, 'model_selection_expression'),
      templateSelection: integration && optionalText(integration, 'template_selection_expression'),
      integration:
        integration &&
        reader.attempt(integration, () =>
          readIntegration(integration, {
            type: 'integration_type',
            uri: 'integration_uri',
            credentials: 'credentials_arn',
            templates: 'request_templates',
          }),
        ),
      acknowledgements:
        optionalText(route, 'route_response_selection_expression') === undefined
          ? undefined
          : new Map(
              responses
                .filter(
                  ({ attributes }) => attributes.get('integration_id') === integration?.attributes.get('id'),
                )
                .map((response) => [
                  text(response, 'integration_response_key'),
                  [...map(response, 'response_templates', 'string').values()].join(),
                ]),
            ),
    };
  });
}
