import type { Finding } from '../../finding';
import { type Circumstances, cannotConnect, finding } from './web-socket-circumstances';
import type { SynthesizedResponse, SynthesizedRoute } from './web-socket-plan';

/** The keys that API Gateway has. */
export interface DeployedResponses {
  readonly integrationResponses: readonly { readonly IntegrationResponseKey?: string | undefined }[];
  readonly routeResponses: readonly { readonly RouteResponseKey?: string | undefined }[];
}

/**
 * Responses that are not there. An integration that is no proxy must have one; a route that is to answer
 * needs both.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-integration-responses.html
 */
export function responseFindings(
  route: SynthesizedRoute,
  { integrationResponses, routeResponses }: DeployedResponses,
  circumstances: Circumstances,
): readonly Finding[] {
  const { clients, deploy, subject } = circumstances;
  const missing = (
    kind: 'integration response' | 'route response',
    wanted: readonly SynthesizedResponse[],
    there: readonly (string | undefined)[],
  ) =>
    wanted
      .filter(({ key }) => !there.includes(key))
      .map(({ address, key }) =>
        finding(circumstances, {
          at: address,
          subject: `${kind} ${key} of the route ${route.routeKey} of ${subject}`,
          code: `${kind.replace(' ', '-')}-missing`,
          severity: 'error',
          problem: 'it does not exist',
          seen:
            route.routeKey === '$connect'
              ? cannotConnect(clients)
              : 'AWS wants one for an integration that is no proxy, and does not say what happens ' +
                `without: messages of ${clients} may fail with "Internal server error" or in silence`,
          cause: 'The stack was never deployed to the end, or someone has deleted it.',
          fix: deploy,
        }),
      );
  return [
    ...missing(
      'integration response',
      route.integration?.responses ?? [],
      integrationResponses.map(({ IntegrationResponseKey }) => IntegrationResponseKey),
    ),
    ...missing(
      'route response',
      route.routeResponses,
      routeResponses.map(({ RouteResponseKey }) => RouteResponseKey),
    ),
  ];
}
