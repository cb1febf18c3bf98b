import { expect, test } from 'vitest';
import { GatewayResponses } from '../../../constructs/api/gateway-responses';
import { exampleStack, synthesized } from '../../support/synthesized';

function gatewayResponses() {
  const stack = exampleStack();
  new GatewayResponses(stack, 'responses', 'a1b2c3');
  return synthesized(stack).resource.aws_api_gateway_gateway_response ?? {};
}

const response = (type: string, status: string | undefined, template: string) => ({
  rest_api_id: 'a1b2c3',
  response_type: type,
  ...(status && { status_code: status }),
  response_templates: { 'application/json': template },
});

const withError = '{"message":$context.error.messageString,"requestId":"$context.requestId"}';

test('API Gateway’s own answers are JSON with a message and the id of the request', () => {
  expect(gatewayResponses()).toEqual({
    responses_bad_request_body: response(
      'BAD_REQUEST_BODY',
      '400',
      '{"message":$context.error.messageString,"validation":"$context.error.validationErrorString","requestId":"$context.requestId"}',
    ),
    responses_bad_request_parameters: response('BAD_REQUEST_PARAMETERS', '400', withError),
    responses_access_denied: response(
      'ACCESS_DENIED',
      '403',
      '{"message":"This address may not call this API","requestId":"$context.requestId"}',
    ),
    responses_missing_authentication_token: response(
      'MISSING_AUTHENTICATION_TOKEN',
      '404',
      '{"message":"No such route","requestId":"$context.requestId"}',
    ),
    responses_request_too_large: response(
      'REQUEST_TOO_LARGE',
      '413',
      '{"message":"The body is too large","requestId":"$context.requestId"}',
    ),
    responses_unsupported_media_type: response(
      'UNSUPPORTED_MEDIA_TYPE',
      '415',
      '{"message":"This Content-Type is not accepted","requestId":"$context.requestId"}',
    ),
    responses_throttled: response(
      'THROTTLED',
      '429',
      '{"message":"Too many requests, try again later","requestId":"$context.requestId"}',
    ),
    responses_default_4xx: response('DEFAULT_4XX', undefined, withError),
    responses_default_5xx: response(
      'DEFAULT_5XX',
      undefined,
      '{"message":"Not confirmed as accepted, try again later","requestId":"$context.requestId"}',
    ),
  });
});

test('none of them is a 2xx', () => {
  const statuses = Object.values(gatewayResponses()).map(({ status_code }) => status_code);

  expect(statuses.filter((status) => status !== undefined && !/^[45]\d\d$/.test(String(status)))).toEqual([]);
});
