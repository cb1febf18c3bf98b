import type { IncomingMessage, ServerResponse } from 'node:http';
import type { World } from '../rehearse/world/world';
import { respond, says } from './http-exchange';
import { pagePolicy, subscriberPage } from './subscriber-page';
import type { LocalSubscribers } from './subscribers';

/** Where the page is; no stage begins with an underscore here. */
export const subscriberPath = '/_subscriber';

export interface SubscriberRoutes {
  readonly answer: (request: IncomingMessage, response: ServerResponse) => void;
  /** Ends the pages' streams of events. */
  readonly close: () => void;
}

/** The page that shows what subscribers get, and what it and scripts ask for. */
export function subscriberRoutes(
  environment: string,
  subscribers: LocalSubscribers,
  world: World,
): SubscriberRoutes {
  const streams = new Set<ServerResponse>();
  let latest = '';
  const whole = () =>
    subscribers.states(world).map((state) => ({ ...state, messages: subscribers.messages(state.name) }));
  const tell = (event: string, data: unknown) => {
    for (const stream of streams) stream.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  };
  subscribers.listen({
    delivered: (name, message) => tell('delivered', { name, message }),
    changed: () => {
      if (streams.size === 0) return;
      const states = subscribers.states(world);
      const text = JSON.stringify(
        states.map(({ nextTry, ...state }) => ({ ...state, waits: nextTry === undefined })),
      );
      if (text !== latest) tell('states', states);
      latest = text;
    },
  });

  const follow = (response: ServerResponse) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    response.write(`event: all\ndata: ${JSON.stringify(whole())}\n\n`);
    streams.add(response);
    response.on('close', () => streams.delete(response));
  };

  const set = (down: boolean, url: URL, response: ServerResponse) => {
    const name = url.searchParams.get('pipe') ?? undefined;
    if (name !== undefined && !subscribers.names.includes(name)) {
      respond(response, says(404, `no pipe ${name}; there are ${subscribers.names.join(', ') || 'none'}`));
      return;
    }
    subscribers.setDown(down, name);
    json(response, subscribers.states(world));
  };

  return {
    answer(request, response) {
      const url = new URL(request.url ?? '/', 'http://127.0.0.1');
      // A page of another site could have its own name point here.
      if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(request.headers.host ?? '')) {
        return respond(response, says(403, 'only 127.0.0.1 and localhost are answered here'));
      }
      switch (`${request.method} ${url.pathname.replace(/\/$/, '')}`) {
        case `GET ${subscriberPath}`:
          return page(response, subscriberPage(environment));
        case `GET ${subscriberPath}/events`:
          return follow(response);
        case `GET ${subscriberPath}/messages`:
          return json(response, whole());
        case `POST ${subscriberPath}/down`:
          return set(true, url, response);
        case `POST ${subscriberPath}/up`:
          return set(false, url, response);
        default:
          return respond(
            response,
            says(
              404,
              `GET ${subscriberPath}, ${subscriberPath}/messages; POST ${subscriberPath}/down, /up are here`,
            ),
          );
      }
    },
    close() {
      for (const stream of streams) stream.end();
    },
  };
}

const json = (response: ServerResponse, value: unknown) =>
  respond(response, {
    status: 200,
    headers: [
      ['Content-Type', 'application/json'],
      ['Cache-Control', 'no-store'],
    ],
    body: `${JSON.stringify(value, undefined, 2)}\n`,
  });

const page = (response: ServerResponse, body: string) =>
  respond(response, {
    status: 200,
    headers: [
      ['Content-Type', 'text/html; charset=utf-8'],
      ['Content-Security-Policy', pagePolicy],
      ['Cache-Control', 'no-store'],
    ],
    body,
  });
