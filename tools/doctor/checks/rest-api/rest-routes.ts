import type { Deployment, Method, Resource } from '@aws-sdk/client-api-gateway';
import type { Finding } from '../../finding';
import { answersItself, type Circumstances, finding, seenAt } from './rest-circumstances';
import { routeName, type SynthesizedRoute } from './rest-plan';
import { asServed, notYet, type ServedStage } from './rest-serving';
import { has, isKept } from './rest-snapshot';

/** A method as the API has it. */
export interface DeployedRoute {
  readonly path: string;
  readonly httpMethod: string;
  readonly resourceId: string;
  readonly method: Method;
}

export const deployedRoutes = (resources: readonly Resource[]): readonly DeployedRoute[] =>
  resources.flatMap(({ id = '', path = '', resourceMethods = {} }) =>
    Object.entries(resourceMethods).map(([httpMethod, method]) => ({
      path,
      httpMethod,
      resourceId: id,
      method,
    })),
  );

export const routeOf = (routes: readonly DeployedRoute[], { path, httpMethod }: SynthesizedRoute) =>
  routes.find((route) => route.path === path && route.httpMethod === httpMethod);

/** What of the API's routes is not there, or there beside them. */
export function routesFindings(
  routes: readonly DeployedRoute[],
  stages: readonly ServedStage[],
  circumstances: Circumstances,
): readonly Finding[] {
  const { api } = circumstances;
  return [
    ...api.routes
      .filter((route) => !routeOf(routes, route))
      .map((route) => asInDeployments(missingRoute(route, circumstances), stages, (one) => !has(one, route))),
    ...routes
      .filter((route) => !api.routes.some((wanted) => routeOf([route], wanted)))
      .map((route) => asInDeployments(extraRoute(route, circumstances), stages, (one) => has(one, route))),
  ];
}

/**
 * What is served keeps the routes that it was made of; where AWS does not say which, its description has to
 * tell.
 * @param isSo whether a deployment has the defect too
 */
function asInDeployments(
  found: Finding,
  stages: readonly ServedStage[],
  isSo: (deployment: Deployment) => boolean,
): Finding {
  const served = stages.flatMap(({ serves }) => (serves && isKept(serves) ? [serves] : []));
  if (served.length < stages.length || served.length === 0) return asServed([found], stages)[0] ?? found;
  return served.some(isSo) ? found : notYet(found, stages);
}

function missingRoute(route: SynthesizedRoute, circumstances: Circumstances): Finding {
  const { callers } = seenAt(route, circumstances);
  return finding(circumstances, {
    at: route.address,
    subject: `route ${route.name} of ${circumstances.subject}`,
    code: 'route-missing',
    severity: 'error',
    problem: 'it does not exist',
    seen:
      `${callers} get ${answersItself(circumstances, 'MISSING_AUTHENTICATION_TOKEN')}, and nothing is ` +
      'queued: API Gateway knows no such path and method, which it calls "Missing Authentication Token"',
    cause: 'The stack was never deployed to the end, or someone has deleted the path or the method.',
    fix: circumstances.deploy,
  });
}

function extraRoute(
  { path, httpMethod, resourceId, method }: DeployedRoute,
  circumstances: Circumstances,
): Finding {
  const { api, plan, subject } = circumstances;
  const { authorizationType = 'NONE', methodIntegration: integration } = method;
  const behind = integration
    ? ['integration', integration.type, integration.uri].filter(Boolean).join(' ')
    : 'no integration';
  return finding(circumstances, {
    at: api.address,
    subject: `route ${routeName(api.stages[0]?.name, httpMethod, path)} of ${subject}`,
    code: 'route-extra',
    severity: 'warning',
    problem: 'it was not synthesized: a door that nobody has reviewed',
    synthesized: 'none',
    deployed: `authorization ${authorizationType}, ${behind}`,
    seen:
      'nothing, until someone calls it: whoever the resource policy lets in reaches what stands behind ' +
      "it, past the other routes' checks",
    cause:
      'It was added in the console or by another tool; Terraform does not look at what it has not ' +
      'made itself.',
    fix:
      `aws apigateway delete-method --rest-api-id ${api.id} --resource-id ${resourceId} ` +
      `--http-method ${httpMethod} --region ${plan.region}, then deploy. If it was meant, it belongs in ` +
      'environments/.',
  });
}
