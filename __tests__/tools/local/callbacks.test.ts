import { execFile } from 'node:child_process';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import callbacks from '../../../tools/rehearse/samples/bizppurio-callbacks.json';
import { type Running, run, subscribersAt, until } from './running';

let dev: Running;
let url: string;
beforeAll(async () => {
  dev = await run();
  url = `${dev.url}/v1/bizppurio/delivery-results`;
});

/** Of the worked example; the one with Hangul, an ampersand, a plus and a percent sign. */
const body = JSON.stringify(callbacks.accepted[1]);

const post = (to: string, init: RequestInit & { readonly headers?: Record<string, string> } = {}) =>
  fetch(to, {
    method: 'POST',
    body,
    ...init,
    headers: { 'content-type': 'application/json', ...init.headers },
  });

const delivered = async (server: Running) => (await subscribersAt(server.url))[0]?.messages ?? [];

describe('a callback', () => {
  it('is taken, and reaches the subscriber byte for byte', async () => {
    const response = await post(url);
    expect([response.status, await response.text()]).toEqual([200, '']);
    const messages = await until(
      () => delivered(dev),
      ({ length }) => length > 0,
    );
    expect(messages.map(({ content }) => content)).toContain(body);
  });

  it('prints what became of it', async () => {
    await post(url);
    await until(() => dev.lines.filter((line) => line.includes('delivery-results-archive got')).length >= 1);
    expect(dev.lines).toContainEqual(
      expect.stringMatching(
        /^POST \/v1\/bizppurio\/delivery-results → 200, queued on dev-delivery-results as [0-9a-f-]{36}$/,
      ),
    );
  });

  it('is taken from curl', async ({ skip }) => {
    const send = promisify(execFile);
    const found = await send('curl', ['--version']).then(
      () => true,
      () => false,
    );
    if (!found && process.env.CI !== 'true') return skip('there is no curl on this machine');
    const { stdout } = await send('curl', [
      ...['-s', '-i', '-H', 'Content-Type: application/json', '--data-raw', body, url],
    ]);
    expect(stdout).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  });

  it('is refused from an address outside the allow-list, and the place in the plan is printed', async () => {
    const accepted = dev.world.account().accepted;
    const response = await post(url, { headers: { 'X-Rehearsal-Source-Ip': '192.0.2.10' } });
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ message: 'This address may not call this API' });
    expect(dev.world.account().accepted).toBe(accepted);
    expect(dev.lines).toContainEqual(expect.stringMatching(/^refused: .*aws_api_gateway_rest_api_policy/));
  });

  it('from no address at all is a mistake, and says so', async () => {
    const response = await post(url, { headers: { 'X-Rehearsal-Source-Ip': 'elsewhere' } });
    expect([response.status, await response.json()]).toEqual([
      400,
      { message: expect.stringContaining('X-Rehearsal-Source-Ip: elsewhere is no IP address') },
    ]);
  });

  it('that no model takes is answered with the reason', async () => {
    const response = await post(url, { body: '{"DEVICE":"SMS"}' });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('required');
  });

  it.each([10 * 1024 * 1024 + 1, 30 * 1024 * 1024])('of %d bytes is too large', async (size) => {
    const response = await post(url, { body: 'x'.repeat(size) });
    expect(response.status).toBe(413);
  });

  it('that is not UTF-8 is said not to be simulated', async () => {
    const response = await post(url, { body: Buffer.from([0x7b, 0xff, 0xfe, 0x7d]) });
    expect([response.status, await response.json()]).toEqual([
      501,
      { message: expect.stringContaining('a body that is not UTF-8 is not simulated') },
    ]);
  });

  it('may hold the replacement character itself', async () => {
    const text = JSON.stringify({ ...callbacks.accepted[0], USERDATA: '\ufffd' });
    expect((await post(url, { body: text })).status).toBe(200);
  });

  it('of another method, or on another path of the stage, is answered by the API', async () => {
    for (const response of [
      await fetch(url),
      await post(`${dev.url}/v1/elsewhere`),
      await post(`${dev.url}/v1`),
    ]) {
      // As the plan's gateway response for a missing route has it.
      expect([response.status, await response.json()]).toEqual([
        404,
        { message: 'No such route', requestId: expect.any(String) },
      ]);
    }
  });

  it('beyond the stages is told what there is', async () => {
    const response = await post(`${dev.url}/v2/bizppurio`);
    expect([response.status, await response.json()]).toEqual([
      404,
      { message: expect.stringContaining('/v1/bizppurio/delivery-results') },
    ]);
  });
});

describe('an API of prod', () => {
  it('wants the header of its route, whatever its case, and groups by the body', async () => {
    const prod = await run('prod');
    const event = (eventId: string) => JSON.stringify({ eventId, orderId: 'o1', status: 'captured' });
    const to = `${prod.url}/v1/payments/events`;

    expect((await post(to, { body: event('e1') })).status).toBe(400);
    const signed = { headers: { 'x-signature': 'abc' } };
    expect((await post(to, { body: event('e1'), ...signed })).status).toBe(200);
    expect((await post(to, { body: event('e1'), ...signed })).status).toBe(200);
    expect(prod.lines.filter((line) => line.includes('repeats'))).toHaveLength(1);
    const view = await until(
      async () => (await subscribersAt(prod.url)).find(({ name }) => name === 'prod-payment-events-archive'),
      (state) => (state?.delivered ?? 0) > 0,
    );
    expect(view?.messages.map(({ content }) => content)).toEqual([event('e1')]);
  });
});

describe('the server', () => {
  it('is not reachable on an address of another interface', async ({ skip }) => {
    const other = Object.values(os.networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .find(({ internal, family }) => !internal && family === 'IPv4');
    if (!other) return skip('this machine has no other interface');
    const outcome = await new Promise<string>((resolve) => {
      const socket = net.connect(dev.port, other.address);
      socket.on('connect', () => resolve('connected')).on('error', () => resolve('refused'));
    });
    expect(outcome).toBe('refused');
  });

  it('outlives a client that goes in the middle of its body', async () => {
    await new Promise<void>((resolve) => {
      const request = http.request(url, { method: 'POST', headers: { 'content-length': '1000' } });
      request.on('error', () => resolve());
      request.write('{', () => setTimeout(() => request.destroy(), 20));
    });
    expect((await post(url)).status).toBe(200);
    expect(dev.lines.join('\n')).not.toContain('Error');
  });

  it('ends while a client is still sending', async () => {
    const server = await run();
    const request = http.request(`${server.url}/v1/bizppurio/delivery-results`, {
      method: 'POST',
      headers: { 'content-length': '1000' },
    });
    const broken = new Promise((resolve) => request.on('error', resolve));
    await new Promise<void>((resolve) => request.write('{', () => setTimeout(resolve, 20)));
    await server.close();
    expect(await broken).toMatchObject({ code: 'ECONNRESET' });
  });

  it('says which port is taken, and what to do', async () => {
    await expect(run('dev', { port: dev.port })).rejects.toThrow(
      `--port ${dev.port}: something else listens there, on 127.0.0.1. Give another one, or leave --port out`,
    );
  });
});
