import type { Route } from '@aws-sdk/client-apigatewayv2';
import type { Finding } from '../../finding';
import { type Circumstances, finding, frame, seenAt } from './web-socket-circumstances';
import type { SynthesizedRoute } from './web-socket-plan';

type About = Pick<Finding, 'at' | 'subject'>;

const aboutRoute = ({ address, routeKey }: SynthesizedRoute, { subject }: Circumstances): About => ({
  at: address,
  subject: `route ${routeKey} of ${subject}`,
});

export function missingRoute(route: SynthesizedRoute, circumstances: Circumstances): Finding {
  const { clients, deploy } = circumstances;
  const guarded = route.routeKey === '$connect' && route.authorizationType !== 'NONE';
  const open = route.routeKey === '$connect' || route.routeKey === '$disconnect';
  return finding(circumstances, {
    ...aboutRoute(route, circumstances),
    code: 'route-missing',
    severity: open ? 'warning' : 'error',
    problem: 'it does not exist',
    seen: guarded
      ? `everyone may connect, though only those with ${route.authorizationType} authorization should: ` +
        'clients notice nothing'
      : open
        ? 'nothing: without the route everyone may connect and leave as well'
        : `${clients} get ${frame('Forbidden')} for each message that no other route takes, and ` +
          'nothing is queued',
    cause: 'The stack was never deployed to the end, or someone has deleted the route.',
    fix: deploy,
  });
}

/** A route beyond the synthesized ones takes messages away from `$default`, or decides who may connect. */
export function extraRoute(
  { RouteId: id, RouteKey: key = '', AuthorizationType: authorization = 'NONE', Target: target }: Route,
  circumstances: Circumstances,
): Finding {
  const { api, clients, subject } = circumstances;
  const field = /\.(\w+)\}?$/.exec(api.routeSelectionExpression)?.[1] ?? api.routeSelectionExpression;
  const closed = key === '$connect' && authorization !== 'NONE';
  return finding(circumstances, {
    at: api.address,
    subject,
    code: 'route-extra',
    severity: closed || !key.startsWith('$') ? 'error' : 'warning',
    problem: `it has a route ${key} that was not synthesized`,
    synthesized: api.routes.map(({ routeKey }) => routeKey).join(', '),
    deployed: `${key}, authorization ${authorization}, target ${target ?? 'none'}`,
    seen: closed
      ? `${clients} who do not pass ${authorization} authorization cannot connect: HTTP 401 or 403`
      : key.startsWith('$')
        ? `its integration runs as ${clients} ` +
          `${key === '$disconnect' ? 'leave' : 'connect'}${key === '$connect' ? '; while it fails nobody can' : ''}`
        : `messages of ${clients} with "${field}": "${key}" go to its integration and not to the ` +
          'queue: they are not answered',
    cause: 'Someone has added it in the console.',
    fix:
      `aws apigatewayv2 delete-route --api-id ${api.id} --route-id ${id} --region ` +
      `${circumstances.region}; what was meant belongs in constructs/api/.`,
  });
}

/** A route whose target is no integration of the API. */
export const withoutIntegration = (
  route: SynthesizedRoute,
  { Target }: Route,
  circumstances: Circumstances,
): Finding =>
  finding(circumstances, {
    ...aboutRoute(route, circumstances),
    code: 'route-target',
    severity: 'error',
    problem: Target ? `its target ${Target} does not exist` : 'it has no target',
    seen: seenAt(route, circumstances).notSent,
  });

/** What a route lets in, checks and answers otherwise than synthesized. */
export function routeFindings(
  route: SynthesizedRoute,
  deployed: Route,
  circumstances: Circumstances,
): readonly Finding[] {
  const about = aboutRoute(route, circumstances);
  return [
    // Of messages API Gateway asks no authorization.
    ...(route.routeKey === '$connect' ? authorizationFindings(route, deployed, about, circumstances) : []),
    ...modelFinding(route, deployed, about, circumstances),
    ...responseFinding(route, deployed, about, circumstances),
  ];
}

function authorizationFindings(
  route: SynthesizedRoute,
  { AuthorizationType: there = 'NONE', ApiKeyRequired = false }: Route,
  about: About,
  circumstances: Circumstances,
): readonly Finding[] {
  const told = (code: string, synthesized: string, deployed: string, opens: boolean, wanted: string) =>
    synthesized === deployed
      ? []
      : [
          finding(circumstances, {
            ...about,
            code,
            severity: opens ? 'warning' : 'error',
            problem: opens ? 'everyone may connect' : `it asks for ${wanted}`,
            synthesized,
            deployed,
            seen: opens
              ? 'clients notice nothing; whoever knows the address can connect and send messages'
              : `${circumstances.clients} without ${wanted} cannot connect: HTTP 401 or 403 "Forbidden"`,
          }),
        ];
  const key = (required: boolean) => (required ? 'API key' : 'no API key');
  return [
    ...told(
      'route-authorization',
      route.authorizationType,
      there,
      there === 'NONE',
      `${there} authorization`,
    ),
    ...told('route-api-key', key(route.apiKeyRequired), key(ApiKeyRequired), !ApiKeyRequired, 'an API key'),
  ];
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-request-validation.html */
function modelFinding(
  route: SynthesizedRoute,
  { ModelSelectionExpression: expression, RequestModels = {} }: Route,
  about: About,
  circumstances: Circumstances,
): readonly Finding[] {
  const written = (selection: string | undefined, models: readonly (readonly [string, string])[]) =>
    selection === undefined
      ? 'no model'
      : `${selection} of ${models
          .map(([key, model]) => `${key}: ${model}`)
          .sort()
          .join(', ')}`;
  const synthesized = written(route.modelSelectionExpression, [...route.requestModels]);
  const deployed = written(expression || undefined, Object.entries(RequestModels));
  if (synthesized === deployed) return [];
  const unchecked = deployed === 'no model';
  return [
    finding(circumstances, {
      ...about,
      code: 'route-model',
      severity: unchecked ? 'warning' : 'error',
      problem: unchecked ? 'it does not check messages' : 'it checks messages against another model',
      synthesized,
      deployed,
      seen: unchecked
        ? `a message without the ids that SQS needs gets no ${frame('Bad request body')}: SQS refuses ` +
          'it with MissingParameter or InvalidParameterValue, and its client is not told'
        : `${circumstances.clients} get ${frame('Bad request body')} for messages that are good, and ` +
          'nothing is queued',
    }),
  ];
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-response.html */
function responseFinding(
  route: SynthesizedRoute,
  { RouteResponseSelectionExpression: there }: Route,
  about: About,
  circumstances: Circumstances,
): readonly Finding[] {
  const wanted = route.routeResponseSelectionExpression;
  if (wanted === (there || undefined)) return [];
  const oneWay = !there;
  return [
    finding(circumstances, {
      ...about,
      code: 'route-response-selection',
      severity: oneWay && route.routeKey === '$connect' ? 'error' : 'warning',
      problem: oneWay ? 'it is one-way' : 'it is two-way',
      synthesized: wanted ?? 'one-way',
      deployed: there ?? 'one-way',
      seen: oneWay
        ? seenAt(route, circumstances).notSent
        : `${circumstances.clients} may get what SQS answered as a message of its own, before the ` +
          'reply that they wait for',
    }),
  ];
}
