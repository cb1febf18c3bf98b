import { map, optionalText, text } from '../../../plan/attributes';
import type { PlanResource } from '../../../plan/plan';
import { blocks, numeric, type StackReader, shown } from './stack-reader';

/** An HTTP API as its callers meet it. */
export interface HttpApi {
  readonly address: string;
  readonly name: string;
  readonly stageName: string;
  readonly disabled: string;
  /** In words: which pages may post. */
  readonly cors: string;
  readonly throttling: { readonly rate: number | undefined; readonly burst: number | undefined };
  readonly routes: readonly HttpRoute[];
}

export interface HttpRoute {
  readonly address: string;
  /** `POST /orders` */
  readonly key: string;
  /** In words: `JWT of https://… for gateway, scopes any`, `NONE`. */
  readonly authorization: string;
  /** `<account>/<queue>` */
  readonly queue: string | undefined;
  readonly role: string | undefined;
  /** What is sent beside the queue's URL: parameter → where its value comes from. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** The HTTP APIs of a stack that have a stage. */
export function httpApisOf(reader: StackReader): readonly HttpApi[] {
  const apis = reader
    .each('aws_apigatewayv2_api', [
      'id',
      'name',
      'protocol_type',
      'cors_configuration',
      'disable_execute_api_endpoint',
    ])
    .filter(({ attributes }) => attributes.get('protocol_type') === 'HTTP');
  return reader
    .all(apis, (api) => {
      const own = (type: string, reads: readonly string[]) =>
        reader
          .each(type, ['api_id', ...reads])
          .filter(({ attributes }) => attributes.get('api_id') === text(api, 'id'));
      const [stage] = own('aws_apigatewayv2_stage', ['name', 'default_route_settings']);
      if (!stage) return [];
      const [settings] = blocks(stage.attributes.get('default_route_settings'));
      return [
        {
          address: api.address,
          name: text(api, 'name'),
          stageName: text(stage, 'name'),
          disabled: String(api.attributes.get('disable_execute_api_endpoint') ?? false),
          cors: corsText(api),
          throttling: {
            rate: numeric(settings?.throttling_rate_limit),
            burst: numeric(settings?.throttling_burst_limit),
          },
          routes: routesOf(reader, own),
        },
      ];
    })
    .flat();
}

function corsText({ attributes }: PlanResource): string {
  const [cors] = blocks(attributes.get('cors_configuration'));
  if (!cors) return 'none';
  const list = (key: string) => (Array.isArray(cors[key]) ? cors[key].join(', ') : 'none');
  return `origins ${list('allow_origins')}; headers ${list('allow_headers')}; kept for ${shown(cors.max_age) ?? '0'} s`;
}

function routesOf(
  reader: StackReader,
  own: (type: string, reads: readonly string[]) => readonly PlanResource[],
): readonly HttpRoute[] {
  const integrations = own('aws_apigatewayv2_integration', ['id', 'credentials_arn', 'request_parameters']);
  const authorizers = own('aws_apigatewayv2_authorizer', ['id', 'jwt_configuration']);
  const routes = own('aws_apigatewayv2_route', [
    'route_key',
    'target',
    'authorization_type',
    'authorization_scopes',
    'authorizer_id',
  ]);
  return reader.all(routes, (route) => {
    const integration = integrations.find(
      ({ attributes }) => route.attributes.get('target') === `integrations/${attributes.get('id')}`,
    );
    const { QueueUrl: url, ...others } = Object.fromEntries(
      integration ? map(integration, 'request_parameters', 'string') : [],
    );
    return {
      address: route.address,
      key: text(route, 'route_key'),
      authorization: authorizationText(
        route,
        authorizers.find(({ attributes }) => attributes.get('id') === route.attributes.get('authorizer_id')),
      ),
      queue: url?.split('/').slice(-2).join('/'),
      role: integration && optionalText(integration, 'credentials_arn')?.split('/').at(-1),
      parameters: new Map(Object.entries(others)),
    };
  });
}

function authorizationText(route: PlanResource, authorizer: PlanResource | undefined): string {
  const type = optionalText(route, 'authorization_type') ?? 'NONE';
  const [jwt] = blocks(authorizer?.attributes.get('jwt_configuration'));
  if (!jwt) return type;
  const list = (value: unknown) => (Array.isArray(value) && value.length > 0 ? value.join(', ') : 'any');
  return `${type} of ${shown(jwt.issuer)} for ${list(jwt.audience)}, scopes ${list(route.attributes.get('authorization_scopes'))}`;
}
