import { type Policy, parsePolicy } from '../../iam/policy';
import { NotSimulated } from '../../not-simulated';
import { flag, map, optionalText, text } from '../../plan/attributes';
import { type Plan, type PlanResource, resourcesOf } from '../../plan/plan';
import { PlanError } from '../../plan/plan-error';
import type { GatewayResponse } from './gateway-response';
import type { IntegrationResponse } from './integration-response';
import { compileModels, type Model } from './model';
import { authorizerOf, type RequestAuthorizer } from './request-authorizer';
import { checkContentHandling } from './request-body';
import { restShapes } from './rest-shapes';
import { type SqsIntegration, sqsIntegration } from './sqs-integration';
import { type UsagePlan, usagePlansOf } from './usage-plan';

/** A REST API and the stage that serves it. */
export interface RestApi {
  readonly address: string;
  readonly id: string;
  readonly stageName: string;
  /** Whether its own address is in service. */
  readonly executeApiEndpoint: boolean;
  /** `arn:…:execute-api:<region>:<account>:<api>/<stage>` */
  readonly stageArn: string;
  /** Without one everyone may call. */
  readonly resourcePolicy: Policy | undefined;
  /** Those of a private API; nothing for a regional one. */
  readonly vpcEndpointIds: readonly string[] | undefined;
  readonly methods: readonly RestMethod[];
  /** Of its stage. */
  readonly usagePlans: readonly UsagePlan[];
  /** Media types whose bodies are bytes, for every method. */
  readonly binaryMediaTypes: readonly string[];
  /** By type. */
  readonly gatewayResponses: ReadonlyMap<string, GatewayResponse>;
}

export interface RestMethod {
  readonly address: string;
  readonly httpMethod: string;
  /** With its leading slash, without the stage. */
  readonly path: string;
  /** What it asks for, beside what an authorizer does. */
  readonly authorization: 'NONE' | 'AWS_IAM';
  readonly apiKeyRequired: boolean;
  /** Who is asked about each request. */
  readonly authorizer?: RequestAuthorizer;
  /** Such as `method.request.header.Content-Type`; empty where nothing validates them. */
  readonly requiredParameters: readonly string[];
  /** By content type, `$default` for all others; empty where nothing validates bodies. */
  readonly models: ReadonlyMap<string, Model>;
  readonly integration: SqsIntegration;
  readonly responses: readonly IntegrationResponse[];
}

/** The REST APIs of a plan. @throws NotSimulated for what of them is not known here */
export function restApisOf(plan: Plan): readonly RestApi[] {
  return resourcesOf(plan, 'aws_api_gateway_rest_api', restShapes.restApi).map((api) => {
    const id = text(api, 'id');
    const own = (type: keyof typeof restShapes, name: string) =>
      resourcesOf(plan, name, restShapes[type]).filter((resource) => text(resource, 'rest_api_id') === id);
    const [stage, ...otherStages] = own('stage', 'aws_api_gateway_stage');
    if (!stage || otherStages.length > 0) {
      throw new NotSimulated(
        api.address,
        `an API with ${otherStages.length > 0 ? 'several stages' : 'no stage'}`,
      );
    }
    const [policy] = own('policy', 'aws_api_gateway_rest_api_policy');
    const stageName = text(stage, 'stage_name');
    return {
      address: api.address,
      id,
      stageName,
      executeApiEndpoint: !flag(api, 'disable_execute_api_endpoint'),
      stageArn: `arn:${plan.partition}:execute-api:${plan.region}:${plan.accountId}:${id}/${stageName}`,
      resourcePolicy: policy && parsePolicy({ address: policy.address, json: text(policy, 'policy') }),
      vpcEndpointIds: vpcEndpointIdsOf(api),
      methods: methods(plan, api, own),
      usagePlans: usagePlansOf(plan, id, stageName),
      binaryMediaTypes: binaryMediaTypes(api),
      gatewayResponses: new Map(
        own('gatewayResponse', 'aws_api_gateway_gateway_response').map((response) => [
          text(response, 'response_type'),
          gatewayResponse(response),
        ]),
      ),
    };
  });
}

function vpcEndpointIdsOf({ address, attributes }: PlanResource): readonly string[] | undefined {
  const { types, vpc_endpoint_ids: ids } = (attributes.get('endpoint_configuration') ?? {}) as {
    readonly types?: readonly string[];
    readonly vpc_endpoint_ids?: readonly string[];
  };
  if (types?.join() === 'PRIVATE') return ids ?? [];
  if (types?.join() !== 'REGIONAL') throw new NotSimulated(address, `the endpoint type ${types ?? 'EDGE'}`);
  return undefined;
}

function binaryMediaTypes(api: PlanResource): readonly string[] {
  const types = (api.attributes.get('binary_media_types') ?? []) as readonly string[];
  const wildcard = types.find((type) => type.includes('*') || type !== type.toLowerCase());
  if (wildcard) throw new NotSimulated(api.address, `the binary media type ${wildcard}`);
  return types;
}

type Own = (type: keyof typeof restShapes, name: string) => readonly PlanResource[];

function methods(plan: Plan, api: PlanResource, own: Own): readonly RestMethod[] {
  const paths = pathsOf(api, own('resource', 'aws_api_gateway_resource'));
  const validators = own('validator', 'aws_api_gateway_request_validator');
  const models = compileModels(
    text(api, 'id'),
    own('model', 'aws_api_gateway_model').map((model) => ({
      name: text(model, 'name'),
      schema: text(model, 'schema'),
    })),
    api.address,
  );
  const authorizers = own('authorizer', 'aws_api_gateway_authorizer');
  const integrations = own('integration', 'aws_api_gateway_integration');
  const responses = own('integrationResponse', 'aws_api_gateway_integration_response');
  return own('method', 'aws_api_gateway_method').map((method) => {
    const { address } = method;
    const authorization = text(method, 'authorization') === 'AWS_IAM' ? 'AWS_IAM' : 'NONE';
    const authorizer = authorization === 'AWS_IAM' ? undefined : authorizerOf(plan, method, authorizers);
    const sameMethod = (other: PlanResource) =>
      text(other, 'resource_id') === text(method, 'resource_id') &&
      text(other, 'http_method') === text(method, 'http_method');
    const validatorId = optionalText(method, 'request_validator_id');
    const validator = validators.find((candidate) => text(candidate, 'id') === validatorId);
    const integration = integrations.find(sameMethod);
    if (!integration) throw new PlanError(`${address} has no integration`);
    return {
      address,
      httpMethod: text(method, 'http_method'),
      path: paths(text(method, 'resource_id')),
      authorization,
      apiKeyRequired: flag(method, 'api_key_required'),
      ...(authorizer && { authorizer }),
      requiredParameters:
        validator && flag(validator, 'validate_request_parameters')
          ? [...map(method, 'request_parameters', 'boolean')]
              .filter(([, required]) => required)
              .map(([name]) => name)
          : [],
      models:
        validator && flag(validator, 'validate_request_body')
          ? modelsByType(method, models)
          : new Map<string, Model>(),
      integration: sqsIntegration(plan, {
        address: integration.address,
        type: text(integration, 'type'),
        method: text(integration, 'integration_http_method'),
        uri: text(integration, 'uri'),
        credentials: optionalText(integration, 'credentials'),
        passthroughBehavior: optionalText(integration, 'passthrough_behavior'),
        requestParameters: map(integration, 'request_parameters', 'string'),
        contentHandling: checkContentHandling(
          integration.address,
          optionalText(integration, 'content_handling'),
        ),
        templates: map(integration, 'request_templates', 'string'),
      }),
      responses: responses.filter(sameMethod).map((response) => ({
        address: response.address,
        status: Number(text(response, 'status_code')),
        selectionPattern: optionalText(response, 'selection_pattern'),
        contentHandling: checkContentHandling(response.address, optionalText(response, 'content_handling')),
        templates: map(response, 'response_templates', 'string'),
      })),
    };
  });
}

/** The path of a resource by its id. */
function pathsOf(api: PlanResource, resources: readonly PlanResource[]): (resourceId: string) => string {
  const path = (resourceId: string): string => {
    if (resourceId === text(api, 'root_resource_id')) return '';
    const resource = resources.find((candidate) => text(candidate, 'id') === resourceId);
    if (!resource) throw new PlanError(`${api.address}: no resource has the id ${resourceId}`);
    const part = text(resource, 'path_part');
    if (part.includes('{')) throw new NotSimulated(resource.address, `the path variable ${part}`);
    return `${path(text(resource, 'parent_id'))}/${part}`;
  };
  return (resourceId) => path(resourceId) || '/';
}

function modelsByType(method: PlanResource, models: ReadonlyMap<string, Model>): ReadonlyMap<string, Model> {
  return new Map(
    [...map(method, 'request_models', 'string')].map(([contentType, name]) => {
      const model = models.get(name);
      if (!model) throw new NotSimulated(method.address, `the model ${name}, which the stack does not have,`);
      return [contentType, model];
    }),
  );
}

function gatewayResponse(response: PlanResource): GatewayResponse {
  const status = optionalText(response, 'status_code');
  const templates = map(response, 'response_templates', 'string');
  const other = [...templates.keys()].find((contentType) => contentType !== 'application/json');
  if (other) throw new NotSimulated(response.address, `a template for ${other}`);
  return {
    address: response.address,
    status: status === undefined ? undefined : Number(status),
    template: templates.get('application/json'),
  };
}
