import { test } from 'vitest';
import { dev } from '../../../fixtures/environments/dev';
import { expectFound, synthesized, testDefects } from './sabotage';

const intact = synthesized(dev);
const reply = 'dev-websocket-reply';
const receiver = 'dev-callback-receiver';
const restIntegration = 'aws_api_gateway_integration.api_delivery_results_route_integration';
const integration = 'aws_apigatewayv2_integration.api_default_route_integration';

testDefects(intact, { stackId: reply, kind: 'websocket' }, [
  [
    'a resource type that is not known',
    'echo',
    (stack) => stack.addResource('aws_wafv2_web_acl.api', {}),
    { what: `${reply}: the resource type aws_wafv2_web_acl is not simulated` },
  ],
  [
    'an attribute that is not known',
    'echo',
    (stack) => stack.add(stack.block('aws_sqs_queue.messages'), 'policy', '{}'),
    { what: `${reply}: aws_sqs_queue.messages: its attribute "policy" is not simulated` },
  ],
  [
    'a directive of Velocity that is not known',
    'echo',
    (stack) =>
      stack.replace(
        stack.block(integration, 'request_templates'),
        '$default',
        'Action=',
        '#parse("x")Action=',
      ),
    { what: `${reply}: ${integration}: the directive #parse is not simulated` },
  ],
  [
    'a variable of $context that is not known',
    'echo',
    (stack) =>
      stack.replace(
        stack.block(integration, 'request_templates'),
        '$default',
        '$context.connectionId',
        '$context.authorizer.principalId',
      ),
    { what: `${reply}: ${integration}` },
  ],
  [
    'a function of Terraform',
    'echo',
    (stack) => stack.set(stack.block('aws_lambda_function.reply'), 'function_name', '${upper("reply")}'),
    { what: 'upper(' },
  ],
  [
    'a reference to what is not there',
    'echo',
    (stack) => stack.set(stack.block('aws_lambda_function.reply'), 'role', '${aws_iam_role.none.arn}'),
    { what: `${reply}: aws_lambda_function.reply.role: \${aws_iam_role.none.arn} refers to nothing` },
  ],
  [
    'a runtime that is not known',
    'echo',
    (stack) => stack.set(stack.block('aws_lambda_function.reply'), 'runtime', 'python3.13'),
    { what: `${reply}: aws_lambda_function.reply: the runtime python3.13 is not simulated` },
  ],
]);

testDefects(intact, { stackId: receiver, kind: 'callback' }, [
  [
    'a condition operator that is not known',
    'arrives',
    (stack) => {
      const statement = stack.statement('api_policy_document', 'ListedAddressesCallEveryCallback');
      const [condition] = statement.condition as [Record<string, unknown>];
      stack.set(condition, 'test', 'IpAddressLike');
    },
    { what: 'statement ListedAddressesCallEveryCallback: the condition operator IpAddressLike' },
  ],
  [
    'a condition key of which nothing is known',
    'arrives',
    (stack) => {
      const statement = stack.statement('api_policy_document', 'ListedAddressesCallEveryCallback');
      const [condition] = statement.condition as [Record<string, unknown>];
      stack.set(condition, 'variable', 'aws:SourceVpc');
    },
    { what: 'aws:SourceVpc' },
  ],
  [
    'bodies without a template are passed on',
    'arrives',
    (stack) => stack.set(stack.block(restIntegration), 'passthrough_behavior', 'WHEN_NO_MATCH'),
    { what: `${receiver}: ${restIntegration}: the passthrough behavior WHEN_NO_MATCH is not simulated` },
  ],
  [
    'another integration type',
    'arrives',
    (stack) => stack.set(stack.block(restIntegration), 'type', 'AWS_PROXY'),
    { what: `${receiver}: ${restIntegration}: an integration of AWS_PROXY` },
  ],
]);

const without = (stackId: string) => ({
  ...intact,
  stacks: intact.stacks.filter(({ id }) => id !== stackId),
});

test('there is no stack for the subscriptions', () =>
  expectFound(without('dev-subscriber-pipe'), 'subscription/', {
    what: 'the subscription delivery-results-archive: no stack has',
  }));

test('there is no stack for the callbacks, which a pipe takes from', () =>
  expectFound(without(receiver), 'callback/', {
    what: 'the callback delivery-results: no stack has a REST API with a method on /bizppurio/delivery-results',
  }));

test('there is no stack for the WebSocket clients', () =>
  expectFound(without(reply), 'websocket/', {
    what: 'replies to WebSocket messages: no stack has a WebSocket API with a route for messages',
  }));
