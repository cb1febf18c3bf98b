import { canonicalJson } from '../../../../synthesis/canonical-json';
import { type Finding, notice, type Subject } from '../notice';
import { pairsOf } from '../pairs';
import type { WebSocketApi, WebSocketRoute } from '../read/websocket-api';
import { modelFindings } from './model-findings';
import { queueFindings } from './queue-findings';
import { authorizationFindings } from './requirements';
import type { Surroundings } from './route-findings';
import { templateFindings } from './template-findings';

/** Routes that take no messages. */
export const forConnections: readonly string[] = ['$connect', '$disconnect'];

/** What clients of a WebSocket API that is in both versions notice. */
export async function webSocketFindings(
  base: WebSocketApi,
  head: WebSocketApi,
  surroundings: Surroundings,
): Promise<readonly Finding[]> {
  const { environment, isUnread } = surroundings;
  const api: Subject = { kind: 'API', name: head.name, environment };
  const { both, gone, added } = pairsOf(base.routes, head.routes, ({ key }) => key);
  const lasting = both.map(([was, is]) =>
    routeFindings(webSocketSubject(head, is, environment), was, is, surroundings),
  );
  return [
    ...apiFindings(api, base, head),
    ...connectFindings(api, base, head),
    ...gone
      .filter(({ key, address }) => !forConnections.includes(key) && !isUnread(address))
      .map((route) => {
        const text = 'is gone: its messages go to $default, or are refused where there is no such route';
        return notice('clients', webSocketSubject(base, route, environment), 'attention', text);
      }),
    ...(await Promise.all(lasting)).flat(),
    ...added
      .filter(({ key, address }) => !forConnections.includes(key) && !isUnread(address))
      .map((route) =>
        notice(
          'clients',
          webSocketSubject(head, route, environment),
          undefined,
          route.integration ? `is new: its messages go to ${route.integration.target}` : 'is new',
        ),
      ),
  ];
}

export const webSocketSubject = (
  { stageName }: Pick<WebSocketApi, 'stageName'>,
  { key }: Pick<WebSocketRoute, 'key'>,
  environment: string,
): Subject => ({ kind: 'route', name: `WebSocket /${stageName} ${key}`, environment });

function apiFindings(api: Subject, base: WebSocketApi, head: WebSocketApi): readonly Finding[] {
  const findings: Finding[] = [];
  if (base.stageName !== head.stageName) {
    const text = `clients connect to /${head.stageName}, no longer to /${base.stageName}: those with the old address are refused`;
    findings.push(notice('clients', api, 'attention', text));
  }
  if (base.routeSelection !== head.routeSelection) {
    const text = `the route of a message is chosen by ${head.routeSelection}, was ${base.routeSelection}`;
    findings.push(notice('clients', api, 'attention', text));
  }
  return findings;
}

/** Without a `$connect` route everyone may connect. */
function connectFindings(api: Subject, base: WebSocketApi, head: WebSocketApi): readonly Finding[] {
  const connect = ({ routes }: WebSocketApi) =>
    routes.find(({ key }) => key === '$connect') ?? { authorization: 'NONE', apiKeyRequired: false };
  return authorizationFindings(api, connect(base), connect(head), 'clients');
}

async function routeFindings(
  subject: Subject,
  base: WebSocketRoute,
  head: WebSocketRoute,
  { head: stacks }: Surroundings,
): Promise<readonly Finding[]> {
  const [was, is] = [base.integration, head.integration];
  if (forConnections.includes(head.key)) return [];
  const isSent = was?.queue !== undefined && is?.queue !== undefined;
  return [
    ...selectionFindings(subject, base, head),
    ...(await bodyFindings(subject, base, head)),
    ...(was && is ? queueFindings(subject, was, is, stacks) : []),
    ...(isSent ? templateFindings(subject, was, is, { base: [], head: [] }) : []),
    ...acknowledgementFindings(subject, base, head),
  ];
}

/** Clients that read each message as a reply are not ready for one of another form. */
function acknowledgementFindings(
  subject: Subject,
  { acknowledgements: was }: WebSocketRoute,
  { acknowledgements: is }: WebSocketRoute,
): readonly Finding[] {
  if (canonicalJson([...(was ?? [])]) === canonicalJson([...(is ?? [])])) return [];
  const text = !was
    ? 'each message is answered at once with whether it is accepted, before the reply: clients must tell the two apart'
    : !is
      ? 'messages are no longer answered at once: clients that wait for that wait in vain'
      : 'messages are answered at once in another form';
  return [notice('clients', subject, 'attention', text)];
}

function selectionFindings(subject: Subject, base: WebSocketRoute, head: WebSocketRoute): readonly Finding[] {
  const expressions = [
    ['the model of a message', base.modelSelection, head.modelSelection],
    ['the template of a message', base.templateSelection, head.templateSelection],
  ] as const;
  // Without an expression no model is looked at: that is told of the bodies.
  return expressions.flatMap(([what, was, is]) =>
    was === is || was === undefined || is === undefined
      ? []
      : [notice('clients', subject, 'attention', `${what} is chosen by ${is}, was ${was}`)],
  );
}

async function bodyFindings(
  subject: Subject,
  base: WebSocketRoute,
  head: WebSocketRoute,
): Promise<readonly Finding[]> {
  if (!base.models || !head.models) return [];
  const keys = [...new Set([...base.models.keys(), ...head.models.keys()])];
  const findings = await Promise.all(
    keys.map((key) =>
      modelFindings('clients', subject, modelFor(base, key), modelFor(head, key), 'Bad request body'),
    ),
  );
  return findings.flat();
}

/** Without a selection expression nothing is checked. */
const modelFor = ({ models, modelSelection }: WebSocketRoute, key: string) =>
  modelSelection === undefined ? undefined : models?.get(key);
