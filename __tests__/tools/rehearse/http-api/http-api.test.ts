import { Testing } from 'cdktf';
import { describe, expect, test } from 'vitest';
import type { HttpCallbackReceiverSettings } from '../../../../environments/environment';
import { HttpCallbackReceiverStack } from '../../../../stacks/http-callback-receiver';
import { VirtualClock } from '../../../../tools/rehearse/simulation/virtual-clock';
import { type System, systemOf } from '../../../../tools/rehearse/world/system';
import { wantedOf } from '../../../../tools/rehearse/world/wanted';
import { World } from '../../../../tools/rehearse/world/world';
import { exampleEnvironment } from '../../../stacks/example-environment';

const httpCallbackReceiver: HttpCallbackReceiverSettings = {
  cors: { allowOrigins: ['https://shop.example.com'] },
  callbacks: [
    { name: 'open', path: '/open' },
    {
      name: 'signed',
      path: '/signed',
      jwt: { issuer: 'https://login.example.com', audience: ['gateway'] },
      queue: {
        kind: 'fifo',
        messageGroupId: { from: 'header', name: 'X-Tenant' },
        messageDeduplicationId: { from: 'body', field: 'id' },
      },
    },
  ],
};

const environment = { ...exampleEnvironment, httpCallbackReceiver };
const id = 'test-http-callback-receiver';
const written = Testing.synth(
  new HttpCallbackReceiverStack(Testing.app(), environment, httpCallbackReceiver),
);

type Resources = Record<string, Record<string, Record<string, unknown>>>;

/** The system of the stack, with its resources changed. */
function system(change: (resource: Resources) => void = () => {}, wanted = wantedOf(environment)): System {
  const configuration = JSON.parse(written) as { readonly resource: Resources };
  change(configuration.resource);
  return systemOf([{ id, configuration: configuration as never, folder: '' }], wanted);
}

const plain = system();

function rig(of = plain) {
  const clock = new VirtualClock(1_767_225_600_000);
  const world = new World(of, { clock, seed: 'http' });
  const [api] = of.httpApis;
  if (!api) throw new Error('no HTTP API');
  const send = (path: string, body: string, headers: Record<string, string> = {}, method = 'POST') =>
    world.httpRequest(api, {
      method,
      path,
      body,
      headers: new Map(Object.entries({ 'Content-Type': 'application/json', ...headers })),
      sourceIp: '203.0.113.9',
    });
  const token = world.issuer('https://login.example.com').validToken({ aud: 'gateway' }, clock.now());
  return { world, send, bearer: { Authorization: `Bearer ${token}` } };
}

const route = (resource: Resources, name: string) =>
  resource.aws_apigatewayv2_route?.[`api_${name}_route`] as Record<string, unknown>;
const parameters = (resource: Resources, name: string) =>
  resource.aws_apigatewayv2_integration?.[`api_${name}_route_integration`]?.request_parameters as Record<
    string,
    string
  >;

describe('a request', () => {
  test('gets SQS’s own answer, in XML', () => {
    const { status, headers, body, sqs } = rig().send('/open', 'hello & +');
    expect([status, headers.get('content-type')]).toEqual([200, 'text/xml']);
    expect(body).toContain('<SendMessageResponse');
    expect(sqs?.sent?.message).toMatchObject({
      body: 'hello & +',
      attributes: [
        { name: 'receivedAt', dataType: 'Number', value: '1767225600000' },
        { name: 'requestId', dataType: 'String' },
        { name: 'sourceIp', dataType: 'String', value: '203.0.113.9' },
      ],
    });
  });

  test('that SQS refuses gets SQS’s status, unlike that of a REST API', () => {
    const { send } = rig();
    expect(send('/open', 'x'.repeat(1_100_000))).toMatchObject({ status: 400 });
    expect(send('/open', 'bell \u0007')).toMatchObject({ status: 400 });
  });

  test.each([
    ['to another path', '/other', 'x', 'POST', 404, '{"message":"Not Found"}'],
    ['with another method', '/open', 'x', 'PUT', 404, '{"message":"Not Found"}'],
    ['above 10 MB', '/open', 'x'.repeat(10_485_761), 'POST', 413, '{"message":"Request Entity Too Large"}'],
    ['without a body', '/open', '', 'POST', 400, '{"message":"Bad Request"}'],
  ])('%s is answered by API Gateway itself', (_what, path, sent, method, status, body) => {
    expect(rig().send(path, sent, {}, method)).toMatchObject({ status, body, sqs: undefined });
  });

  test('of a type that is no text is not simulated', () => {
    expect(() => rig().send('/open', 'a=b', { 'Content-Type': 'application/x-www-form-urlencoded' })).toThrow(
      'a body of the type application/x-www-form-urlencoded is not simulated',
    );
  });
});

describe('ids', () => {
  test('are found whatever the case of the header, several values joined', () => {
    const { send, bearer } = rig();
    const answer = send('/signed', '{"id":"1"}', { ...bearer, 'x-tenant': 'a', 'X-TENANT': 'b' });
    expect(answer.sqs?.sent?.message).toMatchObject({ messageGroupId: 'a,b', messageDeduplicationId: '1' });
  });

  test.each([
    ['no header', '{"id":"1"}', {}],
    ['no field', '{"other":"1"}', { 'x-tenant': 'a' }],
    ['no JSON', 'id=1', { 'x-tenant': 'a' }],
    ['a field that AWS may not see', `{"id":"1","pad":"${'x'.repeat(102_400)}"}`, { 'x-tenant': 'a' }],
  ])('that are missing (%s) let nothing be queued', (_what, body, headers) => {
    const { send, bearer } = rig();
    expect(send('/signed', body, { ...bearer, ...headers } as Record<string, string>)).toMatchObject({
      status: 400,
      sqs: undefined,
    });
  });

  test('that are no text are not simulated', () => {
    const { send, bearer } = rig();
    expect(() => send('/signed', '{"id":1}', { ...bearer, 'x-tenant': 'a' })).toThrow(
      'in which it is no text',
    );
  });
});

describe('a token', () => {
  test('is told why it is refused', () => {
    const { send, world } = rig();
    const issuer = world.issuer('https://login.example.com');
    const challenge = (token: string) =>
      send('/signed', '{"id":"1"}', { Authorization: token }).headers.get('www-authenticate');
    expect(challenge(issuer.token({ aud: 'other', exp: 2e9 }))).toContain('does not have a valid audience');
    expect(challenge(issuer.token({ aud: 'gateway', exp: 1 }))).toContain('expired');
    expect(challenge(issuer.token({ aud: 'gateway', exp: 2e9 }, { ofAnother: true }))).toContain('signature');
  });

  test('without aud may name its client instead', () => {
    const { send, world } = rig();
    const token = world.issuer('https://login.example.com').token({ client_id: 'gateway', exp: 2e9 });
    const headers = { Authorization: token, 'X-Tenant': 'a' };
    expect(send('/signed', '{"id":"1"}', headers).status).toBe(200);
  });
});

describe('a plan', () => {
  test('whose route asks for no token, though the environment wants one, misses something', () => {
    const { missing } = system((resource) => {
      route(resource, 'signed').authorization_type = 'NONE';
    });
    expect(missing).toEqual([
      `the callback signed: ${id}: aws_apigatewayv2_route.api_signed_route takes tokens of nobody, and lets everyone in, not of https://login.example.com`,
    ]);
  });

  test('without a route misses the callback', () => {
    const { missing } = system((resource) => {
      delete resource.aws_apigatewayv2_route?.api_open_route;
    });
    expect(missing).toEqual(['the callback open: no stack has an HTTP API with a route on /open']);
  });

  test.each<[string, (resource: Resources) => void, string]>([
    [
      'ANY routes',
      (resource) => {
        route(resource, 'open').route_key = 'ANY /open';
      },
      'the route key ANY /open is not simulated',
    ],
    [
      'AWS_IAM',
      (resource) => {
        route(resource, 'open').authorization_type = 'AWS_IAM';
      },
      'the authorization AWS_IAM is not simulated',
    ],
    [
      'another parameter',
      (resource) => {
        parameters(resource, 'open').DelaySeconds = '10';
      },
      'the parameter DelaySeconds is not simulated',
    ],
    [
      'attributes without a variable, which AWS refuses',
      (resource) => {
        parameters(resource, 'open').MessageAttributes = '{"a":{"DataType":"String","StringValue":"b"}}';
      },
      'API Gateway takes no constant for it',
    ],
    [
      'a stage that is not deployed by itself',
      (resource) => {
        delete resource.aws_apigatewayv2_stage?.stage?.auto_deploy;
      },
      'a stage without auto_deploy is not simulated',
    ],
  ])('with %s is refused', (_what, change, error) => {
    expect(() => system(change)).toThrow(error);
  });

  test('with a caller’s value within a text is not simulated: it may not be escaped', () => {
    const { send } = rig(
      system((resource) => {
        parameters(resource, 'open').MessageAttributes =
          '{"agent":{"DataType":"String","StringValue":"$${request.header.user-agent}"}}';
      }),
    );
    expect(() => send('/open', 'x', { 'User-Agent': 'a' })).toThrow(
      '${request.header.user-agent} within a text is not simulated',
    );
  });
});
