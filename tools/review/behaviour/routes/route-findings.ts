import { type Finding, notice, type Subject } from '../notice';
import { type Pairs, pairsOf } from '../pairs';
import type { StackBehaviour } from '../read/behaviour-of';
import type { RestApi, Route } from '../read/rest-api';
import { gatewayResponseFindings, noRouteText } from './gateway-response-findings';
import { modelFindings } from './model-findings';
import { queueFindings } from './queue-findings';
import { requirementFindings } from './requirements';
import { lossFindings, responseFindings } from './response-findings';
import { templateFindings } from './template-findings';

/** What surrounds one stack of both versions. */
export interface Surroundings {
  readonly environment: string;
  /** Every stack of the new version. */
  readonly head: readonly StackBehaviour[];
  /** Whether a resource could not be read in the other version: it is not gone, and not new. */
  readonly isUnread: (address: string) => boolean;
}

/** What callers of a REST API that is in both versions notice. */
export async function restApiFindings(
  base: RestApi,
  head: RestApi,
  surroundings: Surroundings,
): Promise<readonly Finding[]> {
  const { environment } = surroundings;
  const api: Subject = { kind: 'API', name: head.name, environment };
  const pairs = routePairs(base.routes, head.routes);
  const findings = await Promise.all(
    pairs.both.map(async ([was, is]) => [
      ...movedFindings(base, was, head, is, surroundings),
      ...(await routeFindings(routeSubject(head, is, environment), was, is, surroundings)),
    ]),
  );
  return [
    ...stageFindings(api, base, head, pairs.both.length),
    ...pairs.gone
      .filter(({ address }) => !surroundings.isUnread(address))
      .map((route) =>
        notice(
          'callers',
          routeSubject(base, route, environment),
          'attention',
          `is gone: callers get ${noRouteText(head.gatewayResponses)}`,
        ),
      ),
    ...findings.flat(),
    ...pairs.added
      .filter(({ address }) => !surroundings.isUnread(address))
      .flatMap((route) => newRouteFindings(head, route, environment)),
    ...gatewayResponseFindings(api, base.gatewayResponses, head.gatewayResponses),
  ];
}

export const routeSubject = (
  { stageName }: Pick<RestApi, 'stageName'>,
  { httpMethod, path }: Pick<Route, 'httpMethod' | 'path'>,
  environment: string,
): Subject => ({ kind: 'route', name: `${httpMethod} /${stageName}${path}`, environment });

/** A new route, and what is wrong with it. */
export function newRouteFindings(
  api: Pick<RestApi, 'stageName'>,
  route: Route,
  environment: string,
): readonly Finding[] {
  const subject = routeSubject(api, route, environment);
  const { integration } = route;
  const goes = !integration
    ? ''
    : integration.queue === undefined
      ? `: requests go to ${integration.target}`
      : `: what is posted goes to queue ${integration.target}`;
  return [notice('callers', subject, undefined, `is new${goes}`), ...lossFindings(subject, route.responses)];
}

/** By method and path; what is left by the method's address, as one that has moved. */
function routePairs(base: readonly Route[], head: readonly Route[]): Pairs<Route> {
  const inPlace = pairsOf(base, head, ({ httpMethod, path }) => `${httpMethod} ${path}`);
  const moved = pairsOf(inPlace.gone, inPlace.added, ({ address }) => address);
  const byQueue = pairsOf(
    moved.gone,
    moved.added,
    ({ integration, address }) => integration?.queue ?? address,
  );
  // Several routes of one queue are not told apart by it.
  const told = byQueue.both.filter(([was, is]) => isOnly(was, moved.gone) && isOnly(is, moved.added));
  const among = (route: Route) => told.some((pair) => pair.includes(route));
  return {
    both: [...inPlace.both, ...moved.both, ...told],
    gone: moved.gone.filter((route) => !among(route)),
    added: moved.added.filter((route) => !among(route)),
  };
}

const isOnly = (route: Route, routes: readonly Route[]) =>
  routes.filter(({ integration }) => integration?.queue === route.integration?.queue).length === 1;

function stageFindings(subject: Subject, base: RestApi, head: RestApi, routes: number): readonly Finding[] {
  if (base.stageName === head.stageName) return [];
  const moved = `is reached under /${head.stageName}, no longer under /${base.stageName}`;
  // Where none stays, each is told to be gone.
  if (routes === 0) return [notice('callers', subject, 'attention', moved)];
  const callers = routes === 1 ? 'its route' : `its ${routes} routes`;
  const text = `${moved}: callers of ${callers} are refused until they use the new address`;
  return [notice('callers', subject, 'attention', text)];
}

function movedFindings(
  baseApi: RestApi,
  base: Route,
  api: RestApi,
  head: Route,
  { environment }: Surroundings,
): readonly Finding[] {
  if (base.httpMethod === head.httpMethod && base.path === head.path) return [];
  const text = `has moved to ${routeSubject(api, head, environment).name}: callers of the old one get ${noRouteText(api.gatewayResponses)}`;
  return [notice('callers', routeSubject(baseApi, base, environment), 'attention', text)];
}

async function routeFindings(
  subject: Subject,
  base: Route,
  head: Route,
  { head: stacks }: Surroundings,
): Promise<readonly Finding[]> {
  const [was, is] = [base.integration, head.integration];
  return [
    ...requirementFindings(subject, base, head),
    ...(await bodyFindings(subject, base, head)),
    ...(was && is
      ? [
          ...queueFindings(subject, was, is, stacks),
          ...templateFindings(subject, was, is, { base: headersOf(base), head: headersOf(head) }),
        ]
      : []),
    ...responseFindings(subject, base.responses, head.responses),
  ];
}

/** What becomes of bodies of each content type that both versions take; several with the same models are one. */
async function bodyFindings(subject: Subject, base: Route, head: Route): Promise<readonly Finding[]> {
  const types = [...(head.integration?.templates.keys() ?? [])].filter((type) =>
    base.integration?.templates.has(type),
  );
  if (!base.models || !head.models) return [];
  const compared = new Map(
    types.map((type) => {
      const pair = [modelFor(base, type), modelFor(head, type)] as const;
      return [pair.map((model) => model?.written ?? '').join('\n'), pair];
    }),
  );
  const findings = await Promise.all(
    [...compared.values()].map(([was, is]) => modelFindings('callers', subject, was, is, '400')),
  );
  return findings.flat();
}

const modelFor = ({ models, validatesBody }: Route, type: string) =>
  validatesBody ? (models?.get(type) ?? models?.get('$default')) : undefined;

const headersOf = ({ parameters }: Route): readonly string[] =>
  [...parameters.keys()].flatMap((name) => /^method\.request\.header\.(.+)$/.exec(name)?.[1] ?? []);
