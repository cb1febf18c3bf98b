import { test } from 'vitest';
import { dev } from '../../../fixtures/environments/dev';
import { expectHeld, type StackDraft, synthesized, testDefects } from './sabotage';

const intact = synthesized(dev);
const stackId = 'dev-websocket-reply';
const integration = 'aws_apigatewayv2_integration.api_default_route_integration';

const inTemplate = (part: string, replacement: string) => (stack: StackDraft) =>
  stack.replace(stack.block(integration, 'request_templates'), '$default', part, replacement);

const groupId = "$util.urlEncode($input.path('$.MessageGroupId'))";

test.each(['echo', 'ids', 'hostile-groups', 'bad-messages'])('with its template as it is: %s', (scenario) =>
  expectHeld(intact, `websocket/${scenario}`),
);

testDefects(intact, { stackId, kind: 'websocket' }, [
  [
    'the Content-Type header is not mapped',
    'echo',
    (stack) => stack.drop(stack.block(integration), 'request_parameters'),
    { what: 'SQS takes it: <UnknownOperationException/>' },
  ],
  [
    'another Content-Type is mapped',
    'echo',
    (stack) =>
      stack.set(
        stack.block(integration, 'request_parameters'),
        'integration.request.header.Content-Type',
        "'application/json'",
      ),
    { what: 'SQS takes it: <UnknownOperationException/>' },
  ],
  [
    'the template has no Action',
    'echo',
    inTemplate('Action=SendMessage&', ''),
    { what: 'SQS takes it: <UnknownOperationException/>' },
  ],
  [
    'the integration names a queue that does not exist',
    'echo',
    (stack) => stack.replace(stack.block(integration), 'integration_uri', 'messages.fifo', 'message.fifo'),
    {
      what: 'arn:aws:sqs:ap-northeast-2:111122223333:dev-websocket-message.fifo: AWS.SimpleQueueService.NonExistentQueue',
      at: `${stackId}: ${integration}`,
    },
  ],
  [
    'the body is not encoded',
    'hostile-groups',
    inTemplate('$util.urlEncode($input.body)', '$input.body'),
    { what: '"salt+pepper&more=1"]} is queued as it is' },
  ],
  [
    'the group id is not encoded',
    'hostile-groups',
    inTemplate(groupId, "$input.path('$.MessageGroupId')"),
    { what: 'a request with "MessageAttribute.1.Value.StringValue" twice' },
  ],
  [
    'the attributes are counted from 0',
    'echo',
    inTemplate('MessageAttribute.2.', 'MessageAttribute.0.'),
    { what: 'message attribute 0 without 1' },
  ],
  [
    'an attribute has the wrong name',
    'echo',
    inTemplate('Name=connectionId', 'Name=connection'),
    { what: 'the reply is complete: no reply' },
    { what: 'connectionId', at: `${stackId}: aws_lambda_function.reply` },
  ],
  [
    'the template ends in a newline',
    'echo',
    inTemplate(
      '2.Value.StringValue=$util.urlEncode($context.requestId)',
      '2.Value.StringValue=$util.urlEncode($context.requestId)\n',
    ),
    { what: '\\n","message"' },
  ],
  [
    'the template has a newline within',
    'echo',
    inTemplate('&MessageGroupId', '\n&MessageGroupId'),
    { what: 'its body is queued as it was sent: {"MessageGroupId":"test","data":"hello world"}\n' },
  ],
  [
    'the message has no group id',
    'echo',
    inTemplate(`&MessageGroupId=${groupId}`, ''),
    { what: '"MissingParameter","Message":"The request must contain the parameter MessageGroupId."' },
  ],
  [
    'the message has no deduplication id',
    'echo',
    inTemplate('&MessageDeduplicationId=$util.urlEncode($context.requestId)', ''),
    {
      what: 'SQS takes it: {"Error":{"Code":"InvalidParameterValue","Message":"The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly"',
    },
  ],
  [
    'messages are grouped by their connection, while the model asks for a group',
    'ids',
    inTemplate(groupId, '$util.urlEncode($context.connectionId)'),
    { what: `MessageGroupId, which ${stackId}: aws_apigatewayv2_route.api_default_route requires, is an id` },
  ],
  [
    'all messages are one group',
    'ids',
    inTemplate(groupId, 'all'),
    { what: `MessageGroupId is all and MessageDeduplicationId` },
  ],
  [
    'the model requires nothing',
    'bad-messages',
    (stack) =>
      stack.json(stack.block('aws_apigatewayv2_model.api_default_route_model'), 'schema', (schema) => {
        delete schema.required;
      }),
    { what: `no group id: ${stackId}: aws_apigatewayv2_route.api_default_route lets it through` },
  ],
  [
    'the model lets group ids be of any kind',
    'bad-messages',
    (stack) =>
      stack.json(stack.block('aws_apigatewayv2_model.api_default_route_model'), 'schema', (schema) => {
        delete schema.properties;
      }),
    { what: 'for parameter MessageGroupId is invalid' },
  ],
]);
