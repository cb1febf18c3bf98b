import { test } from 'vitest';
import { dev } from '../../../fixtures/environments/dev';
import { expectHeld, type StackDraft, synthesized, testDefects } from './sabotage';

const intact = synthesized(dev);
const stackId = 'dev-callback-receiver';
const integration = 'aws_api_gateway_integration.api_delivery_results_route_integration';
const accepted = 'aws_api_gateway_integration_response.api_delivery_results_route_integration_response_200';
const refused = 'aws_api_gateway_integration_response.api_delivery_results_route_integration_response_502';

const inTemplate = (part: string, replacement: string) => (stack: StackDraft) =>
  stack.replace(stack.block(integration, 'request_templates'), 'application/json', part, replacement);

test.each(['arrives', 'hostile', 'too-large', 'sqs-down'])('with its integration as it is: %s', (scenario) =>
  expectHeld(intact, `callback/${scenario}`),
);

testDefects(intact, { stackId, kind: 'callback' }, [
  [
    'the Content-Type header is not mapped',
    'arrives',
    (stack) => stack.drop(stack.block(integration), 'request_parameters'),
    { what: 'it is queued: <UnknownOperationException/>' },
  ],
  [
    'the template has no Action',
    'arrives',
    inTemplate('Action=SendMessage', ''),
    { what: 'it is queued: <UnknownOperationException/>' },
  ],
  [
    'the template has another Action',
    'arrives',
    inTemplate('Action=SendMessage', 'Action=SendMessages'),
    { what: 'SendMessages' },
  ],
  [
    'the integration names a queue that does not exist',
    'arrives',
    (stack) => stack.replace(stack.block(integration), 'uri', 'delivery-results', 'delivery-result'),
    { what: 'it is queued: {"Error":{"Code":"AWS.SimpleQueueService.NonExistentQueue"' },
    { what: 'the subscription delivery-results-archive: its pipe takes messages from' },
  ],
  [
    'the body is not encoded',
    'hostile-text',
    inTemplate('$util.urlEncode($input.body)', '$input.body'),
    { what: '"salt+pepper&more=1" arrives as it was sent: {"DEVICE":"SMS"' },
  ],
  [
    'a header is not encoded, by which its sender could write the message',
    'hostile-parts',
    inTemplate('$util.urlEncode($header1)', '$header1'),
    {
      what: 'content-type "application/json; note=x&MessageBody=other" arrives as it was sent: SQS: a request with "MessageBody" twice',
    },
  ],
  [
    'the template ends in a newline',
    'hostile-parts',
    inTemplate('$util.urlEncode($header1)', '$util.urlEncode($header1)\n'),
    { what: '"application/json; note=plain\\n"' },
  ],
  [
    'the template has a newline within',
    'arrives',
    inTemplate('&MessageAttribute.1.Name', '\n&MessageAttribute.1.Name'),
    { what: 'its body is what was posted: {"DEVICE"' },
  ],
  [
    'the template has a newline in an attribute that is a number',
    'arrives',
    inTemplate('&MessageAttribute.4.Name', '\n&MessageAttribute.4.Name'),
    { what: "Can't cast the value of message (user) attribute 'receivedAt' to a number." },
  ],
  [
    'every answer of SQS is 200 to the caller',
    'sqs-down',
    (stack) => {
      stack.dropResource(refused);
      stack.drop(stack.block(accepted), 'selection_pattern');
    },
    { what: 'ThrottlingException becomes 5xx: 200' },
    { what: 'ServiceUnavailable becomes 5xx: 200' },
  ],
  [
    'the response without a pattern is 200, beside one for errors',
    'sqs-down',
    (stack) => {
      stack.drop(stack.block(accepted), 'selection_pattern');
      stack.add(stack.block(refused), 'selection_pattern', '5\\d{2}');
    },
    { what: 'ThrottlingException becomes 5xx: 200' },
  ],
  [
    'there is no response for what SQS has taken',
    'arrives',
    (stack) => stack.dropResource(accepted),
    { what: 'the caller gets a 2xx: 502' },
  ],
  [
    'the response for what SQS has taken is for another status',
    'arrives',
    (stack) => stack.set(stack.block(accepted), 'selection_pattern', '201'),
    { what: 'the caller gets a 2xx: 502' },
  ],
  [
    'there is no response for what SQS has refused',
    'too-large',
    (stack) => stack.dropResource(refused),
    { what: '262145 bytes get 413: 500' },
  ],
  [
    'the caller is told what SQS said',
    'sqs-down',
    (stack) => stack.drop(stack.block(refused), 'response_templates'),
    { what: 'the caller is not told of KMS.DisabledException' },
  ],
]);
