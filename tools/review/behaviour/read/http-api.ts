import { map, optionalText, text } from '../../../plan/attributes';
import type { PlanResource } from '../../../plan/plan';
import { blocks, type StackReader, shown } from './stack-reader';
import { type Own, type V2Api, v2ApisOf } from './v2-api';

/** An HTTP API as its callers meet it. */
export interface HttpApi extends V2Api {
  /** In words: which pages may post. */
  readonly cors: string;
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
export const httpApisOf = (reader: StackReader): readonly HttpApi[] =>
  v2ApisOf(reader, 'HTTP', 'cors_configuration', (api, own) => ({
    cors: corsText(api),
    routes: routesOf(reader, own),
  }));

function corsText({ attributes }: PlanResource): string {
  const [cors] = blocks(attributes.get('cors_configuration'));
  if (!cors) return 'none';
  const list = (key: string) => (Array.isArray(cors[key]) ? cors[key].join(', ') : 'none');
  return `origins ${list('allow_origins')}; headers ${list('allow_headers')}; kept for ${shown(cors.max_age) ?? '0'} s`;
}

function routesOf(reader: StackReader, own: Own): readonly HttpRoute[] {
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
