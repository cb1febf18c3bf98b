import { flag, map, optionalText, text } from '../../../plan/attributes';
import type { Plan, PlanResource } from '../../../plan/plan';
import { optionalBlock } from '../../../rehearse/pipe/blocks';
import { restPaths } from '../../affected';
import { authorizersOf, type SynthesizedAuthorizer } from './rest-authorizer-plan';
import { integrationOf, partsOf, read, type SynthesizedIntegration } from './rest-integration-plan';
import { type SynthesizedStage, stagesOf } from './rest-stage-plan';

/** A REST API as it was synthesized. */
export interface SynthesizedRestApi {
  readonly address: string;
  readonly name: string;
  /** What AWS gave it; nothing where AWS has no API of that name. */
  readonly id: string | undefined;
  readonly hasOwnAddress: boolean;
  readonly endpointTypes: readonly string[];
  readonly ipAddressType: string | undefined;
  readonly binaryMediaTypes: readonly string[];
  /** In bytes; nothing where nothing is compressed. */
  readonly minimumCompressionSize: number | undefined;
  readonly policy: { readonly address: string; readonly json: string } | undefined;
  readonly routes: readonly SynthesizedRoute[];
  readonly authorizers: readonly SynthesizedAuthorizer[];
  readonly models: readonly SynthesizedModel[];
  readonly gatewayResponses: readonly SynthesizedGatewayResponse[];
  readonly stages: readonly SynthesizedStage[];
}

/** A method of a path, with all that belongs to it. */
export interface SynthesizedRoute {
  readonly address: string;
  /** As callers know it: `POST /v1/bizppurio/delivery-results`. */
  readonly name: string;
  readonly httpMethod: string;
  /** With its leading slash, without the stage. */
  readonly path: string;
  readonly authorization: string;
  /** Within the plan; nothing where it asks none. */
  readonly authorizerId: string | undefined;
  readonly apiKeyRequired: boolean;
  readonly validator: SynthesizedValidator | undefined;
  /** `method.request.header.X-Signature` → whether a request without it is refused. */
  readonly requestParameters: ReadonlyMap<string, boolean>;
  /** Names of models, by content type. */
  readonly requestModels: ReadonlyMap<string, string>;
  readonly integration: SynthesizedIntegration | undefined;
}

export interface SynthesizedValidator {
  readonly address: string;
  readonly name: string;
  readonly validatesBody: boolean;
  readonly validatesParameters: boolean;
}

export interface SynthesizedModel {
  readonly address: string;
  readonly name: string;
  /** JSON. */
  readonly schema: string;
}

export interface SynthesizedGatewayResponse {
  readonly address: string;
  readonly type: string;
  /** Nothing where API Gateway's own stands. */
  readonly statusCode: string | undefined;
  readonly templates: ReadonlyMap<string, string>;
  /** `gatewayresponse.header.…` → where the value comes from. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** The REST APIs of a plan. */
export const restApisOf = (plan: Plan): readonly SynthesizedRestApi[] => {
  const names = Object.keys(plan.configuration.resource?.aws_api_gateway_rest_api ?? {});
  return read(plan, 'aws_api_gateway_rest_api', [
    'id',
    'binary_media_types',
    'disable_execute_api_endpoint',
    'endpoint_configuration',
    'minimum_compression_size',
    'name',
  ]).map((api, index) => {
    const id = text(api, 'id');
    const endpoint = optionalBlock(api, 'endpoint_configuration', ['types', 'ip_address_type']);
    const compression = optionalText(api, 'minimum_compression_size');
    const stages = stagesOf(plan, id);
    const [policy] = partsOf(plan, 'aws_api_gateway_rest_api_policy', id, ['policy']);
    return {
      address: api.address,
      name: text(api, 'name'),
      id: plan.known.get(`aws_api_gateway_rest_api.${names[index]}.id`),
      hasOwnAddress: !flag(api, 'disable_execute_api_endpoint'),
      // What AWS takes where nothing is written.
      endpointTypes: listOf(endpoint, 'types') ?? ['EDGE'],
      ipAddressType: endpoint && optionalText(endpoint, 'ip_address_type'),
      binaryMediaTypes: listOf(api, 'binary_media_types') ?? [],
      minimumCompressionSize: compression === undefined ? undefined : Number(compression),
      policy: policy && { address: policy.address, json: text(policy, 'policy') },
      routes: routesOf(plan, id, stages[0]?.name),
      authorizers: authorizersOf(plan, id),
      models: partsOf(plan, 'aws_api_gateway_model', id, ['name', 'schema']).map((model) => ({
        address: model.address,
        name: text(model, 'name'),
        schema: text(model, 'schema'),
      })),
      gatewayResponses: partsOf(plan, 'aws_api_gateway_gateway_response', id, [
        'response_parameters',
        'response_templates',
        'response_type',
        'status_code',
      ]).map((response) => ({
        address: response.address,
        type: text(response, 'response_type'),
        statusCode: optionalText(response, 'status_code'),
        templates: map(response, 'response_templates', 'string'),
        parameters: map(response, 'response_parameters', 'string'),
      })),
      stages,
    };
  });
};

/** As callers know a route. */
export const routeName = (stage: string | undefined, httpMethod: string, path: string): string =>
  `${httpMethod} ${stage === undefined ? '' : `/${stage}`}${path}`;

function routesOf(plan: Plan, apiId: string, stage: string | undefined): readonly SynthesizedRoute[] {
  const pathOf = restPaths(plan);
  const validators = new Map(
    partsOf(plan, 'aws_api_gateway_request_validator', apiId, [
      'id',
      'name',
      'validate_request_body',
      'validate_request_parameters',
    ]).map((validator) => [
      text(validator, 'id'),
      {
        address: validator.address,
        name: text(validator, 'name'),
        validatesBody: flag(validator, 'validate_request_body'),
        validatesParameters: flag(validator, 'validate_request_parameters'),
      },
    ]),
  );
  return partsOf(plan, 'aws_api_gateway_method', apiId, [
    'api_key_required',
    'authorization',
    'authorizer_id',
    'http_method',
    'request_models',
    'request_parameters',
    'request_validator_id',
    'resource_id',
  ]).map((method) => {
    const path = pathOf(text(method, 'resource_id')) || '/';
    const httpMethod = text(method, 'http_method');
    return {
      address: method.address,
      name: routeName(stage, httpMethod, path),
      httpMethod,
      path,
      authorization: text(method, 'authorization'),
      authorizerId: optionalText(method, 'authorizer_id'),
      apiKeyRequired: flag(method, 'api_key_required'),
      validator: validators.get(optionalText(method, 'request_validator_id') ?? ''),
      requestParameters: map(method, 'request_parameters', 'boolean'),
      requestModels: map(method, 'request_models', 'string'),
      integration: integrationOf(plan, apiId, method),
    };
  });
}

const listOf = (resource: PlanResource | undefined, attribute: string) =>
  resource?.attributes.get(attribute) as readonly string[] | undefined;
