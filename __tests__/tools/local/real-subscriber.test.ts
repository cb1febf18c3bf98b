import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { type LocalServer, serveLocally } from '../../../tools/local/local-server';
import samples from '../../../tools/rehearse/samples/bizppurio-callbacks.json';
import { httpsSubscription } from './https-subscription';
import { subscribersAt, until } from './running';

interface Arrival {
  readonly url: string | undefined;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

const arrivals: Arrival[] = [];
let statuses: (number | 'reset')[];
const server = http.createServer(async (request, response) => {
  let body = '';
  for await (const part of request) body += part;
  const { url, headers } = request;
  arrivals.push({ url, headers, body });
  const status = statuses.shift() ?? 200;
  if (status === 'reset') request.socket.resetAndDestroy();
  else response.writeHead(status).end();
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const { port } = server.address() as AddressInfo;
afterAll(() => server.close());
beforeEach(() => {
  arrivals.length = 0;
  statuses = [];
});

const subscribers = new Map([['delivery-results', new URL(`http://127.0.0.1:${port}/mine?a=1`)]]);
const system = httpsSubscription();
const options = { environment: 'prod', port: 0, unsigned: false };
const running = new Set<LocalServer>();
afterAll(() => Promise.all([...running].map((local) => local.close())));

/** A visibility timeout passes in half a second. */
async function started() {
  const lines: string[] = [];
  const log = (line: string) => void lines.push(line);
  const local = await serveLocally(system, { ...options, timeFactor: 60, subscribers, log });
  running.add(local);
  return { ...local, lines };
}

const body = JSON.stringify(samples.accepted[1]);
const post = (url: string) =>
  fetch(`${url}/v1/bizppurio/delivery-results`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json' },
  });

describe('a real server as subscriber', () => {
  test('gets what the API destination would, and the page shows it', async () => {
    const local = await started();
    await post(local.url);
    await until(() => arrivals.length > 0);
    expect(arrivals[0]).toMatchObject({
      url: '/mine?a=1',
      headers: {
        host: `127.0.0.1:${port}`,
        'content-type': 'application/json; charset=utf-8',
        'x-api-key': 'value-of-delivery_results_subscriber_secret',
      },
    });
    const { messageId, data } = JSON.parse(arrivals[0]?.body ?? '');
    expect(data).toEqual(JSON.parse(body));
    const [shown] = await until(
      () => subscribersAt(local.url),
      ([first]) => first?.delivered === 1,
    );
    expect(shown?.messages).toMatchObject([{ messageId, content: arrivals[0]?.body }]);
  });

  test.each([500, 'reset'] as const)('that answers with %s gets the message again', async (first) => {
    statuses = [first];
    const local = await started();
    await post(local.url);
    await until(() => local.world.account().delivered === 1);
    expect(arrivals.length).toBeGreaterThanOrEqual(2);
    expect(new Set(arrivals.map((arrival) => arrival.body)).size).toBe(1);
  });

  test('is left alone while it is taken down on the page', async () => {
    const local = await started();
    local.subscribers.setDown(true);
    await post(local.url);
    await until(() => local.lines.some((line) => line.includes('not taken')));
    expect(arrivals).toEqual([]);
    local.subscribers.setDown(false);
    await until(() => arrivals.length > 0);
  });
});

test('a name of no HTTPS subscription is refused, with those that there are', async () => {
  await expect(
    serveLocally(system, {
      ...{ ...options, timeFactor: 1, log: () => {} },
      subscribers: new Map([['payment-events-archive', new URL('http://127.0.0.1:1/')]]),
    }),
  ).rejects.toThrow(
    '--subscriber payment-events-archive: prod has no HTTPS subscription of that name; there are delivery-results',
  );
});
