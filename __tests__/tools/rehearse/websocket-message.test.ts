import { expect, test } from 'vitest';
import { type Configuration, type Plan, readPlan } from '../../../tools/plan/plan';
import { type WebSocketApi, webSocketApisOf } from '../../../tools/rehearse/api-gateway/websocket-api';
import { acceptMessage } from '../../../tools/rehearse/api-gateway/websocket-message';
import { queuesOf } from '../../../tools/rehearse/sqs/queue';
import { environments } from '../../fixtures/environments';
import { sqsSurroundings } from './sqs/sqs-surroundings';
import { plansOf } from './synthesized-plans';

const plan = plansOf(environments).find(({ plan: { stackId } }) => stackId === 'prod-websocket-reply')
  ?.plan as Plan;

function changed(from: string, to: string): Plan {
  const json = JSON.stringify(plan.configuration);
  if (!json.includes(from)) throw new Error(`the plan has no ${from}`);
  return readPlan(plan.stackId, JSON.parse(json.replaceAll(from, to)) as Configuration);
}

const send = (body: string, through = plan) =>
  acceptMessage(
    webSocketApisOf(through)[0] as WebSocketApi,
    { connectionId: 'c-1=', body },
    sqsSurroundings(queuesOf(through)),
  );

const hello = '{"MessageGroupId":"test","data":"hello world"}';

test('a message goes to its group with the ids that its reply needs, and the client hears nothing yet', () => {
  const { requestId, toClient, sqs } = send(hello);

  expect(toClient).toBeUndefined();
  expect(sqs?.sent?.queue.name).toBe('prod-websocket-messages.fifo');
  expect(sqs?.sent?.message).toEqual({
    messageId: expect.any(String),
    body: hello,
    messageGroupId: 'test',
    messageDeduplicationId: requestId,
    attributes: [
      { name: 'connectionId', dataType: 'String', value: 'c-1=' },
      { name: 'requestId', dataType: 'String', value: requestId },
    ],
  });
});

test.each([
  '{"data":"hello world"}',
  '{"MessageGroupId":""}',
  '{"MessageGroupId":"a b"}',
  '{"MessageGroupId":7}',
  `{"MessageGroupId":"${'x'.repeat(129)}"}`,
  '[]',
  'hello',
  '',
])('%s is refused to the client by the model, and SQS is not asked', (body) => {
  const { requestId, toClient, sqs } = send(body);

  expect(JSON.parse(toClient ?? '')).toEqual({
    message: 'Bad request body',
    connectionId: 'c-1=',
    requestId,
  });
  expect(sqs).toBeUndefined();
});

test('whatever the route selection finds in a message, there is only the default route', () => {
  expect(send('{"action":"admin","MessageGroupId":"g"}').sqs?.sent?.message.messageGroupId).toBe('g');
});

test('a route of its own is chosen by the field that selects, and without a default others are forbidden', () => {
  const own = changed('"route_key":"$default"', '"route_key":"send"');

  expect(send('{"action":"send","MessageGroupId":"g"}', own).sqs?.sent?.message.messageGroupId).toBe('g');
  expect(JSON.parse(send(hello, own).toClient ?? '').message).toBe('Forbidden');
});

test('a model that no key selects refuses every message', () => {
  const broken = changed(
    '"model_selection_expression":"\\\\$default"',
    '"model_selection_expression":"other"',
  );

  expect(JSON.parse(send(hello, broken).toClient ?? '').message).toBe('Bad request body');
});

test('without the model SQS refuses a message without a group, and nobody is told', () => {
  const broken = changed('"model_selection_expression":"\\\\$default",', '');

  const { toClient, sqs } = send('{"data":1}', broken);

  expect(toClient).toBeUndefined();
  expect(sqs?.body).toContain('MessageGroupId');
  expect(sqs?.sent).toBeUndefined();
});

test.each([
  [
    '"route_selection_expression":"$request.body.action"',
    '"route_selection_expression":"$request.header.a"',
    'the selection expression $request.header.a',
  ],
  [
    '"template_selection_expression":"\\\\$default"',
    '"template_selection_expression":"other"',
    'a message for which no template is selected',
  ],
  ['"protocol_type":"WEBSOCKET"', '"protocol_type":"GRPC"', 'the protocol GRPC'],
  [
    '"route_key":"$default"',
    '"route_key":"$default","route_response_selection_expression":"$default"',
    'it is two-way and has no route response $default',
  ],
  ['"integration_type":"AWS"', '"integration_type":"HTTP_PROXY"', 'an integration of HTTP_PROXY'],
])('a plan with %s turned into %s is refused by name', (from, to, named) => {
  expect(() => send(hello, changed(from, to))).toThrow(named);
});

test('a message above 128 KB is refused by name', () => {
  expect(() => send(`{"MessageGroupId":"g","d":"${'x'.repeat(131_072)}"}`)).toThrow('a message above 128 KB');
});
