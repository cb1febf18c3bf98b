import {
  type Api,
  type Authorizer,
  type Deployment,
  GetApisCommand,
  GetAuthorizersCommand,
  GetDeploymentsCommand,
  GetIntegrationResponsesCommand,
  GetIntegrationsCommand,
  GetModelsCommand,
  GetRouteResponsesCommand,
  GetRoutesCommand,
  GetStageCommand,
  type Integration,
  type IntegrationResponse,
  type Model,
  type Route,
  type RouteResponse,
} from '@aws-sdk/client-apigatewayv2';
import type { Plan } from '../../../plan/plan';
import type { Aws } from '../../aws/aws';
import type { Permission } from '../../check';

/**
 * Reading is GET on a path of API Gateway's own.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagementv2.html
 */
export const reading = ({ partition, region }: Plan, path: string): Permission => ({
  action: 'apigateway:GET',
  resource: `arn:${partition}:apigateway:${region}::${path}`,
});

/** The paths below an API that are asked for. */
export const apiPaths = {
  routes: (api: string) => `/apis/${api}/routes`,
  routeResponses: (api: string, route: string) => `/apis/${api}/routes/${route}/routeresponses`,
  integrations: (api: string) => `/apis/${api}/integrations`,
  integrationResponses: (api: string, integration: string) =>
    `/apis/${api}/integrations/${integration}/integrationresponses`,
  authorizers: (api: string) => `/apis/${api}/authorizers`,
  models: (api: string) => `/apis/${api}/models`,
  stage: (api: string, stage: string) => `/apis/${api}/stages/${stage}`,
  deployments: (api: string) => `/apis/${api}/deployments`,
};

/** Every API of the account and region. */
export const askApis = (plan: Plan, { ask, clients }: Aws): Promise<readonly Api[]> =>
  listed(
    ask(reading(plan, '/apis'), () =>
      pagesOf((page) => clients.apiGatewayV2.send(new GetApisCommand({ ...page }))),
    ),
  );

/** What AWS has of one API; what does not exist is an empty list. */
export function questionsOf(plan: Plan, { ask, clients: { apiGatewayV2: api } }: Aws, ApiId: string) {
  const get = <T>(path: string, send: (page: Page) => Promise<Pages<T>>) =>
    listed(ask(reading(plan, path), () => pagesOf(send)));
  return {
    routes: () =>
      get<Route>(apiPaths.routes(ApiId), (page) => api.send(new GetRoutesCommand({ ApiId, ...page }))),
    routeResponses: (RouteId: string) =>
      get<RouteResponse>(apiPaths.routeResponses(ApiId, RouteId), (page) =>
        api.send(new GetRouteResponsesCommand({ ApiId, RouteId, ...page })),
      ),
    integrations: () =>
      get<Integration>(apiPaths.integrations(ApiId), (page) =>
        api.send(new GetIntegrationsCommand({ ApiId, ...page })),
      ),
    integrationResponses: (IntegrationId: string) =>
      get<IntegrationResponse>(apiPaths.integrationResponses(ApiId, IntegrationId), (page) =>
        api.send(new GetIntegrationResponsesCommand({ ApiId, IntegrationId, ...page })),
      ),
    authorizers: () =>
      get<Authorizer>(apiPaths.authorizers(ApiId), (page) =>
        api.send(new GetAuthorizersCommand({ ApiId, ...page })),
      ),
    models: () =>
      get<Model>(apiPaths.models(ApiId), (page) => api.send(new GetModelsCommand({ ApiId, ...page }))),
    stage: (StageName: string) =>
      ask(reading(plan, apiPaths.stage(ApiId, StageName)), () =>
        api.send(new GetStageCommand({ ApiId, StageName })),
      ),
    deployments: () =>
      get<Deployment>(apiPaths.deployments(ApiId), (page) =>
        api.send(new GetDeploymentsCommand({ ApiId, ...page })),
      ),
  };
}

export type Questions = ReturnType<typeof questionsOf>;

interface Page {
  readonly MaxResults: string;
  readonly NextToken?: string;
}

interface Pages<T> {
  readonly Items?: readonly T[] | undefined;
  readonly NextToken?: string | undefined;
}

const listed = async <T>(answer: Promise<readonly T[] | undefined>) => (await answer) ?? [];

async function pagesOf<T>(send: (page: Page) => Promise<Pages<T>>): Promise<readonly T[]> {
  const items: T[] = [];
  let NextToken: string | undefined;
  do {
    const page = await send({ MaxResults: '500', ...(NextToken !== undefined && { NextToken }) });
    items.push(...(page.Items ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return items;
}
