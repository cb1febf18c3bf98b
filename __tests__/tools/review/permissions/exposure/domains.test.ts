import { expect, test } from 'vitest';
import { type Blocks, concerns, reviewOf, together } from '../reviewed';

const trusted = { mutual_tls_authentication: { truststore_uri: 's3://trusted/authorities.pem' } };

/** An API, and a domain whose path leads to a stage of it. */
const api = (domain: object | undefined, { stage = 'v1', key = 'events', disabled = true } = {}): Blocks =>
  together({
    aws_api_gateway_rest_api: { api: { name: 'receiver', disable_execute_api_endpoint: disabled } },
    aws_api_gateway_stage: { v1: { rest_api_id: '${aws_api_gateway_rest_api.api.id}', stage_name: 'v1' } },
    ...(domain && {
      aws_apigatewayv2_domain_name: { domain: { domain_name: 'gw.example.com', ...domain } },
      aws_apigatewayv2_api_mapping: {
        mapping: {
          domain_name: '${aws_apigatewayv2_domain_name.domain.id}',
          api_id: '${aws_api_gateway_rest_api.api.id}',
          stage,
          ...(key && { api_mapping_key: key }),
        },
      },
    }),
  });

test.each([
  [
    'no longer asks for certificates',
    api(trusted),
    api({}),
    ['opens domain gw.example.com: callers need no certificate'],
  ],
  [
    'is new',
    api(undefined),
    api(trusted),
    ['adds gw.example.com/events: leads to the stage v1 of API receiver'],
  ],
  [
    'leads to another stage',
    api(trusted),
    api(trusted, { stage: 'v2' }),
    ['adds gw.example.com/events: leads to the stage v2 of API receiver'],
  ],
  [
    'has another path',
    api(trusted),
    api(trusted, { key: '' }),
    ['adds gw.example.com: leads to the stage v1 of API receiver'],
  ],
  [
    'is no longer the only address',
    api(trusted),
    api(trusted, { disabled: false }),
    ['opens API receiver: its execute-api endpoint answers, beside its own domain'],
  ],
])('a domain that %s needs attention', (_, base, head, expected) => {
  expect(concerns(reviewOf(base, head))).toEqual(expected);
});

test('a domain that asks for certificates from now on is told, and no concern', () => {
  expect(reviewOf(api({}), api(trusted))).toMatchObject({
    concerns: [],
    exposure: [{ opened: [], closed: ['callers must show a certificate'], isNew: false }],
  });
});
