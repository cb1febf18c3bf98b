import http from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import callbacks from '../../../tools/rehearse/samples/bizppurio-callbacks.json';
import { type Running, run, type SubscriberView, subscribersAt, until } from './running';

/** Three minutes take a tenth of a second. */
const timeFactor = 1_800;

const open: AbortController[] = [];
afterEach(() => {
  for (const controller of open.splice(0)) controller.abort();
});

async function send(server: Running, count: number): Promise<readonly string[]> {
  const bodies = Array.from({ length: count }, (_, index) =>
    JSON.stringify({ ...callbacks.accepted[0], MSGID: `m${index}` }),
  );
  for (const body of bodies) {
    const response = await fetch(`${server.url}/v1/bizppurio/delivery-results`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(response.status).toBe(200);
  }
  return bodies;
}

const turn = (server: Running, way: string) => fetch(`${server.url}/_subscriber/${way}`, { method: 'POST' });

const subscriber = (server: Running, name?: string) => async (): Promise<SubscriberView> => {
  const found = (await subscribersAt(server.url)).find((view) => name === undefined || view.name === name);
  if (!found) throw new Error(`no subscriber ${name}`);
  return found;
};

describe('a subscriber that is down', () => {
  it.each([
    ['dev', 'dev-delivery-results-archive', 'after the visibility timeout of 180 s, here 1 s'],
    ['prod', 'prod-delivery-results', 'within 60 s, here 1 s'],
  ])('of %s gets all messages once it is up, and none is lost', async (environment, name, again) => {
    const server = await run(environment, { timeFactor });
    const view = subscriber(server, name);
    await turn(server, 'down');
    const bodies = await send(server, 5);

    const down = await until(view, ({ nextTry }) => nextTry !== undefined);
    expect(down).toMatchObject({ down: true, delivered: 0, waiting: 5, deadLetters: 0, messages: [] });
    await until(
      () => server.lines.filter((line) => line.includes(`${name}: `) && line.includes('not taken')),
      ({ length }) => length > bodies.length,
    );
    expect(server.lines.find((line) => line.includes('not taken'))).toContain(
      `it stays on the queue and is tried again ${again}`,
    );
    expect((await view()).delivered).toBe(0);

    await turn(server, 'up');
    const up = await until(view, ({ delivered, waiting }) => waiting === 0 && delivered >= bodies.length);
    expect(up).toMatchObject({ down: false, deadLetters: 0 });
    expect(up.nextTry).toBeUndefined();
    for (const body of bodies) {
      const { MSGID } = JSON.parse(body) as { readonly MSGID: string };
      expect(up.messages.filter(({ content }) => content.includes(`"${MSGID}"`)).length).toBeGreaterThan(0);
    }
    expect(server.world.account()).toMatchObject({ accepted: 5, delivered: 5, lost: [] });
  });

  it('uses up no deliveries when it is an HTTPS server that cannot be reached', async () => {
    const server = await run('prod', { timeFactor });
    await turn(server, 'down');
    await send(server, 1);
    await until(
      () => server.lines.filter((line) => line.includes('not taken')),
      ({ length }) => length > 8,
    );
    const [message] = server.world.queue(queueArn(server)).messages();
    expect(message?.receiveCount).toBe(1);
  });

  it('may be one of several', async () => {
    const server = await run('prod');
    await turn(server, 'down?pipe=prod-delivery-results');
    expect((await subscribersAt(server.url)).map(({ name, down }) => [name, down])).toEqual([
      ['prod-delivery-results', true],
      ['prod-payment-events-archive', false],
    ]);
    expect(server.lines).toContain('the subscriber of prod-delivery-results is down');
  });

  it('for days leaves dead letters, which are printed', { timeout: 60_000 }, async () => {
    const server = await run('dev', { timeFactor: 100_000 });
    await turn(server, 'down');
    const [id] = (await send(server, 1)) && [...server.world.queue(queueArn(server)).messages()];
    await until(subscriber(server), ({ deadLetters }) => deadLetters === 1);
    expect(server.lines).toContainEqual(
      expect.stringMatching(
        `^${id?.messageId} is a dead letter on dev-delivery-results-dead-letters?, after \\d+`,
      ),
    );
  });
});

const queueArn = ({ world }: Running) => world.system.pipes[0]?.sourceArn ?? '';

describe('what the page asks for', () => {
  it('comes as events: all that there is, then each message and each change', async () => {
    const server = await run();
    const events = await eventsOf(server);
    expect(await events.next('all')).toEqual([
      expect.objectContaining({ name: 'dev-delivery-results-archive', down: false, messages: [] }),
    ]);
    const [body] = await send(server, 1);
    expect(await events.next('delivered')).toEqual({
      name: 'dev-delivery-results-archive',
      message: { messageId: expect.any(String), content: body, at: expect.any(String) },
    });
    await turn(server, 'down');
    let states: readonly SubscriberView[] = [];
    while (!(states[0]?.down && states[0].waiting === 0)) {
      states = (await events.next('states')) as readonly SubscriberView[];
    }
    expect(states[0]).toMatchObject({ delivered: 1, deadLetters: 0 });
  });

  it('a pipe that there is not is refused, with those that there are', async () => {
    const response = await turn(await run(), 'down?pipe=other');
    expect([response.status, await response.json()]).toEqual([
      404,
      { message: 'no pipe other; there are dev-delivery-results-archive' },
    ]);
  });

  it('is refused for another name of this machine', async () => {
    const server = await run();
    const status = await new Promise((resolve) =>
      http
        .request(`${server.url}/_subscriber/messages`, { headers: { host: 'evil.example' } }, (response) =>
          resolve(response.resume().statusCode),
        )
        .end(),
    );
    expect(status).toBe(403);
  });

  it('elsewhere says what is there', async () => {
    const server = await run();
    const response = await fetch(`${server.url}/_subscriber/up`);
    expect([response.status, await response.text()]).toEqual([
      404,
      expect.stringContaining('/_subscriber/messages'),
    ]);
  });
});

async function eventsOf({ url }: Running) {
  const controller = new AbortController();
  open.push(controller);
  const response = await fetch(`${url}/_subscriber/events`, { signal: controller.signal });
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return {
    /** The data of the next event of a name. */
    async next(name: string): Promise<unknown> {
      for (;;) {
        const end = text.indexOf('\n\n');
        if (end >= 0) {
          const [, event, data] = /^event: (\w+)\ndata: (.*)$/.exec(text.slice(0, end)) ?? [];
          text = text.slice(end + 2);
          if (event === name) return JSON.parse(data ?? '');
          continue;
        }
        const { value, done } = (await reader?.read()) ?? { done: true };
        if (done) throw new Error(`the events ended before ${name}`);
        text += value;
      }
    },
  };
}
