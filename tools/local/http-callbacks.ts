import { NotSimulated } from '../not-simulated';
import type { HttpApi } from '../rehearse/api-gateway/http-api';
import { bodiesOf, idHeaders, validToken } from '../rehearse/scenarios/http-callback/callers';
import type { HttpCallbackFlow } from '../rehearse/world/flows';
import type { System } from '../rehearse/world/system';
import type { World } from '../rehearse/world/world';
import { answerLine, type CallbackRequest, sourceIpHeader } from './callbacks';
import type { Log } from './event-log';
import { quoted } from './example-calls';
import type { Answer } from './http-exchange';

/** Where requests are said to come from, unless their header says otherwise: an address for documentation. */
const anyAddress = '203.0.113.9';

/**
 * The HTTP API that a request is for. At AWS each API has a host of its own; here a REST API may have the same stage,
 * and what is no path of the HTTP API is for that one.
 */
export function httpApiAt({ httpApis, restApis }: System, path: string): HttpApi | undefined {
  const [, stage = ''] = path.split('/');
  const api = httpApis.find(({ stageName }) => stageName === stage);
  if (!api || !restApis.some(({ stageName }) => stageName === stage)) return api;
  return api.routes.some((route) => `/${stage}${route.path}` === path) ? api : undefined;
}

/** @throws NotSimulated for paths of which nobody could tell which API they are for */
export function checkHttpPaths({ httpApis, restApis }: System): void {
  for (const { stageName, routes } of httpApis) {
    const taken = restApis
      .filter((rest) => rest.stageName === stageName)
      .flatMap(({ methods }) => methods.map(({ path }) => path));
    const twice = routes.find(({ path }) => taken.includes(path));
    if (twice) throw new NotSimulated(twice.address, `a REST API with /${stageName}${twice.path} beside it`);
  }
}

/** Sends a request through an HTTP API. */
export function answerHttpCallback(world: World, api: HttpApi, request: CallbackRequest, log: Log): Answer {
  const headers = new Map(request.headers);
  const named = [...headers].find(([name]) => name.toLowerCase() === sourceIpHeader.toLowerCase());
  if (named) headers.delete(named[0]);
  const text = request.body.toString();
  if (request.body.length <= 10 * 1024 * 1024 && !Buffer.from(text).equals(request.body)) {
    throw new NotSimulated(api.address, 'a body that is not UTF-8');
  }
  const answer = world.httpRequest(api, {
    method: request.method,
    path: request.path.slice(api.stageName.length + 1) || '/',
    headers,
    body: text,
    sourceIp: named?.[1] ?? anyAddress,
  });
  log(`${request.method} ${request.path} → ${answerLine(answer)}`, answer.status < 400 ? 'plain' : 'bad');
  return answer;
}

/** A request that a callback takes, to paste into a shell; a token in it holds for an hour of simulated time. */
export function httpExampleCall(flow: HttpCallbackFlow, world: World, origin: string): string {
  const { api, route } = flow;
  const [body = ''] = bodiesOf(flow, 1);
  const headers = [
    'Content-Type: application/json',
    ...idHeaders(flow).map((name) => `${name}: example`),
    ...(route.authorizer ? [`${route.authorizer.header}: Bearer ${validToken(flow, world)}`] : []),
  ];
  return [
    'curl -i',
    ...headers.map((header) => `-H ${quoted(header)}`),
    `--data-raw ${quoted(body)}`,
    `${origin}/${api.stageName}${route.path}`,
  ].join(' ');
}
