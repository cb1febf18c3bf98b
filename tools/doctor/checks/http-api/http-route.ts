import type { Route } from '@aws-sdk/client-apigatewayv2';
import type { HttpRoute } from '../../../rehearse/api-gateway/http-api';
import type { Finding } from '../../finding';
import type { DeployedParts } from './http-api';
import type { Told } from './http-finding';

type ToldOf = Told & Pick<Finding, 'at' | 'subject'>;

export const routeKeyOf = ({ httpMethod, path }: HttpRoute) => `${httpMethod} ${path}`;

/** What a route does otherwise than synthesized. */
export function routeFindings(route: HttpRoute, deployed: DeployedParts): readonly ToldOf[] {
  const key = routeKeyOf(route);
  const about = { at: route.address, subject: `route ${key}` };
  const there = deployed.routes.find(({ RouteKey }) => RouteKey === key);
  if (!there) {
    return [
      {
        ...about,
        code: 'route-missing',
        severity: 'error',
        problem: 'it does not exist',
        seen: 'callers get 404 {"message":"Not Found"}, and nothing is queued',
      },
    ];
  }
  return [
    ...authorizationFindings(route, there, deployed),
    ...integrationFindings(route, there, deployed),
  ].map((one) => ({ ...about, ...one }));
}

/** A route that lets in more than was synthesized is an error as much as one that lets in less. */
function authorizationFindings(
  { authorizer, scopes }: HttpRoute,
  there: Route,
  { authorizers }: DeployedParts,
): readonly Told[] {
  const jwt = authorizers.find(({ AuthorizerId }) => AuthorizerId === there.AuthorizerId)?.JwtConfiguration;
  const sorted = (list: readonly string[] | undefined) => [...(list ?? [])].sort().join(', ') || 'any';
  const wanted = authorizer
    ? `JWT of ${authorizer.issuer} for ${sorted(authorizer.audience)}, scopes ${sorted(scopes)}`
    : 'NONE';
  const type = there.AuthorizationType ?? 'NONE';
  const is =
    type === 'JWT'
      ? `JWT of ${jwt?.Issuer ?? 'an unknown issuer'} for ${sorted(jwt?.Audience)}, scopes ${sorted(there.AuthorizationScopes)}`
      : type;
  if (wanted === is) return [];
  return [
    {
      code: 'route-authorization',
      severity: 'error',
      problem: 'it lets in others than synthesized',
      synthesized: wanted,
      deployed: is,
      seen:
        type === 'NONE'
          ? 'whoever knows the address may put messages on the queue'
          : 'callers with the token they were given may get 401 or 403, and others may get through',
    },
  ];
}

function integrationFindings(
  { integration }: HttpRoute,
  there: Route,
  { integrations }: DeployedParts,
): readonly Told[] {
  const { address: at } = integration;
  const deployed = integrations.find(({ IntegrationId }) => there.Target === `integrations/${IntegrationId}`);
  if (!deployed) {
    return [
      {
        at,
        code: 'integration-missing',
        severity: 'error',
        problem: 'it leads to no integration',
        seen: 'callers get 500 {"message":"Internal Server Error"}, and nothing is queued',
      },
    ];
  }
  const parameters = new Map(Object.entries(deployed.RequestParameters ?? {}));
  const url = parameters.get('QueueUrl');
  parameters.delete('QueueUrl');
  const pairs: readonly (readonly [what: string, wanted: string, is: string, seen: string])[] = [
    [
      'subtype',
      'SQS-SendMessage 1.0',
      `${deployed.IntegrationSubtype ?? 'none'} ${deployed.PayloadFormatVersion ?? ''}`.trim(),
      'what callers post is not sent to the queue',
    ],
    [
      'role',
      integration.credentials,
      deployed.CredentialsArn ?? 'none',
      'SQS is asked as another role, and refuses what that one may not do',
    ],
    [
      'queue',
      integration.queueArn.split(':').slice(-2).join('/'),
      url?.split('/').slice(-2).join('/') ?? 'none',
      'messages go to another queue, or SQS answers NonExistentQueue: the consumer gets none',
    ],
    ...[...new Set([...integration.parameters.keys(), ...parameters.keys()])].map(
      (name) =>
        [
          name,
          integration.parameters.get(name) ?? 'none',
          parameters.get(name) ?? 'none',
          name === 'MessageBody'
            ? 'the consumer gets another text than callers post'
            : 'messages come without it or with another one, or SQS refuses them',
        ] as const,
    ),
  ];
  return pairs
    .filter(([, wanted, is]) => wanted !== is)
    .map(([what, wanted, is, seen]) => ({
      at,
      code: 'integration-parameters',
      severity: 'error',
      problem: `its integration has another ${what}`,
      synthesized: wanted,
      deployed: is,
      seen,
    }));
}

/** A route that no stack has. */
export const strangeRoute = ({ RouteKey, AuthorizationType }: Route): Told => ({
  code: 'route-extra',
  severity: 'warning',
  problem: `it has a route ${RouteKey} that was not synthesized`,
  deployed: `authorization ${AuthorizationType ?? 'NONE'}`,
  seen: 'whoever knows it may call it; where it leads to is not looked at',
  fix: 'Delete it, or write it into environments/ as a callback.',
});
