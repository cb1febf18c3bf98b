import { describe, expect, test } from 'vitest';
import type { CallbackProps } from '../../../constructs/api/callback-api';
import { standardAttributes } from '../../../constructs/api/standard-attributes';
import { ExistingQueue } from '../../../constructs/queue/existing-queue';
import { exampleStack, resource, synthesized } from '../../support/synthesized';
import { callbackTemplate, encodedAttribute } from './callback-template';
import { exampleReceiver } from './example-receiver';

const restApi = { rest_api_id: '${aws_api_gateway_rest_api.api.id}' };
const orders = { ...restApi, resource_id: '${aws_api_gateway_resource.api_paths_carrier__orders.id}' };

const route = (callback: Partial<CallbackProps> = {}) =>
  synthesized(exampleReceiver({ callbacks: [callback] }).stack);

const templates = (callback: Partial<CallbackProps>) =>
  resource(route(callback), 'aws_api_gateway_integration', 'api_orders_route_integration').request_templates;

describe('the method', () => {
  const method = (callback: Partial<CallbackProps> = {}) => route(callback).resource.aws_api_gateway_method;

  test('takes POST, wants a Content-Type, and validates JSON against the callback’s model', () => {
    expect(method()).toEqual({
      api_orders_route_method: {
        ...orders,
        http_method: 'POST',
        authorization: 'NONE',
        request_validator_id: '${aws_api_gateway_request_validator.api_validator.id}',
        request_parameters: { 'method.request.header.Content-Type': true },
        request_models: { 'application/json': '${aws_api_gateway_model.api_orders_route_model.name}' },
      },
    });
  });

  test('wants the headers that are required, and knows those that are not', () => {
    const headerAttributes = [
      { header: 'X-Signature', attribute: 'signature', required: true },
      { header: 'X-Carrier-Id', attribute: 'carrierId' },
    ];

    expect(method({ headerAttributes })).toEqual({
      api_orders_route_method: {
        ...orders,
        http_method: 'POST',
        authorization: 'NONE',
        request_validator_id: '${aws_api_gateway_request_validator.api_validator.id}',
        request_parameters: {
          'method.request.header.Content-Type': true,
          'method.request.header.X-Signature': true,
          'method.request.header.X-Carrier-Id': false,
        },
        request_models: { 'application/json': '${aws_api_gateway_model.api_orders_route_model.name}' },
      },
    });
  });

  test('wants the header of a group or deduplication id, whatever an attribute says of it', () => {
    const methods = method({
      messageGroupId: { header: 'X-Order' },
      messageDeduplicationId: { header: 'X-Event' },
      headerAttributes: [
        { header: 'x-order', attribute: 'order' },
        { header: 'X-Carrier-Id', attribute: 'carrierId' },
      ],
    });

    expect(methods?.api_orders_route_method?.request_parameters).toEqual({
      'method.request.header.Content-Type': true,
      'method.request.header.X-Order': true,
      'method.request.header.X-Event': true,
      'method.request.header.X-Carrier-Id': false,
    });
  });

  test('has no model for a callback that takes no JSON', () => {
    expect(method({ contentTypes: ['text/plain'] })).toEqual({
      api_orders_route_method: {
        ...orders,
        http_method: 'POST',
        authorization: 'NONE',
        request_validator_id: '${aws_api_gateway_request_validator.api_validator.id}',
        request_parameters: { 'method.request.header.Content-Type': true },
      },
    });
  });
});

test('the model is the callback’s schema, its keys in order and its text safe from Terraform', () => {
  const schema = {
    type: 'object',
    required: ['id'],
    properties: { id: { type: 'string', pattern: '^${a}%{b}$' }, $ref: { type: 'string' } },
    $schema: 'http://json-schema.org/draft-04/schema#',
  };

  expect(route({ name: 'inbound-sms', schema }).resource.aws_api_gateway_model).toEqual({
    api_inbound_sms_route_model: {
      ...restApi,
      name: 'InboundSms',
      description: 'Body of inbound-sms',
      content_type: 'application/json',
      schema:
        '{"$schema":"http://json-schema.org/draft-04/schema#","properties":{"$ref":{"type":"string"},"id":{"pattern":"^$${a}%%{b}$","type":"string"}},"required":["id"],"type":"object"}',
    },
  });
});

describe('the integration', () => {
  test('calls SQS with the queue’s path as the callback’s role, once that role may send', () => {
    expect(route().resource.aws_api_gateway_integration).toEqual({
      api_orders_route_integration: {
        ...orders,
        http_method: '${aws_api_gateway_method.api_orders_route_method.http_method}',
        type: 'AWS',
        integration_http_method: 'POST',
        uri: 'arn:aws:apigateway:ap-northeast-2:sqs:path/111122223333/dev-orders',
        credentials: '${aws_iam_role.orders_sender.arn}',
        request_parameters: {
          'integration.request.header.Content-Type': "'application/x-www-form-urlencoded'",
        },
        passthrough_behavior: 'NEVER',
        request_templates: { 'application/json': callbackTemplate() },
        depends_on: [
          'aws_iam_role_policy.orders_sender_grants',
          'aws_sqs_queue_policy.orders_queue_policy',
          'aws_sqs_queue_redrive_policy.orders_queue_redrive',
        ],
      },
    });
  });

  test('goes to a queue of another account under that account', () => {
    const queue = new ExistingQueue(exampleStack(), 'theirs', {
      arn: 'arn:aws:sqs:ap-northeast-2:444455556666:their-orders.fifo',
    });

    const integration = resource(
      route({ queue }),
      'aws_api_gateway_integration',
      'api_orders_route_integration',
    );

    expect(integration.uri).toBe('arn:aws:apigateway:ap-northeast-2:sqs:path/444455556666/their-orders.fifo');
    expect(integration.depends_on).toEqual(['aws_iam_role_policy.orders_sender_grants']);
  });

  test('has the same template for each content type that the callback takes, and none for others', () => {
    expect(
      templates({ contentTypes: ['application/json', 'application/x-www-form-urlencoded', 'text/plain'] }),
    ).toEqual({
      'application/json': callbackTemplate(),
      'application/x-www-form-urlencoded': callbackTemplate(),
      'text/plain': callbackTemplate(),
    });
    expect(templates({ contentTypes: ['text/plain'] })).toEqual({ 'text/plain': callbackTemplate() });
  });

  test('sends required headers numbered on, and optional ones as they are present', () => {
    const headerAttributes = [
      { header: 'X-Carrier-Id', attribute: 'carrierId' },
      { header: 'X-Signature', attribute: 'signature', required: true },
    ];

    expect(templates({ headerAttributes })).toEqual({
      'application/json': [
        callbackTemplate(['content-type', 'x-carrier-id', 'x-signature']),
        encodedAttribute(5, 'signature', 'String', '$header3'),
        '#set($n = 5)#if($header2 != "")#set($n = $n + 1)',
        encodedAttribute('$${n}', 'carrierId', 'String', '$header2'),
        '#end',
      ].join(''),
    });
  });

  test('sends group and deduplication id before the attributes', () => {
    expect(
      templates({
        messageGroupId: { header: 'X-Order' },
        messageDeduplicationId: { context: 'requestId' },
      }),
    ).toEqual({
      'application/json': callbackTemplate(
        ['x-order', 'content-type'],
        [
          'MessageGroupId=$util.urlEncode($header1)',
          'MessageDeduplicationId=$util.urlEncode($context.requestId)',
        ],
      ),
    });
  });

  const headers = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      header: `X-${index}`,
      attribute: `a${index}`,
      required: true,
    }));

  test('leaves room for six header attributes beside those of every message', () => {
    expect(standardAttributes).toHaveLength(4);
    expect(templates({ headerAttributes: headers(6) })).toEqual({
      'application/json': [
        callbackTemplate(['content-type', 'x-0', 'x-1', 'x-2', 'x-3', 'x-4', 'x-5']),
        ...headers(6).map(({ attribute }, index) =>
          encodedAttribute(5 + index, attribute, 'String', `$header${2 + index}`),
        ),
      ].join(''),
    });
  });

  test('refuses a seventh', () => {
    expect(() => templates({ headerAttributes: headers(7) })).toThrow(
      '11 message attributes (requestId, sourceIp, receivedAt, contentType, a0, a1, a2, a3, a4, a5, a6): SQS takes 10 a message, leave out 1',
    );
  });
});

describe('the responses', () => {
  const refused =
    '#if($input.body.contains("must be shorter than"))#set($context.responseOverride.status = 413){"message":"The body is larger than the queue takes","requestId":"$context.requestId"}#elseif($input.body.contains("InvalidMessageContents") || $input.body.contains("InvalidParameterValue") || $input.body.contains("MissingParameter"))#set($context.responseOverride.status = 400){"message":"The queue cannot take this message","requestId":"$context.requestId"}#else{"message":"Not accepted, try again later","requestId":"$context.requestId"}#end';

  const integrationResponse = (status: string, template: string, selectionPattern?: string) => ({
    ...orders,
    http_method: '${aws_api_gateway_integration.api_orders_route_integration.http_method}',
    status_code: `\${aws_api_gateway_method_response.api_orders_route_method_response_${status}.status_code}`,
    ...(selectionPattern && { selection_pattern: selectionPattern }),
    response_templates: { 'application/json': template },
  });

  test('are an empty 200 for SQS’s 2xx, and 502 for whatever matches no pattern', () => {
    const { resource: resources } = route();

    expect(resources.aws_api_gateway_integration_response).toEqual({
      api_orders_route_integration_response_200: integrationResponse('200', '#set($nothing = "")', '2\\d{2}'),
      api_orders_route_integration_response_502: integrationResponse('502', refused),
    });
    expect(resources.aws_api_gateway_method_response).toEqual({
      api_orders_route_method_response_200: {
        ...orders,
        http_method: '${aws_api_gateway_method.api_orders_route_method.http_method}',
        status_code: '200',
      },
      api_orders_route_method_response_502: {
        ...orders,
        http_method: '${aws_api_gateway_method.api_orders_route_method.http_method}',
        status_code: '502',
      },
    });
  });

  test('name the message’s id where the callback is to answer with it', () => {
    expect(route({ accepted: 'message-id' }).resource.aws_api_gateway_integration_response).toEqual({
      api_orders_route_integration_response_200: integrationResponse(
        '200',
        '{"messageId":"$input.path(\'$.SendMessageResponse.SendMessageResult.MessageId\')"}',
        '2\\d{2}',
      ),
      api_orders_route_integration_response_502: integrationResponse('502', refused),
    });
  });
});
