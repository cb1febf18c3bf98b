import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Environment } from '../../environments/environment';
import { serveLocally } from '../../tools/local/local-server';
import { templateText } from '../../tools/plan/template-text';
import { rehearsalInputs } from '../../tools/rehearse/rehearse-all';
import samples from '../../tools/rehearse/samples/bizppurio-callbacks.json';
import { systemOf } from '../../tools/rehearse/world/system';
import { synthesizeAll } from '../../tools/synth/synthesize';
import { environments } from '../fixtures/environments';
import { freePort } from '../support/moto';
import { until } from '../tools/local/running';
import { type Call, call, callbackPath, postAndLeave } from './caller';
import { type DnsServer, startDns } from './dns-server';
import { type GatewayFront, startFront } from './gateway-front';
import { type Certificate, certificateOf, type Nginx, nginxMissing, startNginx } from './nginx';
import { type OldServer, startOldServer } from './old-server';

const missing = nginxMissing();
if (missing) console.warn(`skipped: an nginx that mirrors, since ${missing}`);

const dev = environments[0] as Environment;
const callback = dev.callbackReceiver?.callbacks[0];
const environment = {
  ...dev,
  websocketReply: undefined,
  subscriberPipe: undefined,
  callbackReceiver: {
    nginxMirror: {},
    callbacks: [
      // What API Gateway sees as the caller is nginx.
      { ...callback, allowList: ['127.0.0.1/32'] },
      {
        name: 'notes',
        path: '/notes',
        allowList: ['127.0.0.1/32'],
        schema: {},
        contentTypes: ['text/plain'],
      },
    ],
  },
} as unknown as Environment;

const apiId = 'a1b2c3d4e5';
const host = `${apiId}.execute-api.ap-northeast-2.amazonaws.com`;

/** What is not the same on this machine; each stands in the text, or the test would not be of it. */
function onThisMachine(text: string, replacements: readonly (readonly [string, string])[]): string {
  return replacements.reduce((replaced, [from, to]) => {
    expect(replaced.split(from)).toHaveLength(2);
    return replaced.replace(from, () => to);
  }, text);
}

describe.skipIf(missing)('nginx with the output nginx_mirror', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'nginx-'));
  const folderOf = (name: string) => {
    const made = path.join(folder, name);
    fs.mkdirSync(made);
    return made;
  };
  let local: Awaited<ReturnType<typeof serveLocally>>;
  let dns: DnsServer;
  let certificate: Certificate;
  let front: GatewayFront;
  let elsewhere: GatewayFront;
  let old: OldServer;
  let nginx: Nginx;

  beforeAll(async () => {
    const outdir = folderOf('out');
    const stacks = synthesizeAll(outdir, [environment]);
    const [input] = rehearsalInputs(stacks, outdir);
    if (!input) throw new Error('nothing was synthesized');
    local = await serveLocally(systemOf(input.stacks, input.wanted), {
      ...{ environment: 'dev', port: 0, timeFactor: 1, unsigned: false, log: () => {} },
    });
    const outputs = stacks[0]?.configuration.output as Record<string, { readonly value: string }>;
    const text = templateText(outputs.nginx_mirror?.value ?? '', 'nginx_mirror', (expression) => {
      expect(expression).toBe('aws_api_gateway_rest_api.api.id');
      return apiId;
    });
    const made = certificateOf(host, folderOf('certificates'));
    certificate = made.certificate;
    const port = await freePort();
    const common = { port, host, certificate, local: local.url };
    front = await startFront({ ...common, address: '127.0.0.2' });
    elsewhere = await startFront({ ...common, address: '127.0.0.3' });
    dns = await startDns('127.0.0.2');
    old = await startOldServer();
    nginx = await startNginx(folderOf('nginx'), {
      oldServer: old.port,
      callbacks: onThisMachine(String(text), [
        ['169.254.169.253 valid=10s', `127.0.0.1:${dns.port} valid=1s`],
        ['https://$callback_receiver$callback_path', `https://$callback_receiver:${port}$callback_path`],
        ['/etc/ssl/certs/ca-certificates.crt', made.rootFile],
        ['/var/log/nginx/callback-mirror.log', 'mirror.log'],
      ]),
    });
  }, 60_000);

  afterAll(async () => {
    await nginx?.stop();
    old?.close();
    dns?.close();
    await Promise.all([front?.close(), elsewhere?.close(), local?.close()]);
    fs.rmSync(folder, { recursive: true, force: true });
  });

  afterEach(async () => {
    await settled();
    Object.assign(front, { does: 'forwards', handshake: 0 });
    front.show(certificate);
    old.status = 202;
  });

  /** Requests that have a line in the mirror's log: for their copy, or for why there is none. */
  let sent = 0;
  const through = (options: Call) => {
    sent++;
    return call(nginx.port, options);
  };
  /** Whatever came of its copy, each request has a line. */
  const settled = () => until(() => nginx.mirrorLog().length === sent);

  const queued = (name = 'delivery-results') =>
    local.world
      .queue(`arn:aws:sqs:ap-northeast-2:111122223333:dev-${name}`)
      .messages()
      .map(({ body }) => body);

  const result = (id: string) => JSON.stringify({ ...samples.accepted[1], MSGID: id });

  test('both the old server and the queue get each request, byte for byte', async () => {
    const bodies = samples.accepted.map((body) => JSON.stringify(body));
    for (const body of bodies) expect(await through({ body })).toMatchObject({ status: 202 });
    await until(() => queued().length === bodies.length);
    expect(queued()).toEqual(bodies);
    expect(old.arrivals.map(({ body }) => String(body))).toEqual(bodies);
  });

  test('bodies in chunks, with what looks like parameters, and nearly as large as a queue takes, too', async () => {
    const notes = ['a=1&b=%41+c\r\n\n', '{"가": "🙂"}', `${'가&'.repeat(60_000)}`];
    const tooLarge = 'y'.repeat(256 * 1024 + 1);
    for (const body of [tooLarge, ...notes]) {
      const headers = { 'Content-Type': 'text/plain', 'Transfer-Encoding': 'chunked' };
      expect(await through({ path: '/notes', body, headers })).toMatchObject({ status: 202 });
    }
    await until(() => queued('notes').length === notes.length);
    expect(queued('notes')).toEqual(notes);
    const arrived = old.arrivals.filter(({ url }) => url === '/notes').map(({ body }) => String(body));
    expect(arrived).toEqual([tooLarge, ...notes]);
  });

  test.each([202, 500])('the caller gets the %i of the old server as it is', async (status) => {
    old.status = status;
    const { headers, body, ...direct } = await call(old.port, { body: result(`direct-${status}`) });
    const answered = await through({ body: result(`through-${status}`) });
    expect([answered.status, answered.body]).toEqual([direct.status, body]);
    expect(answered.headers).toEqual({
      ...headers,
      'x-result': `no. ${old.arrivals.length}`,
      ...('transfer-encoding' in answered.headers && { 'transfer-encoding': 'chunked' }),
    });
    await until(() => queued().includes(result(`through-${status}`)));
  });

  test('the API sees its own host and the sender’s headers, without credentials and traces of nginx', async () => {
    await through({
      body: result('headers'),
      path: `${callbackPath}?token=secret`,
      headers: {
        Authorization: 'Basic c2VjcmV0',
        Cookie: 'session=secret',
        'X-Api-Key': 'key',
        'X-Trace': 't',
      },
    });
    await until(() => queued().includes(result('headers')));
    expect(front.arrivals.at(-1)).toMatchObject({ method: 'POST', url: `/v1${callbackPath}` });
    expect(front.arrivals.at(-1)?.headers).toEqual({
      host,
      connection: 'close',
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(result('headers'))),
      'x-api-key': 'key',
      'x-trace': 't',
    });
    expect(old.arrivals.at(-1)).toMatchObject({
      url: `${callbackPath}?token=secret`,
      headers: { authorization: 'Basic c2VjcmV0', cookie: 'session=secret' },
    });
  });

  test('nothing but POST is mirrored, and nobody reaches the mirror from outside', async () => {
    const before = front.arrivals.length;
    for (const method of ['GET', 'PUT']) {
      expect(await through({ method })).toMatchObject({ status: 202 });
    }
    expect(await through({ path: '/_mirror_to_queue', body: result('outside') })).toMatchObject({
      status: 404,
    });
    await through({ body: result('last') });
    await until(() => queued().includes(result('last')));
    expect(front.arrivals).toHaveLength(before + 1);
  });

  test('a caller that leaves before the copy has got through loses nothing', async () => {
    front.handshake = 300;
    sent++;
    await postAndLeave(nginx.port, result('left'));
    await until(() => queued().includes(result('left')));
  });

  const failures: readonly (readonly [string, () => void])[] = [
    ['answers 500', () => void Object.assign(front, { does: 'answers 500' })],
    ['hangs', () => void Object.assign(front, { does: 'hangs' })],
    [
      'has a certificate of someone else',
      () => front.show(certificateOf(host, folderOf('stranger')).certificate),
    ],
    [
      'has a certificate of another name',
      () => front.show(certificateOf('x.test', folderOf('other')).certificate),
    ],
    ['refuses connections', () => void Object.assign(dns, { answer: '127.0.0.4' })],
    ['has no name', () => void Object.assign(dns, { answer: 'unknown' })],
    ['cannot be looked up', () => void Object.assign(dns, { answer: 'silence' })],
  ];

  test.each(failures)('an API that %s hurts nobody', async (_what, fail) => {
    const resolved = dns.answer;
    fail();
    // Until what nginx knows of the name is no longer valid.
    if (dns.answer !== resolved) await new Promise((resolve) => setTimeout(resolve, 2_100));
    const [before, arrived, copies] = [queued().length, old.arrivals.length, nginx.mirrorLog().length];
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    const first = await through({ body: result('down'), agent });
    const second = await through({ body: result('down'), agent });
    agent.destroy();
    await settled();
    dns.answer = resolved;
    expect([first.status, second.status]).toEqual([202, 202]);
    expect(first.milliseconds).toBeLessThan(1_000);
    expect(second.milliseconds).toBeLessThan(4_000);
    expect(old.arrivals).toHaveLength(arrived + 2);
    expect(queued()).toHaveLength(before);
    for (const line of nginx.mirrorLog().slice(copies)) expect(line).toMatch(/" 50[024] /);
  });

  test('when API Gateway’s addresses change, copies go to the new ones', async () => {
    dns.answer = '127.0.0.3';
    await until(async () => {
      await through({ body: result('moved') });
      return elsewhere.arrivals.length > 0;
    });
    await until(() => queued().includes(result('moved')));
    expect(new Set(dns.asked)).toEqual(new Set([host]));
  });

  test('each copy has its line in a log of its own', async () => {
    await until(() =>
      nginx.mirrorLog().some((line) => line.includes(`"POST ${callbackPath} HTTP/1.1" 200 `)),
    );
    expect(nginx.accessLog().every((line) => !line.includes('_mirror') || line.includes(' 404 '))).toBe(true);
  });
});
