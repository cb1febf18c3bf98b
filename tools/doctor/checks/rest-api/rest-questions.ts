import {
  type Authorizer,
  type Deployment,
  type GatewayResponse,
  GetAuthorizersCommand,
  GetDeploymentCommand,
  GetDeploymentsCommand,
  GetGatewayResponsesCommand,
  GetMethodCommand,
  GetModelsCommand,
  GetRequestValidatorsCommand,
  GetResourcesCommand,
  GetRestApiCommand,
  GetRestApisCommand,
  GetStagesCommand,
  type Model,
  type RequestValidator,
  type Resource,
  type RestApi,
  type Stage,
} from '@aws-sdk/client-api-gateway';
import type { Plan } from '../../../plan/plan';
import type { Aws } from '../../aws/aws';
import { type Items, type Page, pagesOf } from '../../aws/pages-of';
import type { Permission } from '../../check';

/**
 * Reading is GET on a path of API Gateway's own.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagement.html
 */
export const reading = ({ partition, region }: Plan, path: string): Permission => ({
  action: 'apigateway:GET',
  resource: `arn:${partition}:apigateway:${region}::${path}`,
});

/** The paths that are asked for. */
export const restApiPaths = {
  apis: '/restapis',
  api: (api: string) => `/restapis/${api}`,
  resources: (api: string) => `/restapis/${api}/resources`,
  method: (api: string, resource: string, method: string) =>
    `/restapis/${api}/resources/${resource}/methods/${method}`,
  models: (api: string) => `/restapis/${api}/models`,
  authorizers: (api: string) => `/restapis/${api}/authorizers`,
  validators: (api: string) => `/restapis/${api}/requestvalidators`,
  gatewayResponses: (api: string) => `/restapis/${api}/gatewayresponses`,
  stages: (api: string) => `/restapis/${api}/stages`,
  deployments: (api: string) => `/restapis/${api}/deployments`,
  deployment: (api: string, deployment: string) => `/restapis/${api}/deployments/${deployment}`,
};

/** Every REST API of the account and region. */
export const askRestApis = async (plan: Plan, { ask, clients }: Aws): Promise<readonly RestApi[]> =>
  (await ask(reading(plan, restApiPaths.apis), () =>
    pagesOf((page) => clients.apiGateway.send(new GetRestApisCommand(page))),
  )) ?? [];

/** What AWS has of one API; a list of what does not exist is empty. */
export function questionsOf(plan: Plan, { ask, clients: { apiGateway } }: Aws, restApiId: string) {
  const of = { restApiId };
  const one = <T>(path: string, send: () => Promise<T>) => ask(reading(plan, path), send);
  const all = async <T>(path: string, send: (page: Page) => Promise<Items<T>>) =>
    (await ask(reading(plan, path), () => pagesOf(send))) ?? [];
  return {
    api: () => one(restApiPaths.api(restApiId), () => apiGateway.send(new GetRestApiCommand(of))),
    resources: () =>
      all<Resource>(restApiPaths.resources(restApiId), (page) =>
        apiGateway.send(new GetResourcesCommand({ ...of, ...page, embed: ['methods'] })),
      ),
    /** With its integration and all responses. */
    method: (resourceId: string, httpMethod: string) =>
      one(restApiPaths.method(restApiId, resourceId, httpMethod), () =>
        apiGateway.send(new GetMethodCommand({ ...of, resourceId, httpMethod })),
      ),
    models: () =>
      all<Model>(restApiPaths.models(restApiId), (page) =>
        apiGateway.send(new GetModelsCommand({ ...of, ...page })),
      ),
    authorizers: () =>
      all<Authorizer>(restApiPaths.authorizers(restApiId), (page) =>
        apiGateway.send(new GetAuthorizersCommand({ ...of, ...page })),
      ),
    validators: () =>
      all<RequestValidator>(restApiPaths.validators(restApiId), (page) =>
        apiGateway.send(new GetRequestValidatorsCommand({ ...of, ...page })),
      ),
    gatewayResponses: () =>
      all<GatewayResponse>(restApiPaths.gatewayResponses(restApiId), (page) =>
        apiGateway.send(new GetGatewayResponsesCommand({ ...of, ...page })),
      ),
    stages: async (): Promise<readonly Stage[]> =>
      (await one(restApiPaths.stages(restApiId), async () => {
        const { item } = await apiGateway.send(new GetStagesCommand(of));
        return item ?? [];
      })) ?? [],
    deployments: () =>
      all<Deployment>(restApiPaths.deployments(restApiId), (page) =>
        apiGateway.send(new GetDeploymentsCommand({ ...of, ...page })),
      ),
    /** With what it was made of, as far as AWS keeps that. */
    deployment: (deploymentId: string) =>
      one(restApiPaths.deployment(restApiId, deploymentId), () =>
        apiGateway.send(new GetDeploymentCommand({ ...of, deploymentId, embed: ['apisummary'] })),
      ),
  };
}

export type Questions = ReturnType<typeof questionsOf>;
