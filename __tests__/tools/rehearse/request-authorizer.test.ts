import { expect, test } from 'vitest';
import { type Configuration, readPlan } from '../../../tools/plan/plan';
import { restApisOf } from '../../../tools/rehearse/api-gateway/rest-api';
import { signedPlan } from '../signed-plan';

const plan = signedPlan();

/** The same plan with other attributes of a resource; `undefined` takes one away. */
function changed(type: string, name: string, attributes: object) {
  const configuration = structuredClone(plan.configuration) as {
    resource: Record<string, Record<string, object>>;
  };
  const block = { ...configuration.resource[type]?.[name], ...attributes };
  const kept = Object.fromEntries(Object.entries(block).filter(([, value]) => value !== undefined));
  configuration.resource[type] = { ...configuration.resource[type], [name]: kept };
  return () => restApisOf(readPlan(plan.stackId, configuration as unknown as Configuration));
}

const authorizer = (attributes: object) =>
  changed('aws_api_gateway_authorizer', 'api_orders_authorizer', attributes);

test('a method’s authorizer is read with what it needs', () => {
  expect(restApisOf(plan)[0]?.methods[0]?.authorizer).toEqual({
    address: 'test-callback-receiver: aws_api_gateway_authorizer.api_orders_authorizer',
    functionArn: 'arn:aws:lambda:ap-northeast-2:111122223333:function:test-orders-authorizer',
    credentials: 'arn:aws:iam::111122223333:role/test-orders-authorizer-invoker',
    headers: ['X-Signature', 'X-Timestamp', 'X-Body-Sha256'],
  });
});

test.each<[string, () => unknown, string]>([
  ['of another type', authorizer({ type: 'TOKEN' }), 'an authorizer of the type TOKEN'],
  ['of no type', authorizer({ type: undefined }), 'an authorizer of the type TOKEN'],
  [
    'whose answers are kept',
    authorizer({ authorizer_result_ttl_in_seconds: undefined }),
    'an authorizer whose answers are kept for 300 s',
  ],
  [
    'without a role',
    authorizer({ authorizer_credentials: undefined }),
    'an authorizer that is called without a role',
  ],
  ['at another address', authorizer({ authorizer_uri: 'arn:x' }), 'an authorizer at arn:x'],
  [
    'that needs something else than headers',
    authorizer({ identity_source: 'method.request.querystring.key' }),
    'the identity source method.request.querystring.key',
  ],
  [
    'that is no Lambda function',
    changed('aws_api_gateway_method', 'api_orders_route_method', { authorization: 'COGNITO_USER_POOLS' }),
    'the authorization COGNITO_USER_POOLS',
  ],
  [
    'that is none of the API’s',
    changed('aws_api_gateway_method', 'api_orders_route_method', { authorizer_id: 'other' }),
    'no authorizer of its API has the id other',
  ],
])('an authorizer %s is an error', (_, read, message) => {
  expect(read).toThrow(message);
});
