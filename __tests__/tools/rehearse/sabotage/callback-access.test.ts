import { test } from 'vitest';
import { dev } from '../../../fixtures/environments/dev';
import { expectHeld, type StackDraft, synthesized, testDefects } from './sabotage';

const intact = synthesized(dev);
const stackId = 'dev-callback-receiver';

const inPolicy = (values: readonly string[]) => (stack: StackDraft) => {
  for (const sid of ['ListedAddressesCallEveryCallback', 'NobodyElseCallsEveryCallback']) {
    const [condition] = stack.statement('api_policy_document', sid).condition as [Record<string, unknown>];
    stack.set(condition, 'values', values);
  }
};

test.each(['arrives', 'outsiders', 'bad-bodies', 'not-json'])(
  'with its policy and validation as they are: %s',
  (scenario) => expectHeld(intact, `callback/${scenario}`),
);

testDefects(intact, { stackId, kind: 'callback' }, [
  [
    'the allow-list lets everyone in',
    'outsiders',
    inPolicy(['0.0.0.0/0', '::/0']),
    { what: `192.0.2.77 gets 403: 200 , by ${stackId}: aws_api_gateway_rest_api_policy.api_policy` },
  ],
  [
    'the allow-list is wider than the environment wants',
    'outsiders',
    inPolicy(['203.0.113.0/24', '10.0.0.0/8']),
    { what: `10.0.0.1 gets 403: 200 , by ${stackId}: aws_api_gateway_rest_api_policy.api_policy` },
  ],
  [
    'the allow-list lets others in than the environment wants',
    'arrives',
    inPolicy(['198.51.100.0/24']),
    { what: 'the caller gets a 2xx: 403 {"message":"This address may not call this API"' },
    {
      what: 'is not authorized to perform: execute-api:Invoke on resource:',
      at: `${stackId}: aws_api_gateway_rest_api_policy.api_policy, statement NobodyElseCallsEveryCallback`,
    },
  ],
  [
    'the policy is for another stage',
    'arrives',
    (stack) => {
      for (const sid of ['ListedAddressesCallEveryCallback', 'NobodyElseCallsEveryCallback']) {
        const statement = stack.statement('api_policy_document', sid);
        const [resource] = statement.resources as readonly string[];
        stack.set(statement, 'resources', [resource?.replace('/v1/', '/v2/')]);
      }
    },
    {
      what: 'because no resource-based policy allows the execute-api:Invoke action',
      at: `${stackId}: aws_api_gateway_rest_api_policy.api_policy`,
    },
  ],
  [
    'there is no resource policy',
    'outsiders',
    (stack) => stack.dropResource('aws_api_gateway_rest_api_policy.api_policy'),
    { what: `${stackId}: aws_api_gateway_rest_api.api, which has no resource policy` },
  ],
  [
    'the model requires nothing',
    'bad-bodies',
    (stack) =>
      stack.json(
        stack.block('aws_api_gateway_model.api_delivery_results_route_model'),
        'schema',
        (schema) => {
          delete schema.required;
        },
      ),
    { what: 'without RESULT: 400: 200' },
  ],
  [
    'bodies are not validated',
    'not-json',
    (stack) =>
      stack.set(
        stack.block('aws_api_gateway_request_validator.api_validator'),
        'validate_request_body',
        false,
      ),
    {
      what: `JSON bodies are validated: ${stackId}: aws_api_gateway_method.api_delivery_results_route_method has no`,
    },
  ],
  [
    'the method has no validator',
    'not-json',
    (stack) =>
      stack.drop(
        stack.block('aws_api_gateway_method.api_delivery_results_route_method'),
        'request_validator_id',
      ),
    { what: 'or no request validator with validate_request_body' },
  ],
  [
    'the role of the integration does not trust API Gateway',
    'arrives',
    (stack) => {
      const trust = stack.statement('delivery_results_sender_trust', 'ApiGatewayAssumesThisRole');
      stack.set(trust, 'principals', [{ type: 'Service', identifiers: ['events.amazonaws.com'] }]);
    },
    {
      what: 'apigateway.amazonaws.com is not authorized to perform: sts:AssumeRole',
      at: `${stackId}: aws_iam_role.delivery_results_sender`,
    },
  ],
  [
    'the path is another one',
    'arrives',
    (stack) =>
      stack.set(
        stack.block('aws_api_gateway_resource.api_paths_bizppurio__delivery_results'),
        'path_part',
        'results',
      ),
    {
      what: 'the callback delivery-results: no stack has a REST API with a method on /bizppurio/delivery-results',
    },
  ],
]);
