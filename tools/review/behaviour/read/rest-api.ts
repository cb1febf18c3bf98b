import { flag, map, optionalText, text } from '../../../plan/attributes';
import type { PlanResource } from '../../../plan/plan';
import { PlanError } from '../../../plan/plan-error';
import type { IntegrationResponse } from '../../../rehearse/api-gateway/integration-response';
import { type Integration, readIntegration } from './integration';
import { modelsOf, namedModels, type ReadModel } from './models';
import { type StackReader, shown } from './stack-reader';
import type { Own } from './v2-api';

/** A REST API as its callers meet it. */
export interface RestApi {
  readonly address: string;
  readonly name: string;
  readonly stageName: string;
  /** Settings of its address, in words. */
  readonly endpoint: ReadonlyMap<string, string>;
  readonly gatewayResponses: ReadonlyMap<string, GatewayResponse>;
  readonly routes: readonly Route[];
}

export interface GatewayResponse {
  readonly address: string;
  readonly status: number | undefined;
  readonly template: string | undefined;
  /** `gatewayresponse.header.X` → where the value comes from. */
  readonly parameters: ReadonlyMap<string, string>;
}

export interface Route {
  readonly address: string;
  readonly httpMethod: string;
  /** With its leading slash, without the stage. */
  readonly path: string;
  readonly authorization: string;
  readonly apiKeyRequired: boolean;
  /** Headers and query strings that are named, `method.request.header.X`; true where one is required. */
  readonly parameters: ReadonlyMap<string, boolean>;
  readonly validatesParameters: boolean;
  readonly validatesBody: boolean;
  /** By content type; undefined where they could not be read. */
  readonly models: ReadonlyMap<string, ReadModel> | undefined;
  /** Undefined where it could not be read. */
  readonly integration: Integration | undefined;
  readonly responses: readonly Response[];
}

export interface Response extends IntegrationResponse {
  /** `method.response.header.X` → where the value comes from. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** The REST APIs of a stack that have a stage. */
export function restApisOf(reader: StackReader): readonly RestApi[] {
  const apis = reader.each('aws_api_gateway_rest_api', [
    'id',
    'root_resource_id',
    'name',
    ...endpointAttributes,
  ]);
  return reader
    .all(apis, (api) => {
      const own = (type: string, reads: readonly string[]) =>
        reader
          .each(type, ['rest_api_id', ...reads])
          .filter(({ attributes }) => attributes.get('rest_api_id') === text(api, 'id'));
      const [stage] = own('aws_api_gateway_stage', ['stage_name']);
      if (!stage) return [];
      return [
        {
          address: api.address,
          name: text(api, 'name'),
          stageName: text(stage, 'stage_name'),
          endpoint: endpointOf(api),
          gatewayResponses: new Map(
            reader.all(
              own('aws_api_gateway_gateway_response', [
                'response_type',
                'status_code',
                'response_templates',
                'response_parameters',
              ]),
              (response) => [text(response, 'response_type'), gatewayResponse(response)] as const,
            ),
          ),
          routes: routesOf(reader, api, own),
        },
      ];
    })
    .flat();
}

const endpointAttributes = [
  'disable_execute_api_endpoint',
  'endpoint_configuration',
  'binary_media_types',
  'minimum_compression_size',
];

const endpointOf = ({ attributes }: PlanResource): ReadonlyMap<string, string> =>
  new Map(
    endpointAttributes.flatMap((attribute): (readonly [string, string])[] => {
      const value = attributes.get(attribute);
      if (attribute === 'disable_execute_api_endpoint') return [[attribute, shown(value) ?? 'false']];
      if (attribute !== 'endpoint_configuration') return [[attribute, shown(value) ?? 'none']];
      const block = [value ?? {}].flat()[0] as Readonly<Record<string, unknown>>;
      return [
        ['types', [block.types ?? 'EDGE'].flat().join(', ')],
        ['ip_address_type', shown(block.ip_address_type) ?? "API Gateway's own choice"],
      ];
    }),
  );

function routesOf(reader: StackReader, api: PlanResource, own: Own): readonly Route[] {
  const resources = own('aws_api_gateway_resource', ['id', 'parent_id', 'path_part']);
  const validators = own('aws_api_gateway_request_validator', [
    'id',
    'validate_request_body',
    'validate_request_parameters',
  ]);
  const models = modelsOf(reader, text(api, 'id'), own('aws_api_gateway_model', ['name', 'schema']));
  const place = ['resource_id', 'http_method'];
  const integrations = own('aws_api_gateway_integration', [
    ...place,
    'type',
    'uri',
    'credentials',
    'passthrough_behavior',
    'request_templates',
    'request_parameters',
  ]);
  const responses = own('aws_api_gateway_integration_response', [
    ...place,
    'status_code',
    'selection_pattern',
    'response_templates',
    'response_parameters',
  ]);
  const methods = own('aws_api_gateway_method', [
    ...place,
    'authorization',
    'api_key_required',
    'request_models',
    'request_parameters',
    'request_validator_id',
  ]);
  return reader.all(methods, (method) => {
    const same = ({ attributes }: PlanResource) =>
      place.every((attribute) => attributes.get(attribute) === method.attributes.get(attribute));
    const validator = validators.find(
      ({ attributes }) => attributes.get('id') === method.attributes.get('request_validator_id'),
    );
    const integration = integrations.find(same);
    return {
      address: method.address,
      httpMethod: text(method, 'http_method'),
      path: pathOf(api, resources, text(method, 'resource_id')),
      authorization: text(method, 'authorization'),
      apiKeyRequired: flag(method, 'api_key_required'),
      parameters: map(method, 'request_parameters', 'boolean'),
      validatesParameters: validator !== undefined && flag(validator, 'validate_request_parameters'),
      validatesBody: validator !== undefined && flag(validator, 'validate_request_body'),
      models: namedModels(reader, method, models),
      integration:
        integration &&
        reader.attempt(integration, () =>
          readIntegration(integration, {
            type: 'type',
            uri: 'uri',
            credentials: 'credentials',
            templates: 'request_templates',
          }),
        ),
      responses: reader.all(responses.filter(same), (response) => ({
        address: response.address,
        status: Number(text(response, 'status_code')),
        selectionPattern: optionalText(response, 'selection_pattern'),
        templates: map(response, 'response_templates', 'string'),
        parameters: map(response, 'response_parameters', 'string'),
      })),
    };
  });
}

/** @throws PlanError for a resource that the API does not have */
function pathOf(api: PlanResource, resources: readonly PlanResource[], resourceId: string): string {
  const parts: string[] = [];
  for (let id = resourceId; id !== text(api, 'root_resource_id'); ) {
    const resource = resources.find(({ attributes }) => attributes.get('id') === id);
    if (!resource || parts.length > resources.length) {
      throw new PlanError(`${api.address}: no path leads to the resource ${id}`);
    }
    parts.unshift(text(resource, 'path_part'));
    id = text(resource, 'parent_id');
  }
  return `/${parts.join('/')}`;
}

function gatewayResponse(response: PlanResource): GatewayResponse {
  const status = optionalText(response, 'status_code');
  return {
    address: response.address,
    status: status === undefined ? undefined : Number(status),
    template: map(response, 'response_templates', 'string').get('application/json'),
    parameters: map(response, 'response_parameters', 'string'),
  };
}
