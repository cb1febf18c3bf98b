import type { Deployment } from '@aws-sdk/client-api-gateway';
import { answersItself, type Circumstances, callersOf } from './rest-circumstances';
import { routeName } from './rest-plan';

/**
 * Whether AWS tells which methods the deployment was made of.
 * https://docs.aws.amazon.com/apigateway/latest/api/API_GetDeployment.html
 */
export const isKept = ({ apiSummary = {} }: Deployment): boolean => Object.keys(apiSummary).length > 0;

/** Whether the deployment was made with the method. */
export const has = (
  { apiSummary = {} }: Deployment,
  { path, httpMethod }: { readonly path: string; readonly httpMethod: string },
): boolean => apiSummary[path]?.[httpMethod] !== undefined;

/** What callers see of a deployment's methods, where they are others than synthesized: sentences, or none. */
export function snapshotText(deployment: Deployment, circumstances: Circumstances): string {
  if (!isKept(deployment)) return '';
  const { api } = circumstances;
  const missing = api.routes.filter((route) => !has(deployment, route));
  const others = api.routes.filter(({ path, httpMethod, authorization, apiKeyRequired }) => {
    const kept = deployment.apiSummary?.[path]?.[httpMethod];
    return (
      kept &&
      ((kept.authorizationType ?? 'NONE') !== authorization ||
        (kept.apiKeyRequired ?? false) !== apiKeyRequired)
    );
  });
  const extra = Object.entries(deployment.apiSummary ?? {}).flatMap(([path, methods]) =>
    Object.keys(methods)
      .filter(
        (httpMethod) => !api.routes.some((route) => route.path === path && route.httpMethod === httpMethod),
      )
      .map((httpMethod) => routeName(api.stages[0]?.name, httpMethod, path)),
  );
  return [
    ...(missing.length > 0
      ? [
          `It lacks routes: ${callersOf(missing)} get ` +
            `${answersItself(circumstances, 'MISSING_AUTHENTICATION_TOKEN')}, and nothing is queued`,
        ]
      : []),
    ...(others.length > 0 ? [`It asks ${callersOf(others)} for another authorization or API key`] : []),
    ...(extra.length > 0 ? [`It also has ${extra.join(' and ')}`] : []),
  ]
    .map((sentence) => `. ${sentence}`)
    .join('');
}
