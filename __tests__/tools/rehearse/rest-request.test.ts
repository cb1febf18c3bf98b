import { describe, expect, test } from 'vitest';
import { type Configuration, type Plan, readPlan } from '../../../tools/plan/plan';
import { methodArn } from '../../../tools/rehearse/api-gateway/method-arn';
import { type RestApi, restApisOf } from '../../../tools/rehearse/api-gateway/rest-api';
import { answerRequest, type RestRequest } from '../../../tools/rehearse/api-gateway/rest-request';
import { queuesOf } from '../../../tools/rehearse/sqs/queue';
import { environments } from '../../fixtures/environments';
import { sqsSurroundings } from './sqs/sqs-surroundings';
import { plansOf } from './synthesized-plans';

const plans = new Map(plansOf(environments).map(({ plan }) => [plan.stackId, plan]));
const prod = plans.get('prod-callback-receiver') as Plan;
const dev = plans.get('dev-callback-receiver') as Plan;

/** The same plan after a change of its JSON. */
function changed(plan: Plan, change: (json: string) => string): Plan {
  const json = JSON.stringify(plan.configuration);
  const after = change(json);
  if (after === json) throw new Error('the change changes nothing');
  return readPlan(plan.stackId, JSON.parse(after) as Configuration);
}

const apiOf = (plan: Plan) => restApisOf(plan)[0] as RestApi;

const payment = '{"eventId":"e-1","orderId":"o&1","status":"captured","note":"50% + 한🙂"}';

const ask = (plan: Plan, request: Partial<RestRequest> & { readonly path: string }) =>
  answerRequest(
    apiOf(plan),
    {
      method: 'POST',
      headers: new Map([['Content-Type', 'application/json']]),
      body: payment,
      sourceIp: '198.51.100.7',
      timeEpoch: 1_700_000_000_000,
      ...request,
    },
    sqsSurroundings(queuesOf(plan)),
  );

const signed = new Map([
  ['content-type', 'application/json; charset=utf-8'],
  ['x-signature', 'a+b/c=='],
]);
const pay = (request: Partial<RestRequest> = {}, plan = prod) =>
  ask(plan, { path: '/payments/events', headers: signed, ...request });

const refusal = ({ status, body, sqs }: ReturnType<typeof ask>) => ({ status, ...JSON.parse(body), sqs });

describe('a callback with a FIFO queue', () => {
  test('is sent with its ids, headers and what the caller cannot choose, and answered with the message’s id', () => {
    const answer = pay();

    const message = answer.sqs?.sent?.message;
    expect(answer.sqs?.sent?.queue.name).toBe('prod-payment-events.fifo');
    expect(message).toMatchObject({ body: payment, messageGroupId: 'o&1', messageDeduplicationId: 'e-1' });
    expect(message?.attributes).toEqual([
      { name: 'requestId', dataType: 'String', value: answer.requestId },
      { name: 'sourceIp', dataType: 'String', value: '198.51.100.7' },
      { name: 'receivedAt', dataType: 'Number', value: '1700000000000' },
      { name: 'contentType', dataType: 'String', value: 'application/json; charset=utf-8' },
      { name: 'signature', dataType: 'String', value: 'a+b/c==' },
    ]);
    expect({ status: answer.status, body: JSON.parse(answer.body) }).toEqual({
      status: 200,
      body: { messageId: message?.messageId },
    });
    expect(answer.headers).toEqual(new Map([['Content-Type', 'application/json']]));
  });

  test.each([
    [
      'without its required header',
      { headers: new Map([['Content-Type', 'application/json']]) },
      { status: 400, message: 'Missing required request parameters: [X-Signature]' },
    ],
    [
      'with a blank required header and without a content type',
      { headers: new Map([['X-Signature', '']]) },
      { status: 400, message: 'Missing required request parameters: [Content-Type, X-Signature]' },
    ],
    [
      'with a group id that SQS would not take',
      { body: payment.replace('o&1', 'o 1') },
      {
        status: 400,
        message: 'Invalid request body',
        validation: '[ECMA 262 regex "^[!-~]{1,128}$" does not match input string "o 1"]',
      },
    ],
    [
      'without a body',
      { body: '' },
      {
        status: 400,
        message: 'Invalid request body',
        validation: '[object has missing required properties (["eventId","orderId","status"])]',
      },
    ],
    [
      'with a content type that the route does not take',
      { headers: new Map([...signed, ['content-type', 'text/plain']]) },
      { status: 415, message: 'This Content-Type is not accepted' },
    ],
    [
      'from an address that another route lists',
      { sourceIp: '203.0.113.1' },
      { status: 403, message: 'This address may not call this API' },
    ],
    [
      'with a body above 10 MB',
      { body: 'x'.repeat(10 * 1024 * 1024 + 1) },
      { status: 413, message: 'The body is too large' },
    ],
    ['by another method', { method: 'GET' }, { status: 404, message: 'No such route' }],
    ['to a path above it', { path: '/payments' }, { status: 404, message: 'No such route' }],
  ])('%s is refused, and SQS is not asked', (_, request, expected) => {
    expect(refusal(pay(request))).toEqual({ ...expected, requestId: expect.any(String), sqs: undefined });
  });

  test('that SQS refuses for its size is answered with 413, for its characters with 400', () => {
    const tooLarge = pay({ body: JSON.stringify({ ...JSON.parse(payment), note: 'x'.repeat(262_144) }) });
    expect({ status: tooLarge.status, ...JSON.parse(tooLarge.body) }).toEqual({
      status: 413,
      message: 'The body is larger than the queue takes',
      requestId: tooLarge.requestId,
    });
    expect(tooLarge.sqs).toMatchObject({ status: 400 });

    const noncharacter = pay({ body: payment.replace('한', '\uffff') });
    expect({ status: noncharacter.status, ...JSON.parse(noncharacter.body) }).toEqual({
      status: 400,
      message: 'The queue cannot take this message',
      requestId: noncharacter.requestId,
    });
    expect(noncharacter.sqs?.sent).toBeUndefined();
  });
});

describe('a callback that takes several content types', () => {
  const receive = (contentType: string, body: string, more: readonly [string, string][] = []) =>
    ask(prod, {
      path: '/carrier/inbound-sms',
      sourceIp: '198.51.100.1',
      headers: new Map([['Content-Type', contentType], ...more]),
      body,
    });

  test.each([
    ['application/x-www-form-urlencoded', 'from=010&text=A%26B+%F0%9F%99%82'],
    ['text/plain', 'Action=DeleteQueue&MessageBody=x'],
    ['application/json', '{"from":"010","text":"#set($x = 1)${x}"}'],
  ])('sends a body of %s as it is', (contentType, body) => {
    const answer = receive(contentType, body);

    expect(answer.sqs?.sent?.message.body).toBe(body);
    expect({ status: answer.status, body: answer.body }).toEqual({ status: 200, body: '' });
  });

  test('sends an optional header where there is one', () => {
    const names = (more: readonly [string, string][]) =>
      receive('text/plain', 'x', more)
        .sqs?.sent?.message.attributes.map(({ name, value }) => `${name}=${value}`)
        .slice(4);

    expect(names([['x-carrier-id', 'skt & co']])).toEqual(['carrierId=skt & co']);
    expect(names([['X-Carrier-Id', '']])).toEqual([]);
    expect(names([])).toEqual([]);
  });

  test('checks only JSON against its model', () => {
    expect(receive('application/json', '{}').status).toBe(400);
    expect(receive('text/plain', '{}').status).toBe(200);
  });
});

test('an API without a resource policy lets everyone in; one that allows too much does so too', () => {
  const open = changed(dev, (json) => json.replace(/"aws_api_gateway_rest_api_policy":\{.*?\}\}\}\},/, ''));
  const wide = changed(dev, (json) => json.replaceAll('203.0.113.0/24', '0.0.0.0/0'));
  const outside = { path: '/bizppurio/delivery-results', sourceIp: '192.0.2.1' };

  expect(ask(dev, outside).status).toBe(403);
  // The body is no delivery result: 400 means that it got that far.
  expect(ask(open, outside).status).toBe(400);
  expect(ask(wide, outside).status).toBe(400);
});

describe('a defect in the plan shows', () => {
  test('the Content-Type mapping removed: SQS finds no operation, and the caller gets 502', () => {
    const broken = changed(prod, (json) =>
      json.replaceAll(
        '"integration.request.header.Content-Type":"\'application/x-www-form-urlencoded\'"',
        '',
      ),
    );

    const answer = pay({}, broken);

    expect(answer.sqs).toMatchObject({ status: 404, body: '<UnknownOperationException/>\n' });
    expect(answer.status).toBe(502);
  });

  test('the action removed: the same', () => {
    const answer = pay(
      {},
      changed(prod, (json) => json.replaceAll('Action=SendMessage', '')),
    );

    expect([answer.sqs?.status, answer.status]).toEqual([404, 502]);
  });

  test('the encoding removed: another body arrives', () => {
    const broken = changed(prod, (json) => json.replaceAll('$util.urlEncode($input.body)', '$input.body'));
    const body = payment.replace('50%', '50');

    expect(pay({ body }, broken).sqs?.sent?.message.body).toBe('{"eventId":"e-1","orderId":"o');
  });

  test('a default response of 200: a refused message is acknowledged', () => {
    const broken = changed(prod, (json) =>
      json
        .replaceAll('"selection_pattern":"2\\\\d{2}",', '')
        .replaceAll(/"api_payment_events_route_integration_response_502":.*?\}\}\},?/g, ''),
    );

    const answer = pay({ body: payment.replace('한', '\uffff') }, broken);

    expect([answer.sqs?.status, answer.status]).toEqual([400, 200]);
  });

  test('no response for what SQS says: API Gateway fails', () => {
    const broken = changed(prod, (json) =>
      json.replaceAll(/"api_payment_events_route_integration_response_502":.*?\}\}\},?/g, ''),
    );

    expect(refusal(pay({ body: payment.replace('한', '\uffff') }, broken))).toMatchObject({
      status: 500,
      message: 'Not confirmed as accepted, try again later',
    });
  });

  test('another queue’s name: SQS does not have it, and the caller gets 502', () => {
    const broken = changed(prod, (json) =>
      json.replace('/prod-payment-events.fifo"', '/prod-payment-event.fifo"'),
    );

    const answer = pay({}, broken);

    expect(answer.sqs?.body).toContain('NonExistentQueue');
    expect(answer.status).toBe(502);
  });

  test('the group id left out: SQS misses it, and the caller gets 400', () => {
    const broken = changed(prod, (json) =>
      json.replaceAll("&MessageGroupId=$util.urlEncode($input.path('$.orderId'))", ''),
    );

    const answer = pay({}, broken);

    expect(answer.sqs?.body).toContain('MissingParameter');
    expect([answer.status, answer.sqs?.sent]).toEqual([400, undefined]);
  });

  test('validation switched off: what the model would refuse is sent', () => {
    const broken = changed(prod, (json) =>
      json.replaceAll('"validate_request_body":true', '"validate_request_body":false'),
    );

    expect(pay({ body: '{"eventId":"e","orderId":"o"}' }, broken).sqs?.sent?.message.messageGroupId).toBe(
      'o',
    );
  });
});

test.each([
  ['"type":"AWS","uri"', '"type":"HTTP","uri"', 'an integration of HTTP arn:aws:apigateway:'],
  [
    '"passthrough_behavior":"NEVER"',
    '"passthrough_behavior":"WHEN_NO_MATCH"',
    'the passthrough behavior WHEN_NO_MATCH',
  ],
  ['"authorization":"NONE"', '"authorization":"CUSTOM"', 'no authorizer of its API has the id'],
  ['"authorization":"NONE"', '"authorization":"COGNITO_USER_POOLS"', 'the authorization COGNITO_USER_POOLS'],
  [
    '"authorization":"NONE"',
    '"authorization":"NONE","operation_name":"Pay"',
    'its attribute "operation_name"',
  ],
  ['"REGIONAL"', '"EDGE"', 'the endpoint type EDGE'],
  ['"path_part":"events"', '"path_part":"{event}"', 'the path variable {event}'],
  [
    '"response_type":"THROTTLED"',
    '"response_parameters":{},"response_type":"THROTTLED"',
    'its attribute "response_parameters"',
  ],
])('a plan with %s turned into %s is refused by name', (from, to, named) => {
  expect(() => apiOf(changed(prod, (json) => json.replace(from, to)))).toThrow(named);
});

test.each([
  [
    "'application/x-www-form-urlencoded'",
    'method.request.header.X',
    'mapping integration.request.header.Content-Type to method.request.header.X',
  ],
  [
    'integration.request.header.Content-Type',
    'integration.request.header.X-Other',
    'the header x-other of a request to SQS',
  ],
  ['#set($header1 = ', '#set($context.requestOverride.header.A = ', '$context.requestOverride.header.A'],
  ['$context.requestId)', '$context.reqestId)', '$context.reqestId'],
])('a request through a plan with %s turned into %s is refused by name', (from, to, named) => {
  const plan = changed(prod, (json) => json.replaceAll(from, to));

  expect(() => pay({}, plan)).toThrow(`${named} is not simulated`);
});

test('a method is named to its policy by its full ARN', () => {
  const api = apiOf(dev);

  expect(api.methods.map((method) => methodArn(api, method))).toEqual([
    expect.stringMatching(
      /^arn:aws:execute-api:ap-northeast-2:111122223333:[0-9a-z]{10}\/v1\/POST\/bizppurio\/delivery-results$/,
    ),
  ]);
});
