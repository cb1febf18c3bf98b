import { randomBytes } from 'node:crypto';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { NotSimulated } from '../not-simulated';
import type { HttpApi } from '../rehearse/api-gateway/http-api';
import type { RestApi } from '../rehearse/api-gateway/rest-api';
import type { WebSocketApi } from '../rehearse/api-gateway/websocket-api';
import { PacedClock } from '../rehearse/simulation/paced-clock';
import type { System } from '../rehearse/world/system';
import { World } from '../rehearse/world/world';
import { answerCallback } from './callbacks';
import { answerConnections, isConnections } from './connections';
import type { Log } from './event-log';
import { answerHttpCallback, checkHttpPaths, httpApiAt } from './http-callbacks';
import { type Answer, readBody, respond, says, sentHeaders } from './http-exchange';
import { namedHost } from './named-host';
import { UsageError } from './options';
import { subscriberPath, subscriberRoutes } from './subscriber-routes';
import { LocalSubscribers } from './subscribers';
import { Watch } from './watch';
import { WebSockets } from './websockets';

const host = '127.0.0.1';

export interface ServerOptions {
  readonly environment: string;
  /** 0 for a free one. */
  readonly port: number;
  /** Simulated seconds in one second. */
  readonly timeFactor: number;
  /** Callers of REST APIs and WebSocket clients need no signature. */
  readonly unsigned: boolean;
  /** Servers of this machine in place of simulated subscribers, by the subscription's name. @default none */
  readonly subscribers?: ReadonlyMap<string, URL>;
  readonly log: Log;
}

/** A system that is running on this machine. */
export interface LocalServer {
  readonly world: World;
  readonly subscribers: LocalSubscribers;
  readonly port: number;
  /** Without a slash at its end. */
  readonly url: string;
  /** Ends connections and timers. */
  close(): Promise<void>;
}

/**
 * Lets a system run, on sockets of this machine alone.
 * @throws UsageError when the port is not to be had, and for a real subscriber of no HTTPS subscription
 */
export async function serveLocally(system: System, options: ServerOptions): Promise<LocalServer> {
  const { environment, timeFactor, unsigned, log } = options;
  checkStages(system);
  const clock: PacedClock = new PacedClock({
    factor: timeFactor,
    onTurn: () => watch.look(),
    onError: (error) => void watch.failed(error),
  });
  const real = realSubscribers(system, options);
  const subscribers = new LocalSubscribers(system, clock, timeFactor, real);
  const { simulated } = subscribers;
  const world = new World(system, {
    clock,
    seed: randomBytes(8).toString('hex'),
    faults: simulated.faults({}),
    servers: subscribers.servers,
    functions: simulated.functions,
    stored: simulated.stored,
    functionLog: (functionName, line) => log(`${functionName} ${line}`, 'quiet'),
  });
  const watch = new Watch(world, subscribers, log);
  const failed = (error: unknown) => watch.failed(error);
  const sockets = new WebSockets({ world, unsigned, log, failed });
  const pages = subscriberRoutes(environment, subscribers, world);

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname: asked, searchParams } = new URL(request.url ?? '/', `http://${host}`);
    const named = namedHost(system, request, asked);
    if (!named && (asked === subscriberPath || asked.startsWith(`${subscriberPath}/`))) {
      pages.answer(request, response);
      return;
    }
    if (named === 'forbidden') {
      respond(response, says(403, 'Forbidden'));
      return;
    }
    const pathname = named?.path ?? asked;
    const stage = pathname.split('/')[1];
    const isAsked = (api: RestApi | HttpApi | WebSocketApi) =>
      named ? api === named.api : api.stageName === stage;
    const { method = 'GET' } = request;
    const body = await readBody(request);
    const given = { method, path: pathname, querystring: searchParams, headers: sentHeaders(request), body };
    const http = named ? system.httpApis.find(isAsked) : httpApiAt(system, pathname);
    const rest = system.restApis.find(isAsked);
    const sockets = system.webSocketApis.find(isAsked);
    const answered: Answer =
      sockets && isConnections(pathname)
        ? await answerConnections(world, sockets, given, log)
        : http
          ? answerHttpCallback(world, http, given, log)
          : rest
            ? await answerCallback(world, rest, given, { log, unsigned })
            : says(404, `nothing is at /${stage}: there are ${placesOf(system).join(', ')}`);
    respond(response, answered);
    watch.look();
  };

  const server = http.createServer((request, response) => {
    answer(request, response).catch((error) => {
      if (request.destroyed && !request.complete) return;
      respond(response, says(error instanceof NotSimulated ? 501 : 500, failed(error)));
    });
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const { pathname: asked } = new URL(request.url ?? '/', `http://${host}`);
    const named = namedHost(system, request, asked);
    const api =
      named === 'forbidden'
        ? undefined
        : system.webSocketApis.find(
            (candidate) =>
              (!named || candidate === named.api) &&
              (named?.path ?? asked).replace(/\/$/, '') === `/${candidate.stageName}`,
          );
    try {
      if (api) sockets.upgrade(api, request, socket, head);
      else socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    } catch (error) {
      failed(error);
      socket.destroy();
    }
  });
  const port = await listen(server, options.port);
  world.start();
  watch.look();
  return {
    world,
    subscribers,
    port,
    url: `http://${host}:${port}`,
    async close() {
      clock.stop();
      world.consumers.stop();
      pages.close();
      const closed = new Promise((resolve) => server.close(resolve));
      await sockets.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** By the ARN of their pipe. */
function realSubscribers(
  { pipes }: System,
  { environment, subscribers = new Map() }: ServerOptions,
): ReadonlyMap<string, URL> {
  const https = pipes.filter(({ target }) => target.kind === 'api-destination');
  return new Map(
    [...subscribers].map(([name, url]) => {
      const pipe = https.find((one) => one.name === `${environment}-${name}`);
      if (pipe) return [pipe.arn, url];
      const names = https.map((one) => one.name.slice(environment.length + 1)).join(', ') || 'none';
      throw new UsageError(
        `--subscriber ${name}: ${environment} has no HTTPS subscription of that name; there are ${names}`,
      );
    }),
  );
}

/** One API of a kind answers under a stage here; at AWS each has a host of its own. */
function checkStages(system: System): void {
  checkHttpPaths(system);
  for (const apis of [system.restApis, system.httpApis, system.webSocketApis]) {
    const stages = apis.map(({ stageName }) => stageName);
    const twice = apis.find(({ stageName }, index) => stages.indexOf(stageName) !== index);
    if (twice)
      throw new NotSimulated(twice.address, `a second API of its kind with the stage ${twice.stageName}`);
  }
}

const placesOf = ({ restApis, httpApis, webSocketApis }: System): readonly string[] => [
  ...restApis.flatMap(({ stageName, methods }) => methods.map(({ path }) => `/${stageName}${path}`)),
  ...httpApis.flatMap(({ stageName, routes }) => routes.map(({ path }) => `/${stageName}${path}`)),
  ...webSocketApis.map(({ stageName }) => `/${stageName}/@connections/<id>`),
  subscriberPath,
];

const listen = (server: http.Server, port: number) =>
  new Promise<number>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reason =
        error.code === 'EADDRINUSE'
          ? 'something else listens there'
          : error.code === 'EACCES'
            ? 'this user may not listen there'
            : undefined;
      reject(
        reason === undefined
          ? error
          : new UsageError(
              `--port ${port}: ${reason}, on ${host}. Give another one, or leave --port out for a free one`,
            ),
      );
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
