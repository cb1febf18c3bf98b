import type { Api, Authorizer, GetStageResponse, Integration, Route } from '@aws-sdk/client-apigatewayv2';
import { text } from '../../../plan/attributes';
import { type Plan, resourcesOf } from '../../../plan/plan';
import { type HttpApi, httpApisOf } from '../../../rehearse/api-gateway/http-api';
import type { Check, Permission, Subject } from '../../check';
import type { Finding } from '../../finding';
import { apiPaths, askApis, questionsOf, reading } from '../web-socket-api/web-socket-questions';
import { type Told, told } from './http-finding';
import { routeFindings, routeKeyOf, strangeRoute } from './http-route';
import { stageFindings } from './http-stage';

/** HTTP APIs: that who may call is as it was synthesized, and that what is posted finds its way to the queue. */
export const httpApi: Check = {
  name: 'HTTP APIs',
  permissions: (plan) => {
    const paths = httpApisOf(plan).flatMap(({ stageName, routes }) => [
      '/apis',
      apiPaths.routes('*'),
      apiPaths.integrations('*'),
      ...(routes.some(({ authorizer }) => authorizer) ? [apiPaths.authorizers('*')] : []),
      apiPaths.stage('*', stageName),
    ]);
    return [...new Set(paths)].map((path): Permission => reading(plan, path));
  },
  examine: async (subject) => {
    const apis = httpApisOf(subject.plan);
    if (apis.length === 0) return { resources: 0, findings: [] };
    const deployed = await askApis(subject.plan, subject.aws);
    const findings = await Promise.all(apis.map((api) => examineApi(api, deployed, subject)));
    return { resources: apis.reduce((sum, api) => sum + resourcesIn(api), 0), findings: findings.flat() };
  },
};

/** The API, its stage, and of each route itself, its integration and its authorizer. */
const resourcesIn = ({ routes }: HttpApi) =>
  2 + routes.reduce((sum, { authorizer }) => sum + (authorizer ? 3 : 2), 0);

/** What AWS has of an API. */
export interface DeployedParts {
  readonly routes: readonly Route[];
  readonly integrations: readonly Integration[];
  readonly authorizers: readonly Authorizer[];
  readonly stage: GetStageResponse | undefined;
}

async function examineApi(
  api: HttpApi,
  all: readonly Api[],
  { plan, aws }: Subject,
): Promise<readonly Finding[]> {
  const { id, name, disabled } = identityOf(plan, api);
  const about = { at: api.address, subject: `HTTP API ${name}` };
  const finding = (one: Told) => told(plan, { ...about, ...one });
  const found = all.find(({ ApiId }) => ApiId === id);
  if (id === undefined || !found) {
    return [
      finding({
        code: 'api-missing',
        severity: 'error',
        problem: 'it does not exist',
        seen: 'callers find no host, or get 403: the address they know names nothing',
        cause:
          'The stack was never deployed, or someone has deleted the API; one made again has another address.',
        fix: `npx cdktf deploy ${plan.stackId}, and give callers the new address`,
      }),
    ];
  }
  const questions = questionsOf(plan, aws, id);
  const [routes, integrations, authorizers, stage] = await Promise.all([
    questions.routes(),
    questions.integrations(),
    api.routes.some(({ authorizer }) => authorizer) ? questions.authorizers() : [],
    questions.stage(api.stageName),
  ]);
  const wanted = api.routes.map(routeKeyOf);
  return [
    ...(Boolean(found.DisableExecuteApiEndpoint) === disabled
      ? []
      : [
          finding({
            code: 'api-endpoint',
            severity: disabled ? 'warning' : 'error',
            problem: `its own address is switched ${disabled ? 'on' : 'off'}`,
            seen: disabled
              ? 'whoever knows the execute-api address may call past the custom domain'
              : 'callers of the execute-api address get 404',
          }),
        ]),
    ...corsFindings(api, found).map(finding),
    ...api.routes.flatMap((route) =>
      routeFindings(route, { routes, integrations, authorizers, stage }).map((one) => told(plan, one)),
    ),
    ...routes
      .filter(({ RouteKey }) => !wanted.includes(RouteKey ?? ''))
      .map((route) => finding(strangeRoute(route))),
    ...stageFindings(plan, api, stage).map(finding),
  ];
}

/** @returns `id` as AWS gave it; nothing where AWS has no API of that name */
function identityOf(plan: Plan, { address }: HttpApi) {
  const names = Object.keys(plan.configuration.resource?.aws_apigatewayv2_api ?? {});
  const shape = { reads: ['name', 'disable_execute_api_endpoint'], ignores: 'the rest' } as const;
  const resources = resourcesOf(plan, 'aws_apigatewayv2_api', shape);
  const index = resources.findIndex((resource) => resource.address === address);
  const resource = resources[index];
  return {
    id: plan.known.get(`aws_apigatewayv2_api.${names[index]}.id`),
    name: resource ? text(resource, 'name') : '',
    disabled: resource?.attributes.get('disable_execute_api_endpoint') === true,
  };
}

function corsFindings({ cors }: HttpApi, { CorsConfiguration: deployed }: Api): readonly Told[] {
  const sorted = (list: readonly string[] | undefined) =>
    [...(list ?? [])]
      .map((one) => one.toLowerCase())
      .sort()
      .join(', ');
  const shown = (origins?: readonly string[], methods?: readonly string[], headers?: readonly string[]) =>
    `origins ${sorted(origins)}; methods ${sorted(methods)}; headers ${sorted(headers)}`;
  const wanted = cors ? shown(cors.allowOrigins, cors.allowMethods, cors.allowHeaders) : 'none';
  const is = deployed ? shown(deployed.AllowOrigins, deployed.AllowMethods, deployed.AllowHeaders) : 'none';
  if (wanted === is) return [];
  return [
    {
      code: 'api-cors',
      severity: cors ? 'error' : 'warning',
      problem: 'it tells browsers something else',
      synthesized: wanted,
      deployed: is,
      seen: cors
        ? 'pages whose origin, method or header is missing cannot post: their browsers stop at the preflight'
        : 'pages may post that were not meant to',
    },
  ];
}
