import { NotSimulated } from '../../not-simulated';
import { flag, map, optionalText, text } from '../../plan/attributes';
import { type Plan, type PlanResource, type ResourceShape, resourcesOf } from '../../plan/plan';
import { PlanError } from '../../plan/plan-error';
import { type Cors, corsOf } from './http-cors';
import { type HttpIntegration, httpIntegration } from './http-integration';
import type { JwtAuthorizer } from './jwt-authorizer';
import { onlyStage, v2ApisOf } from './v2-apis';

/** An HTTP API and the stage that serves it. */
export interface HttpApi {
  readonly address: string;
  readonly id: string;
  readonly stageName: string;
  /** Whether its own address is in service, beside those of custom domains. */
  readonly executeApiEndpoint: boolean;
  /** Without it preflights are requests like any other. */
  readonly cors: Cors | undefined;
  readonly routes: readonly HttpRoute[];
}

export interface HttpRoute {
  readonly address: string;
  readonly httpMethod: string;
  /** With its leading slash, without the stage. */
  readonly path: string;
  /** Without one anyone may call. */
  readonly authorizer: JwtAuthorizer | undefined;
  /** One of these must be in a token; any token will do where there are none. */
  readonly scopes: readonly string[];
  readonly integration: HttpIntegration;
}

const shapes = {
  authorizer: {
    reads: ['id', 'api_id', 'authorizer_type', 'identity_sources', 'jwt_configuration'],
    ignores: ['name'],
  },
  integration: {
    reads: [
      'id',
      'api_id',
      'integration_type',
      'integration_subtype',
      'payload_format_version',
      'credentials_arn',
      'request_parameters',
    ],
    ignores: [],
  },
  route: {
    reads: ['api_id', 'route_key', 'target', 'authorization_type', 'authorization_scopes', 'authorizer_id'],
    ignores: [],
  },
  stage: {
    reads: ['api_id', 'name', 'auto_deploy'],
    ignores: ['access_log_settings', 'default_route_settings', 'description', 'tags'],
  },
} satisfies Readonly<Record<string, ResourceShape>>;

/** The HTTP APIs of a plan. @throws NotSimulated for what of them is not known here */
export function httpApisOf(plan: Plan): readonly HttpApi[] {
  return v2ApisOf(plan, 'HTTP').map((api) => {
    const id = text(api, 'id');
    const own = (type: keyof typeof shapes) =>
      resourcesOf(plan, `aws_apigatewayv2_${type}`, shapes[type]).filter(
        (resource) => text(resource, 'api_id') === id,
      );
    const stage = onlyStage(api, own('stage'));
    if (stage.attributes.get('auto_deploy') !== true) {
      throw new NotSimulated(stage.address, 'a stage without auto_deploy');
    }
    const integrations = own('integration').map((integration) => ({
      id: text(integration, 'id'),
      integration: integrationOf(plan, integration),
    }));
    const authorizers = own('authorizer').map((authorizer) => ({
      id: text(authorizer, 'id'),
      authorizer: authorizerOf(authorizer),
    }));
    return {
      address: api.address,
      id,
      stageName: text(stage, 'name'),
      executeApiEndpoint: !flag(api, 'disable_execute_api_endpoint'),
      cors: corsOf(api),
      routes: own('route').map((route) => routeOf(route, integrations, authorizers)),
    };
  });
}

function routeOf(
  route: PlanResource,
  integrations: readonly { readonly id: string; readonly integration: HttpIntegration }[],
  authorizers: readonly { readonly id: string; readonly authorizer: JwtAuthorizer }[],
): HttpRoute {
  const { address } = route;
  const key = text(route, 'route_key');
  const [, httpMethod, path] = /^([A-Z]+) (\/[^{}]*)$/.exec(key) ?? [];
  if (httpMethod === undefined || path === undefined || httpMethod === 'ANY') {
    throw new NotSimulated(address, `the route key ${key}`);
  }
  const target = text(route, 'target');
  const integration = integrations.find(({ id }) => target === `integrations/${id}`)?.integration;
  if (!integration) throw new PlanError(`${address}: its target ${target} is no integration of the API`);
  const type = optionalText(route, 'authorization_type') ?? 'NONE';
  if (type !== 'NONE' && type !== 'JWT') throw new NotSimulated(address, `the authorization ${type}`);
  const authorizerId = optionalText(route, 'authorizer_id');
  const authorizer =
    type === 'JWT' ? authorizers.find(({ id }) => id === authorizerId)?.authorizer : undefined;
  if (type === 'JWT' && !authorizer) throw new PlanError(`${address} has no authorizer of the API`);
  return { address, httpMethod, path, authorizer, scopes: texts(route, 'authorization_scopes'), integration };
}

const integrationOf = (plan: Plan, integration: PlanResource) =>
  httpIntegration(plan, {
    address: integration.address,
    kind: `${text(integration, 'integration_type')} ${optionalText(integration, 'integration_subtype') ?? ''}`,
    version: optionalText(integration, 'payload_format_version'),
    credentials: optionalText(integration, 'credentials_arn'),
    parameters: map(integration, 'request_parameters', 'string'),
  });

function authorizerOf(authorizer: PlanResource): JwtAuthorizer {
  const { address, attributes } = authorizer;
  const type = text(authorizer, 'authorizer_type');
  if (type !== 'JWT') throw new NotSimulated(address, `the authorizer type ${type}`);
  const [source, ...others] = texts(authorizer, 'identity_sources');
  const header = /^\$request\.header\.([\w-]+)$/.exec(source ?? '')?.[1];
  if (header === undefined || others.length > 0) {
    throw new NotSimulated(address, `the identity sources ${[source, ...others].join(', ')}`);
  }
  const jwt = attributes.get('jwt_configuration') as
    | { readonly issuer?: unknown; readonly audience?: unknown }
    | undefined;
  if (typeof jwt?.issuer !== 'string' || !Array.isArray(jwt.audience)) {
    throw new PlanError(`${address} has no "jwt_configuration" with issuer and audience`);
  }
  return { address, header, issuer: jwt.issuer, audience: jwt.audience as readonly string[] };
}

function texts({ address, attributes }: PlanResource, attribute: string): readonly string[] {
  const value = attributes.get(attribute) ?? [];
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value;
  throw new PlanError(`${address}: "${attribute}" is ${JSON.stringify(value)}, which is no list of texts`);
}
