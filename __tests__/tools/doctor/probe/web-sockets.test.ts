import { createHash, createHmac } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Environment } from '../../../../environments/environment';
import { MissingPermission } from '../../../../tools/doctor/aws/answer-of';
import { type Aws, connect } from '../../../../tools/doctor/aws/aws';
import type { Permission } from '../../../../tools/doctor/check';
import type { ProbedFlow } from '../../../../tools/doctor/probe/course';
import { probePermissions } from '../../../../tools/doctor/probe/permissions';
import { type ProbeInput, probe } from '../../../../tools/doctor/probe/probe';
import { dev as shippedDev } from '../../../fixtures/environments/dev';
import { prod as shippedProd } from '../../../fixtures/environments/prod';
import { run } from '../../local/running';
import { variants } from '../../rehearse/variants';
import { type SynthesizedEnvironment, synthesizedEnvironment } from './synthesized-environment';

const dev = synthesizedEnvironment(shippedDev);
const prod = synthesizedEnvironment(shippedProd);
const { clients } = connect({
  region: 'ap-northeast-2',
  credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI' },
});

type Held = readonly [visible: number, inFlight: number, deadLetters: number];

/** AWS whose queues hold so much when the probe begins, and so much afterwards. */
function holding(before: Held, after: Held): { readonly aws: Aws; readonly asked: Permission[] } {
  const asked: Permission[] = [];
  const aws: Aws = {
    clients,
    ask: async <Answer>(permission: Permission) => {
      const [visible, inFlight, deadLetters] = asked.length < 2 ? before : after;
      asked.push(permission);
      const isDeadLetter = permission.resource.includes('dead-letter');
      const Attributes = {
        ApproximateNumberOfMessages: String(isDeadLetter ? deadLetters : visible),
        ApproximateNumberOfMessagesNotVisible: String(isDeadLetter ? 0 : inFlight),
      };
      return { Attributes } as Answer;
    },
  };
  return { aws, asked };
}
const empty = () => holding([0, 0, 0], [0, 0, 0]).aws;

async function probed(of: SynthesizedEnvironment, input: Partial<ProbeInput>): Promise<ProbedFlow> {
  const [flow, ...others] = await probe({
    plans: of.plans,
    environment: of.environment,
    aws: empty(),
    only: `${of.environment.name}-websocket-reply`,
    limits: { reply: 2_000 },
    ...input,
  });
  expect(others).toEqual([]);
  if (!flow) throw new Error('no flow');
  return flow;
}

const outcomes = ({ steps }: ProbedFlow) => steps.map(({ what, outcome }) => `${what}: ${outcome}`);
const last = ({ steps }: ProbedFlow) => steps.at(-1);

const servers: http.Server[] = [];
const silent: Duplex[] = [];
afterEach(async () => {
  for (const socket of silent.splice(0)) socket.destroy();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function listening(server: http.Server): Promise<string> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
}

/** A server that does so with every message. */
async function gateway(answer: (socket: WebSocket, message: string) => void): Promise<string> {
  const server = http.createServer();
  new WebSocketServer({ server }).on('connection', (socket) =>
    socket.on('message', (data) => answer(socket, String(data))),
  );
  return listening(server);
}

/** A server that answers every handshake so. */
function refusing(status: number, body: string, seen?: (request: http.IncomingMessage) => void) {
  const server = http.createServer().on('upgrade', (request, socket) => {
    seen?.(request);
    socket.end(
      `HTTP/1.1 ${status} No\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
    );
  });
  return listening(server);
}

describe('WebSocket messages', () => {
  it('are answered by the system that was synthesized', async () => {
    const { port, lines } = await run('dev');
    const flow = await probed(dev, { webSocketEndpoint: `ws://127.0.0.1:${port}/v1` });
    expect(flow).toMatchObject({
      flow: 'WebSocket /v1 → dev-websocket-messages.fifo → reply',
      stackId: 'dev-websocket-reply',
      mark: expect.stringMatching(/^doctor-probe-/),
      cleanedUp: [],
      stays: [],
    });
    expect(outcomes(flow)).toEqual([
      'a client connects: ok',
      'a marked message is sent: ok',
      'the reply comes back on the connection: ok',
      'its message is what was sent: ok',
    ]);
    expect(flow.steps[1]?.detail).toBe(JSON.stringify({ MessageGroupId: flow.mark, data: flow.mark }));
    await expect.poll(() => lines.some((line) => line.endsWith('closed with 1000'))).toBe(true);
  });

  it('are answered where $connect asks for a signature, which the probe gives', async () => {
    const { port } = await run('prod');
    const flow = await probed(prod, { webSocketEndpoint: `ws://127.0.0.1:${port}/v1` });
    expect(outcomes(flow)).toEqual([
      'a client connects: ok',
      'a marked message is sent: ok',
      'the reply comes back on the connection: ok',
      'its message is what was sent: ok',
    ]);
    expect(flow.steps[0]?.detail).toContain(', signed');
  });

  it('of an API that was synthesized without a signature and asks for one', async () => {
    const { port } = await run('prod');
    const flow = await probed(dev, { webSocketEndpoint: `ws://127.0.0.1:${port}/v1` });
    expect(flow.steps).toEqual([
      {
        what: 'a client connects',
        outcome: 'failed',
        detail:
          '403 Missing Authentication Token: $connect asks for an authorization that was not synthesized, or there is no such API or stage: npm run doctor -- dev compares the routes',
      },
    ]);
  });

  it.each(Object.keys(variants).filter((name) => name.startsWith('WebSocket')))(
    'have the ids that the environment wants (%s)',
    async (name) => {
      const environment = variants[name] as Environment;
      const of = synthesizedEnvironment(environment);
      const sent: string[] = [];
      const webSocketEndpoint = await gateway((socket, message) => {
        sent.push(message);
        socket.send(JSON.stringify({ connectionId: 'c', requestId: 'r', message }));
      });
      const { mark, steps } = await probed(of, { webSocketEndpoint });
      expect(steps.at(-1)?.outcome).toBe('ok');
      const { queue } = environment.websocketReply ?? {};
      const fifo = queue?.kind === 'fifo' ? queue : undefined;
      const group = fifo?.messageGroupId?.from === 'body' ? fifo.messageGroupId.field : 'MessageGroupId';
      const id = fifo?.messageDeduplicationId?.field;
      const fields = { [group]: mark, ...(id !== undefined && { [id]: mark }), data: mark };
      expect(sent.map((text) => JSON.parse(text))).toEqual([fields]);
    },
  );

  it('are signed for execute-api, as AWS signs', async () => {
    let headers: http.IncomingHttpHeaders = {};
    const webSocketEndpoint = await refusing(403, '{"message":"Forbidden"}', (request) => {
      headers = request.headers;
    });
    await probed(prod, { webSocketEndpoint });
    const { authorization = '', host = '' } = headers;
    const at = String(headers['x-amz-date']);
    const scope = `${at.slice(0, 8)}/ap-northeast-2/execute-api/aws4_request`;
    const names = ['host', 'x-amz-content-sha256', 'x-amz-date'];
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
    const empty = createHash('sha256').update('').digest('hex');
    const canonical = [
      ...['GET', '/v1', ''],
      ...[`host:${host}`, `x-amz-content-sha256:${empty}`, `x-amz-date:${at}`, ''],
      ...[names.join(';'), empty],
    ].join('\n');
    const hashed = createHash('sha256').update(canonical).digest('hex');
    const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
    const key = [...scope.split('/')].reduce<string | Buffer>(hmac, 'AWS4wJalrXUtnFEMI');
    const signature = hmac(key, ['AWS4-HMAC-SHA256', at, scope, hashed].join('\n')).toString('hex');
    expect(authorization).toBe(
      `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`,
    );
  });
});

describe('a client that is not let in', () => {
  it('lacks execute-api:Invoke: that is a missing permission', async () => {
    const webSocketEndpoint = await refusing(
      403,
      '{"Message":"User: arn:aws:iam::444455556666:user/me is not authorized to perform: execute-api:Invoke on resource: x"}',
    );
    const flows: ProbedFlow[] = [];
    const error = await probed(prod, { webSocketEndpoint, probed: (flow) => flows.push(flow) }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(MissingPermission);
    expect((error as MissingPermission).permission).toEqual({
      action: 'execute-api:Invoke',
      resource: 'arn:aws:execute-api:ap-northeast-2:444455556666:*/v1/$connect',
    });
    expect(flows.map(outcomes)).toEqual([['the probe goes on: not-seen']]);
  });

  it.each([
    [prod, 403, 'the signature was not accepted'],
    [dev, 404, 'there is no such API or stage'],
    [dev, 429, 'too many connections'],
    [dev, 500, 'the route $connect fails'],
  ] as const)('is told why (%#)', async (of, status, why) => {
    const webSocketEndpoint = await refusing(status, '{"message":"no"}');
    const flow = await probed(of, { webSocketEndpoint });
    expect(flow.steps).toEqual([
      { what: 'a client connects', outcome: 'failed', detail: expect.stringContaining(why) },
    ]);
    expect(flow.steps[0]?.detail).toMatch(new RegExp(`^${status} no: `));
  });

  it('finds nobody: refused, or no such name', async () => {
    const closed = await refusing(403, '');
    await new Promise((resolve) => servers.pop()?.close(resolve));
    expect(last(await probed(dev, { webSocketEndpoint: closed }))).toMatchObject({
      outcome: 'failed',
      detail: expect.stringMatching(/^ECONNREFUSED: .*Nothing listens at 127\.0\.0\.1:\d+/),
    });
    expect(last(await probed(dev, { webSocketEndpoint: 'ws://no-such-host.invalid/v1' }))).toMatchObject({
      outcome: 'failed',
      detail: expect.stringMatching(/^(ENOTFOUND|EAI_AGAIN): .*No DNS server .* knows no-such-host\.invalid/),
    });
  });

  it('waits for a handshake that never comes', async () => {
    const server = http.createServer().on('upgrade', (_request, socket) => silent.push(socket));
    const webSocketEndpoint = await listening(server);
    const flow = await probed(dev, { webSocketEndpoint, limits: { reply: 100 } });
    expect(last(flow)).toMatchObject({ outcome: 'failed', detail: expect.stringMatching(/^ETIMEDOUT: /) });
  });

  it('has nowhere to go when there is no API in AWS', async () => {
    expect((await probed(dev, {})).steps).toEqual([
      {
        what: 'a client connects',
        outcome: 'failed',
        detail: 'no WebSocket API was found in AWS: npm run doctor -- dev tells more',
      },
    ]);
  });
});

describe('a message that is not answered', () => {
  const replied = 'the reply comes back on the connection';

  it.each([
    ['Internal server error', 'SQS refused the message (AccessDenied, KMS.AccessDeniedException'],
    ['Bad request body', 'the deployed model refuses'],
    ['Forbidden', '$default is not deployed'],
    ['Too Many Requests', 'try again later'],
  ])('but with the error %s', async (message, why) => {
    const webSocketEndpoint = await gateway((socket) =>
      socket.send(JSON.stringify({ message, connectionId: 'c', requestId: 'r' })),
    );
    expect(last(await probed(dev, { webSocketEndpoint }))).toEqual({
      what: replied,
      outcome: 'failed',
      detail: expect.stringContaining(why),
    });
  });

  it('but with something else', async () => {
    const text = await gateway((socket) => socket.send('hello'));
    expect(last(await probed(dev, { webSocketEndpoint: text }))).toMatchObject({
      outcome: 'failed',
      detail: 'it is no reply of the function, with a connectionId and a requestId: hello',
    });
    const other = await gateway((socket) =>
      socket.send(JSON.stringify({ connectionId: 'c', requestId: 'r', message: 'other' })),
    );
    expect(last(await probed(dev, { webSocketEndpoint: other }))).toMatchObject({
      what: 'its message is what was sent',
      outcome: 'failed',
      detail: expect.stringMatching(/^sent \{.*, replied other$/),
    });
  });

  it('but with the end of the connection', async () => {
    const webSocketEndpoint = await gateway((socket) => socket.close(1011));
    const flow = await probed(dev, { webSocketEndpoint });
    expect(last(flow)).toMatchObject({ outcome: 'failed', detail: expect.stringContaining('with 1011') });
    expect(flow.stays).toEqual([
      expect.stringContaining(`the message marked ${flow.mark}, on dev-websocket`),
    ]);
  });

  it.each<[Held, string]>([
    [[0, 0, 1], 'the function failed on a message until it was given up'],
    [[0, 1, 0], 'the function has it and does not finish'],
    [[1, 0, 0], 'nobody takes it: the event source mapping is disabled'],
    [[0, 0, 0], 'the integration did not queue it, or the function replied to another endpoint'],
  ])('in time: the queue tells where it stopped (%j)', async (after, why) => {
    const webSocketEndpoint = await gateway(() => {});
    const { aws, asked } = holding([0, 0, 0], after);
    const flow = await probed(dev, { webSocketEndpoint, aws, limits: { reply: 50 } });
    expect(last(flow)).toMatchObject({ what: replied, outcome: 'failed' });
    expect(last(flow)?.detail).toContain(
      `nothing within 0.05 s. dev-websocket-messages.fifo holds ${after[0]} visible`,
    );
    expect(last(flow)?.detail).toContain(why);
    expect(flow.stays).toEqual([expect.stringContaining(`the message marked ${flow.mark}`)]);
    const declared = probePermissions(dev.plans, dev.environment).filter(({ resource }) =>
      resource.includes('websocket'),
    );
    expect([...new Map(asked.map((one) => [one.resource, one])).values()]).toEqual(declared);
  });

  it('because the queue does not exist: nothing is sent', async () => {
    const aws: Aws = { clients, ask: async () => undefined };
    const flow = await probed(dev, { webSocketEndpoint: 'ws://127.0.0.1:1/v1', aws });
    expect(outcomes(flow)).toEqual(['the queue exists: failed']);
  });
});
