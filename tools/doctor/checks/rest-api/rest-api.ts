import type { Authorizer, RequestValidator, RestApi, Stage } from '@aws-sdk/client-api-gateway';
import type { Check, Permission, Subject } from '../../check';
import type { Finding } from '../../finding';
import { authorizerFindings, authorizerOfMethodFindings } from './rest-authorizers';
import { type Circumstances, circumstancesOf } from './rest-circumstances';
import { gatewayResponseFindings } from './rest-gateway-responses';
import { addressFindings, duplicateApi, missingApi, payloadFindings } from './rest-identity';
import { integrationFindings } from './rest-integration';
import { methodFindings } from './rest-method';
import { modelFindings } from './rest-models';
import { restApisOf, type SynthesizedRestApi, type SynthesizedRoute } from './rest-plan';
import { policyFindings } from './rest-policy';
import { askRestApis, type Questions, questionsOf, reading, restApiPaths } from './rest-questions';
import { responseFindings } from './rest-responses';
import { type DeployedRoute, deployedRoutes, routeOf, routesFindings } from './rest-routes';
import { asServed, type ServedStage } from './rest-serving';
import { extraStage, stageFindings } from './rest-stage';
import type { SynthesizedStage } from './rest-stage-plan';
import { sharedValidatorFindings } from './rest-validators';

/**
 * REST APIs: that their stages serve what was synthesized, and that a callback finds its way to the queue.
 */
export const restApi: Check = {
  name: 'REST APIs',
  permissions: (plan) => {
    const apis = restApisOf(plan);
    const paths = apis.flatMap((api) => [
      restApiPaths.apis,
      restApiPaths.api('*'),
      restApiPaths.resources('*'),
      ...api.routes.map(({ httpMethod }) => restApiPaths.method('*', '*', httpMethod)),
      ...(api.models.length > 0 ? [restApiPaths.models('*')] : []),
      ...(api.routes.length > 0 ? [restApiPaths.validators('*')] : []),
      ...(api.authorizers.length > 0 ? [restApiPaths.authorizers('*')] : []),
      restApiPaths.gatewayResponses('*'),
      restApiPaths.stages('*'),
      ...(api.stages.length > 0 ? [restApiPaths.deployments('*'), restApiPaths.deployment('*', '*')] : []),
    ]);
    return [...new Set(paths)].map((path): Permission => reading(plan, path));
  },
  examine: async (subject) => {
    const apis = restApisOf(subject.plan);
    if (apis.length === 0) return { resources: 0, findings: [] };
    const all = await askRestApis(subject.plan, subject.aws);
    const findings = await Promise.all(apis.map((api) => examineApi(api, all, subject)));
    return { resources: apis.reduce((sum, api) => sum + resourcesIn(api), 0), findings: findings.flat() };
  },
};

const resourcesIn = ({ authorizers, routes, models, gatewayResponses, stages, policy }: SynthesizedRestApi) =>
  1 +
  (policy ? 1 : 0) +
  models.length +
  authorizers.length +
  gatewayResponses.length +
  new Set(routes.flatMap(({ validator }) => validator?.address ?? [])).size +
  // Each with its deployment and its method settings.
  stages.reduce((sum, { methodSettings }) => sum + 2 + (methodSettings ? 1 : 0), 0) +
  // Each with its method and, for each response, that of the method and that of the integration.
  routes.reduce(
    (sum, { integration }) => sum + 1 + (integration ? 1 + 2 * integration.responses.length : 0),
    0,
  );

async function examineApi(
  api: SynthesizedRestApi,
  all: readonly RestApi[],
  { plan, affected, aws }: Subject,
): Promise<readonly Finding[]> {
  const circumstances = circumstancesOf(plan, api, affected);
  if (api.id === undefined || !all.some(({ id }) => id === api.id)) return [missingApi(circumstances)];
  const questions = questionsOf(plan, aws, api.id);
  const [deployed, resources, models, validators, authorizers, gatewayResponses, allStages] =
    await Promise.all([
      questions.api(),
      questions.resources(),
      api.models.length > 0 ? questions.models() : [],
      api.routes.length > 0 ? questions.validators() : [],
      api.authorizers.length > 0 ? questions.authorizers() : [],
      questions.gatewayResponses(),
      questions.stages(),
    ]);
  // Deleted while the doctor looks.
  if (!deployed) return [missingApi(circumstances)];
  const routes = deployedRoutes(resources);
  const [stages, ofRoutes] = await Promise.all([
    servedStages(api.stages, allStages, questions),
    Promise.all(
      api.routes.map((route) =>
        examineRoute(route, routeOf(routes, route), { questions, validators, authorizers, circumstances }),
      ),
    ),
  ]);
  const extra = allStages.filter(({ stageName }) => !api.stages.some(({ name }) => name === stageName));
  return [
    ...duplicateApi(all, circumstances),
    ...addressFindings(deployed, circumstances),
    ...asServed(
      [
        ...payloadFindings(deployed, circumstances),
        ...policyFindings(deployed, circumstances),
        ...ofRoutes.flat(),
        ...sharedValidatorFindings(validators, circumstances),
        ...authorizerFindings(authorizers, circumstances),
        ...modelFindings(models, circumstances),
        ...gatewayResponseFindings(gatewayResponses, circumstances),
      ],
      stages,
    ),
    ...routesFindings(routes, stages, circumstances),
    ...stages.flatMap((stage) => stageFindings(stage, circumstances)),
    ...extra.map((stage) => extraStage(stage, circumstances)),
  ];
}

/** The stages as they are, each with the deployment that it serves. */
async function servedStages(
  synthesized: readonly SynthesizedStage[],
  all: readonly Stage[],
  questions: Questions,
): Promise<readonly ServedStage[]> {
  // A stage that serves nothing has no deployments to be told apart.
  const isServed = (stage: Stage | undefined) => stage?.deploymentId !== undefined;
  const stages = synthesized.map((stage) => ({
    synthesized: stage,
    deployed: all.find(({ stageName }) => stageName === stage.name),
  }));
  const deployments = stages.some(({ deployed }) => isServed(deployed)) ? await questions.deployments() : [];
  return Promise.all(
    stages.map(async (stage) => ({
      ...stage,
      serves:
        stage.deployed?.deploymentId === undefined
          ? undefined
          : await questions.deployment(stage.deployed.deploymentId),
      deployments,
    })),
  );
}

interface Surroundings {
  readonly questions: Questions;
  readonly validators: readonly RequestValidator[];
  readonly authorizers: readonly Authorizer[];
  readonly circumstances: Circumstances;
}

/** One that is missing is told by `routesFindings`. */
async function examineRoute(
  route: SynthesizedRoute,
  deployed: DeployedRoute | undefined,
  { questions, validators, authorizers, circumstances }: Surroundings,
): Promise<readonly Finding[]> {
  const method = deployed && (await questions.method(deployed.resourceId, route.httpMethod));
  if (!method) return [];
  const { methodIntegration } = method;
  const { integration } = route;
  return [
    ...methodFindings(route, method, validators, circumstances),
    ...authorizerOfMethodFindings(route, method, authorizers, circumstances),
    ...(integration ? integrationFindings(route, integration, methodIntegration, circumstances) : []),
    ...(integration && methodIntegration?.type === integration.type
      ? responseFindings(route, integration, method, circumstances)
      : []),
  ];
}
