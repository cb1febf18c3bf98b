import { flag, map, optionalText, text } from '../../plan/attributes';
import type { Plan, PlanResource } from '../../plan/plan';
import { integrationTarget } from './integration-target';
import { routeCallers } from './route-callers';
import { addressesBy, keyOf, localAddress, partOf, rowsOf, type StackFlow } from './stack-flow';
import type { StackRoles } from './stack-roles';

/** The routes of REST APIs, and what takes their requests. */
export function stackRoutes(plan: Plan, roles: StackRoles): StackFlow {
  const methods = rowsOf(
    plan,
    'aws_api_gateway_method',
    'api_key_required',
    'authorization',
    'authorizer_id',
    'http_method',
    'request_models',
    'request_validator_id',
    'resource_id',
    'rest_api_id',
  );
  const ofMethod = (type: string, ...reads: readonly string[]) =>
    rowsOf(plan, type, 'http_method', 'resource_id', 'rest_api_id', ...reads);
  const integrations = ofMethod('aws_api_gateway_integration', 'credentials', 'uri');
  const attached = addressesBy(
    [
      ...integrations,
      ...ofMethod('aws_api_gateway_method_response'),
      ...ofMethod('aws_api_gateway_integration_response'),
    ],
    methodId,
  );
  const integrationOf = new Map(integrations.map((integration) => [methodId(integration), integration]));
  const authorizers = new Map(
    rowsOf(plan, 'aws_api_gateway_authorizer', 'authorizer_credentials', 'authorizer_uri', 'id').map(
      (authorizer) => [text(authorizer, 'id'), authorizer],
    ),
  );
  const authorizerOf = (method: PlanResource) => authorizers.get(optionalText(method, 'authorizer_id') ?? '');
  const stages = new Map(
    rowsOf(plan, 'aws_api_gateway_stage', 'rest_api_id', 'stage_name').map((stage) => [
      text(stage, 'rest_api_id'),
      text(stage, 'stage_name'),
    ]),
  );
  const models = addressesBy(
    rowsOf(plan, 'aws_api_gateway_model', 'name', 'rest_api_id'),
    (model) => `${text(model, 'rest_api_id')} ${text(model, 'name')}`,
  );
  const validators = addressesBy(rowsOf(plan, 'aws_api_gateway_request_validator', 'id'), (validator) =>
    text(validator, 'id'),
  );
  const pathOf = paths(plan);
  const callersOf = routeCallers(plan);
  return {
    parts: methods.map((method) => {
      const api = text(method, 'rest_api_id');
      const stage = stages.get(api);
      const { path, behind } = pathOf(text(method, 'resource_id'));
      const httpMethod = text(method, 'http_method');
      return partOf(plan, method, {
        kind: 'route',
        name: `${httpMethod} ${stage === undefined ? '' : `/${stage}`}${path || '/'}`,
        details: authorization(method),
        callers: callersOf(api, `${stage ?? ''}/${httpMethod}${path || '/'}`),
        behind: [
          ...behind,
          ...attached(methodId(method)),
          ...[...new Set(map(method, 'request_models', 'string').values())].flatMap((model) =>
            models(`${api} ${model}`),
          ),
          ...validators(optionalText(method, 'request_validator_id')),
          ...roles.addresses(credentialsOf(integrationOf.get(methodId(method)))),
          ...authorizerAddresses(authorizerOf(method), roles),
        ],
      });
    }),
    arrows: methods.flatMap((method) => {
      const integration = integrationOf.get(methodId(method));
      const to = integrationTarget(integration && optionalText(integration, 'uri'));
      const authorizer = authorizerOf(method);
      const asked = integrationTarget(authorizer && optionalText(authorizer, 'authorizer_uri'));
      const from = keyOf(plan, method);
      return [
        ...(to === undefined ? [] : [{ from, to, kind: 'messages' as const, label: undefined }]),
        ...(asked === undefined ? [] : [{ from, to: asked, kind: 'both' as const, label: 'authorizer' }]),
      ];
    }),
  };
}

const methodId = (resource: PlanResource): string =>
  ['rest_api_id', 'resource_id', 'http_method'].map((attribute) => text(resource, attribute)).join(' ');

const credentialsOf = (integration: PlanResource | undefined) =>
  integration && optionalText(integration, 'credentials');

const authorizerAddresses = (authorizer: PlanResource | undefined, roles: StackRoles): readonly string[] =>
  authorizer
    ? [localAddress(authorizer), ...roles.addresses(optionalText(authorizer, 'authorizer_credentials'))]
    : [];

const authorization = (method: PlanResource): readonly string[] => [
  ...(text(method, 'authorization') === 'NONE' ? [] : [text(method, 'authorization')]),
  ...(flag(method, 'api_key_required') ? ['API key'] : []),
];

/** Paths of the resources, each with its leading slash and with the addresses of what it is made of. */
function paths(plan: Plan) {
  const resources = new Map(
    rowsOf(plan, 'aws_api_gateway_resource', 'id', 'parent_id', 'path_part').map((resource) => [
      text(resource, 'id'),
      resource,
    ]),
  );
  return (resourceId: string): { readonly path: string; readonly behind: readonly string[] } => {
    const behind: string[] = [];
    let path = '';
    let resource = resources.get(resourceId);
    while (resource && !behind.includes(localAddress(resource))) {
      behind.unshift(localAddress(resource));
      path = `/${text(resource, 'path_part')}${path}`;
      resource = resources.get(text(resource, 'parent_id'));
    }
    return { path, behind };
  };
}
