import { map, optionalText, text } from '../../plan/attributes';
import type { Plan, PlanResource } from '../../plan/plan';
import { queueArnOfUrl } from '../../rehearse/sqs/queue-url';
import { anyone } from './route-callers';
import { addressesBy, keyOf, partOf, rowsOf, type StackFlow } from './stack-flow';
import type { StackRoles } from './stack-roles';

/** The routes of HTTP APIs, and the queues that take what is posted. */
export function stackHttpApis(plan: Plan, roles: StackRoles): StackFlow {
  const apis = new Set(
    rowsOf(plan, 'aws_apigatewayv2_api', 'id', 'protocol_type').flatMap((api) =>
      text(api, 'protocol_type') === 'HTTP' ? [text(api, 'id')] : [],
    ),
  );
  const routes = rowsOf(
    plan,
    'aws_apigatewayv2_route',
    'api_id',
    'authorization_type',
    'authorizer_id',
    'route_key',
    'target',
  ).filter((route) => apis.has(text(route, 'api_id')));
  const stages = new Map(
    rowsOf(plan, 'aws_apigatewayv2_stage', 'api_id', 'name').map((stage) => [
      text(stage, 'api_id'),
      text(stage, 'name'),
    ]),
  );
  const integrations = rowsOf(
    plan,
    'aws_apigatewayv2_integration',
    'credentials_arn',
    'id',
    'request_parameters',
  );
  const integrationOf = (route: PlanResource) =>
    integrations.find((one) => optionalText(route, 'target') === `integrations/${text(one, 'id')}`);
  const authorizers = rowsOf(plan, 'aws_apigatewayv2_authorizer', 'id', 'jwt_configuration');
  const authorizerOf = (route: PlanResource) =>
    authorizers.find((one) => optionalText(route, 'authorizer_id') === text(one, 'id'));
  const attached = addressesBy([...integrations, ...authorizers], (part) => text(part, 'id'));
  return {
    parts: routes.map((route) => {
      const [method = '', path = ''] = text(route, 'route_key').split(' ');
      const integration = integrationOf(route);
      const authorizer = authorizerOf(route);
      const roleArn = integration && optionalText(integration, 'credentials_arn');
      const stage = stages.get(text(route, 'api_id'));
      return partOf(plan, route, {
        kind: 'route',
        name: `${method} ${stage === undefined ? '' : `/${stage}`}${path}`,
        details: ['HTTP API', ...authorization(route)],
        callers: [authorizer ? `whoever has a token of ${issuerOf(authorizer)}` : anyone],
        behind: [
          ...(integration ? attached(text(integration, 'id')) : []),
          ...(authorizer ? attached(text(authorizer, 'id')) : []),
          ...roles.addresses(roleArn),
        ],
      });
    }),
    arrows: routes.flatMap((route) => {
      const integration = integrationOf(route);
      const url = integration && map(integration, 'request_parameters', 'string').get('QueueUrl');
      return url === undefined
        ? []
        : [
            {
              from: keyOf(plan, route),
              to: queueArnOfUrl(plan, url, integration?.address ?? ''),
              kind: 'messages' as const,
              label: undefined,
            },
          ];
    }),
  };
}

const authorization = (route: PlanResource): readonly string[] => {
  const type = optionalText(route, 'authorization_type') ?? 'NONE';
  return type === 'NONE' ? [] : [type];
};

const issuerOf = ({ attributes }: PlanResource): string =>
  String((attributes.get('jwt_configuration') as { readonly issuer?: unknown } | undefined)?.issuer ?? '?');
