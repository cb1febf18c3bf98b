import { expect, test } from 'vitest';
import { type Configuration, readPlan } from '../../../tools/plan/plan';
import { type WebSocketApi, webSocketApisOf } from '../../../tools/rehearse/api-gateway/websocket-api';
import { acceptMessage } from '../../../tools/rehearse/api-gateway/websocket-message';
import type { SqsAnswer } from '../../../tools/rehearse/sqs/query-protocol';
import { prod } from '../../fixtures/environments/prod';
import { plansOf } from './synthesized-plans';

const configuration = plansOf([
  { ...prod, websocketReply: { ...prod.websocketReply, acknowledgement: true } },
]).find(({ plan }) => plan.stackId === 'prod-websocket-reply')?.plan.configuration as Configuration;

type Block = { readonly [attribute: string]: unknown };

/** The API with resources of a type changed, or taken away, by the end of their names. */
function apiWith(type: string, name: string, change: Block | null = {}): WebSocketApi {
  const resources = Object.entries(configuration.resource?.[type] ?? {}).flatMap(([key, block]) =>
    key.endsWith(name) ? (change ? [[key, { ...(block as Block), ...change }]] : []) : [[key, block]],
  );
  const changed = { ...configuration.resource, [type]: Object.fromEntries(resources) };
  const [api] = webSocketApisOf(
    readPlan('prod-websocket-reply', { ...configuration, resource: changed } as Configuration),
  );
  return api as WebSocketApi;
}

const intact = apiWith('aws_apigatewayv2_route', 'none');

function said(status: number, body = '{}', api = intact) {
  const { acknowledgement, requestId } = acceptMessage(
    api,
    { connectionId: 'c-1=', body: '{"MessageGroupId":"a"}' },
    {
      ids: () => 'r-1',
      sqs: () => ({ status, body, contentType: '', sent: undefined }) as unknown as SqsAnswer,
    },
  );
  expect(requestId).toBe('r-1');
  return acknowledgement === undefined ? undefined : JSON.parse(acknowledgement);
}

test.each([200, 202, 299])('%i of SQS is accepted', (status) => {
  expect(said(status)).toEqual({ accepted: true, requestId: 'r-1' });
});

test.each([
  [400, '{"Error":{"Code":"InvalidMessageContents"}}', 'The queue cannot take this message'],
  [400, '{"Error":{"Code":"MissingParameter"}}', 'The queue cannot take this message'],
  [400, '{"Error":{"Code":"KMS.DisabledException"}}', 'Not accepted, try again later'],
  [403, '{"Error":{"Code":"AccessDenied"}}', 'Not accepted, try again later'],
  [404, '<UnknownOperationException/>', 'Not accepted, try again later'],
  [500, '', 'Not accepted, try again later'],
  [503, 'not JSON', 'Not accepted, try again later'],
  [301, '{}', 'Not accepted, try again later'],
])('%i %s of SQS is not', (status, body, message) => {
  expect(said(status, body)).toEqual({ accepted: false, requestId: 'r-1', message });
});

test('a one-way route tells nothing, whatever its responses are', () => {
  const oneWay = apiWith('aws_apigatewayv2_route', '_default_route', {
    route_response_selection_expression: null,
  });
  expect(said(200, '{}', oneWay)).toBeUndefined();
});

test('a default for all would accept what SQS has refused: that shows', () => {
  const open = apiWith('aws_apigatewayv2_integration_response', 'default_route_integration_response', {
    response_templates: { $default: '{"accepted":true,"requestId":"$context.requestId"}' },
  });
  expect(said(403, '{}', open)).toEqual({ accepted: true, requestId: 'r-1' });
});

test.each<[string, string, string, Block | null, string]>([
  [
    'a two-way route without its response',
    'aws_apigatewayv2_route_response',
    'default_route_route_response',
    null,
    'it is two-way and has no route response $default',
  ],
  [
    'another selection expression',
    'aws_apigatewayv2_route',
    '_default_route',
    { route_response_selection_expression: '$request.body.x' },
    'the route response selection expression $request.body.x',
  ],
  [
    'a response without a template',
    'aws_apigatewayv2_integration_response',
    'accepted',
    { response_templates: {} },
    'a response for which no template is selected',
  ],
])('%s is not passed over', (_what, type, name, change, message) => {
  expect(() => apiWith(type, name, change)).toThrow(message);
});

test('a key that is no pattern, and several that match, are not passed over', () => {
  const odd = apiWith('aws_apigatewayv2_integration_response', 'accepted', {
    integration_response_key: '2xx',
  });
  expect(() => said(200, '{}', odd)).toThrow('the integration response key 2xx');
  const bare = apiWith('aws_apigatewayv2_integration_response', 'default_route_integration_response', null);
  expect(() => said(500, '{}', bare)).toThrow('no response to 500');
  const twice = apiWith('aws_apigatewayv2_integration_response', 'default_route_integration_response', {
    integration_response_key: '/.../',
  });
  expect(() => said(200, '{}', twice)).toThrow('a choice between');
});
