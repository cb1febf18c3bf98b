import type { HttpApi } from '../api-gateway/http-api';
import type { HttpCallbackFlow } from './flows';
import type { Wanted } from './wanted';

/** The callbacks of an HTTP API, one a route. */
export const httpCallbackFlows = (
  stackId: string,
  api: HttpApi,
  { httpCallbackDomain }: Wanted,
): readonly HttpCallbackFlow[] =>
  api.routes.map((route) => {
    const { queueArn } = route.integration;
    return {
      kind: 'http-callback',
      stackId,
      way: `${route.httpMethod} /${api.stageName}${route.path} → ${queueArn.split(':').at(-1)}`,
      queueArn,
      api,
      route,
      domain: httpCallbackDomain,
    };
  });

/** What the environment wants of its HTTP API and no stack has: a route, and that it asks for a token where it should. */
export const missingHttpCallbacks = (
  { httpCallbacks }: Wanted,
  flows: readonly HttpCallbackFlow[],
): readonly string[] =>
  httpCallbacks.flatMap(({ name, path, issuer }) => {
    const flow = flows.find(({ route }) => route.path === path);
    if (!flow) return [`the callback ${name}: no stack has an HTTP API with a route on ${path}`];
    return flow.route.authorizer?.issuer === issuer
      ? []
      : [
          `the callback ${name}: ${flow.route.address} takes tokens of ${flow.route.authorizer?.issuer ?? 'nobody, and lets everyone in'}, not of ${issuer ?? 'nobody'}`,
        ];
  });
