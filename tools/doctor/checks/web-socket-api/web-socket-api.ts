import type { Api, Integration, Route } from '@aws-sdk/client-apigatewayv2';
import type { Check, Permission, Subject } from '../../check';
import type { Finding } from '../../finding';
import { acknowledgementFindings } from './web-socket-acknowledgements';
import { type Circumstances, circumstancesOf } from './web-socket-circumstances';
import { apiFindings, missingApi } from './web-socket-identity';
import { integrationFindings } from './web-socket-integration';
import { modelFindings } from './web-socket-models';
import { type SynthesizedApi, type SynthesizedRoute, webSocketApisOf } from './web-socket-plan';
import { apiPaths, askApis, type Questions, questionsOf, reading } from './web-socket-questions';
import { responseFindings } from './web-socket-responses';
import { extraRoute, missingRoute, routeFindings, withoutIntegration } from './web-socket-route';
import { asServed, type ServedStage } from './web-socket-serving';
import { stageFindings } from './web-socket-stage';

/**
 * WebSocket APIs: that their stages serve what was synthesized, and that a message finds its way to the
 * queue.
 */
export const webSocketApi: Check = {
  name: 'WebSocket APIs',
  permissions: (plan) => {
    const apis = webSocketApisOf(plan);
    const paths = apis.flatMap((api) => [
      '/apis',
      apiPaths.routes('*'),
      apiPaths.integrations('*'),
      ...(api.routes.some(({ integration }) => integration?.responses.length)
        ? [apiPaths.integrationResponses('*', '*')]
        : []),
      ...(api.routes.some(({ routeResponses }) => routeResponses.length > 0)
        ? [apiPaths.routeResponses('*', '*')]
        : []),
      ...(api.models.length > 0 ? [apiPaths.models('*')] : []),
      ...api.stages.map(({ name }) => apiPaths.stage('*', name)),
      ...(api.stages.length > 0 ? [apiPaths.deployments('*')] : []),
    ]);
    return [...new Set(paths)].map((path): Permission => reading(plan, path));
  },
  examine: async (subject) => {
    const apis = webSocketApisOf(subject.plan);
    if (apis.length === 0) return { resources: 0, findings: [] };
    const deployed = await askApis(subject.plan, subject.aws);
    const findings = await Promise.all(apis.map((api) => examineApi(api, deployed, subject)));
    return {
      resources: apis.reduce((sum, api) => sum + resourcesIn(api), 0),
      findings: findings.flat(),
    };
  },
};

const resourcesIn = ({ routes, models, stages }: SynthesizedApi) =>
  1 +
  models.length +
  // Each with its deployment.
  2 * stages.length +
  routes.reduce(
    (sum, { integration, routeResponses }) =>
      sum + 1 + routeResponses.length + (integration ? 1 + integration.responses.length : 0),
    0,
  );

async function examineApi(
  api: SynthesizedApi,
  deployed: readonly Api[],
  { plan, affected, aws }: Subject,
): Promise<readonly Finding[]> {
  const circumstances = circumstancesOf(plan, api, affected);
  const found = deployed.find(({ ApiId }) => ApiId === api.id);
  if (api.id === undefined || !found) return [missingApi(circumstances)];
  const questions = questionsOf(plan, aws, api.id);
  const [routes, integrations, models, stages] = await Promise.all([
    questions.routes(),
    questions.integrations(),
    api.models.length > 0 ? questions.models() : [],
    Promise.all(api.stages.map((stage) => servedStage(stage, questions))),
  ]);
  const parts = await Promise.all(
    api.routes.map((route) => examineRoute(route, { routes, integrations }, questions, circumstances)),
  );
  const wanted = api.routes.map(({ routeKey }) => routeKey);
  const configuration = [
    ...parts.flat(),
    ...routes
      .filter(({ RouteKey }) => !wanted.includes(RouteKey ?? ''))
      .map((route) => extraRoute(route, circumstances)),
    ...modelFindings(models, circumstances),
  ];
  return [
    ...apiFindings(found, deployed, circumstances),
    ...asServed(configuration, stages),
    ...stages.flatMap((stage) => stageFindings(stage, circumstances)),
  ];
}

async function servedStage(
  synthesized: SynthesizedApi['stages'][number],
  questions: Questions,
): Promise<ServedStage> {
  const deployed = await questions.stage(synthesized.name);
  // A stage that serves nothing has none to be told apart.
  return {
    synthesized,
    deployed,
    deployments: deployed?.DeploymentId === undefined ? [] : await questions.deployments(),
  };
}

interface Deployed {
  readonly routes: readonly Route[];
  readonly integrations: readonly Integration[];
}

async function examineRoute(
  route: SynthesizedRoute,
  { routes, integrations }: Deployed,
  questions: Questions,
  circumstances: Circumstances,
): Promise<readonly Finding[]> {
  const deployed = routes.find(({ RouteKey }) => RouteKey === route.routeKey);
  if (!deployed) return [missingRoute(route, circumstances)];
  const own = routeFindings(route, deployed, circumstances);
  if (!route.integration) return own;
  const integration = integrations.find(
    ({ IntegrationId }) => deployed.Target === `integrations/${IntegrationId}`,
  );
  if (!integration) return [...own, withoutIntegration(route, deployed, circumstances)];
  const [integrationResponses, routeResponses] = await Promise.all([
    route.integration.responses.length > 0
      ? questions.integrationResponses(integration.IntegrationId ?? '')
      : [],
    route.routeResponses.length > 0 ? questions.routeResponses(deployed.RouteId ?? '') : [],
  ]);
  return [
    ...own,
    ...integrationFindings(route, route.integration, integration, circumstances),
    ...responseFindings(route, { integrationResponses, routeResponses }, circumstances),
    ...acknowledgementFindings(route, integrationResponses, circumstances),
  ];
}
