import { optionalText, text } from '../../plan/attributes';
import type { Plan, PlanResource } from '../../plan/plan';
import { integrationTarget } from './integration-target';
import { addressesBy, keyOf, partOf, rowsOf, type StackFlow, type StackPart } from './stack-flow';
import type { StackRoles } from './stack-roles';
import type { Arrow } from './system';

/** The clients of WebSocket APIs, the APIs, and what takes their messages. */
export function stackWebSocketApis(plan: Plan, roles: StackRoles): StackFlow {
  const apis = rowsOf(plan, 'aws_apigatewayv2_api', 'id', 'name', 'protocol_type').filter(
    (api) => text(api, 'protocol_type') === 'WEBSOCKET',
  );
  const routes = rowsOf(
    plan,
    'aws_apigatewayv2_route',
    'api_id',
    'authorization_type',
    'route_key',
    'target',
  );
  const integrations = rowsOf(
    plan,
    'aws_apigatewayv2_integration',
    'api_id',
    'credentials_arn',
    'id',
    'integration_uri',
  );
  const attached = addressesBy(
    [
      ...routes,
      ...integrations,
      ...[
        'aws_apigatewayv2_integration_response',
        'aws_apigatewayv2_route_response',
        'aws_apigatewayv2_model',
        'aws_apigatewayv2_stage',
      ].flatMap((type) => rowsOf(plan, type, 'api_id')),
    ],
    apiId,
  );
  const ofApi = (api: PlanResource) => (part: PlanResource) => apiId(part) === text(api, 'id');
  return {
    parts: apis.flatMap((api) => {
      const roleArns = integrations
        .filter(ofApi(api))
        .flatMap((integration) => optionalText(integration, 'credentials_arn') ?? []);
      const part = partOf(plan, api, {
        kind: 'web-socket-api',
        name: text(api, 'name'),
        arn: webSocketApiArn(plan, text(api, 'id')),
        behind: [
          ...attached(text(api, 'id')),
          ...[...new Set(roleArns)].flatMap((roleArn) => roles.addresses(roleArn)),
        ],
      });
      return [clientsOf(part, routes.filter(ofApi(api))), part];
    }),
    arrows: apis.flatMap((api) => [
      { from: clientsKey(keyOf(plan, api)), to: keyOf(plan, api), kind: 'both', label: undefined },
      ...messages(keyOf(plan, api), routes.filter(ofApi(api)), integrations.filter(ofApi(api))),
    ]),
  };
}

/** What permissions to reply on its connections begin with. */
export const webSocketApiArn = ({ partition, region, accountId }: Plan, apiId: string): string =>
  `arn:${partition}:execute-api:${region}:${accountId}:${apiId}`;

const apiId = (resource: PlanResource) => text(resource, 'api_id');

const clientsKey = (apiKey: string) => `${apiKey}/clients`;

function clientsOf(api: StackPart, routes: readonly PlanResource[]): StackPart {
  const connect = routes.find((route) => text(route, 'route_key') === '$connect');
  const authorization = (connect && optionalText(connect, 'authorization_type')) ?? 'NONE';
  return {
    key: clientsKey(api.key),
    stackId: api.stackId,
    address: api.address,
    kind: 'clients',
    name: authorization === 'NONE' ? 'any client' : `clients with ${authorization}`,
    details: [],
    behind: [],
  };
}

/** One arrow for all routes that lead to the same target. */
function messages(
  from: string,
  routes: readonly PlanResource[],
  integrations: readonly PlanResource[],
): readonly Arrow[] {
  const targets = new Map(
    integrations.map((integration) => [
      `integrations/${text(integration, 'id')}`,
      integrationTarget(optionalText(integration, 'integration_uri')),
    ]),
  );
  const keys = new Map<string, string[]>();
  for (const route of routes) {
    const to = targets.get(optionalText(route, 'target') ?? '');
    if (to !== undefined) keys.set(to, [...(keys.get(to) ?? []), text(route, 'route_key')]);
  }
  return [...keys].map(([to, routeKeys]) => ({
    from,
    to,
    kind: 'messages',
    label: routeKeys.length === 1 && routeKeys[0] === '$default' ? undefined : routeKeys.join(', '),
  }));
}
