import { expect, test } from 'vitest';
import { type GatewayResponse, gatewayAnswer } from '../../../tools/rehearse/api-gateway/gateway-response';

const responses = (byType: Readonly<Record<string, Partial<GatewayResponse>>>) =>
  new Map(
    Object.entries(byType).map(([type, response]) => [
      type,
      { address: type, status: undefined, template: undefined, ...response },
    ]),
  );

const badBody = { type: 'BAD_REQUEST_BODY', validationError: '[missing (["a"])]', requestId: 'r-1' } as const;

test('without customization API Gateway says what it always says', () => {
  expect(gatewayAnswer(new Map(), badBody)).toEqual({
    status: 400,
    body: '{"message":"Invalid request body"}',
  });
  expect(gatewayAnswer(new Map(), { type: 'MISSING_AUTHENTICATION_TOKEN', requestId: 'r' })).toEqual({
    status: 403,
    body: '{"message":"Missing Authentication Token"}',
  });
});

test('a template’s variables are replaced, quotes of the validation message escaped', () => {
  const template =
    '{"message":$context.error.messageString,"said":"$context.error.message","validation":"$context.error.validationErrorString","type":"$context.error.responseType","requestId":"$context.requestId"}';

  const { body } = gatewayAnswer(responses({ BAD_REQUEST_BODY: { template } }), badBody);

  expect(JSON.parse(body)).toEqual({
    message: 'Invalid request body',
    said: 'Invalid request body',
    validation: '[missing (["a"])]',
    type: 'BAD_REQUEST_BODY',
    requestId: 'r-1',
  });
});

test('the own customization stands before that of the class, and each leaves what it does not say', () => {
  const all = responses({
    UNSUPPORTED_MEDIA_TYPE: { template: 'own' },
    DEFAULT_4XX: { template: 'class', status: 418 },
    DEFAULT_5XX: { template: 'broken' },
  });

  expect(gatewayAnswer(all, { type: 'UNSUPPORTED_MEDIA_TYPE', requestId: 'r' })).toEqual({
    status: 415,
    body: 'own',
  });
  expect(gatewayAnswer(all, { type: 'ACCESS_DENIED', requestId: 'r' })).toEqual({
    status: 418,
    body: 'class',
  });
  expect(gatewayAnswer(all, { type: 'API_CONFIGURATION_ERROR', requestId: 'r' })).toEqual({
    status: 500,
    body: 'broken',
  });
});

test.each([
  ['$context.stage', '$context.stage'],
  ['$input.body', '$input.body'],
  ['#if(true)x#end', '#if in a template that is no Velocity'],
  ['${context.requestId}', '${ in a template that is no Velocity'],
])('a template with %j is refused by name', (template, named) => {
  expect(() => gatewayAnswer(responses({ BAD_REQUEST_BODY: { template } }), badBody)).toThrow(
    `BAD_REQUEST_BODY: ${named} is not simulated`,
  );
});
