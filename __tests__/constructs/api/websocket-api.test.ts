import { describe, expect, test } from 'vitest';
import type { WebSocketApiProps } from '../../../constructs/api/websocket-api';
import { statements, synthesized } from '../../support/synthesized';
import { exampleWebSocket } from './example-web-socket';

const api = { api_id: '${aws_apigatewayv2_api.api.id}' };

const configuration = (changes: Partial<WebSocketApiProps> = {}) =>
  synthesized(exampleWebSocket({ api: changes }).stack);

/** SendMessage with the ids that are given, and the attributes that the reply function reads. */
const template = (...ids: readonly string[]) =>
  [
    'Action=SendMessage',
    'MessageBody=$util.urlEncode($input.body)',
    ...ids,
    'MessageAttribute.1.Name=connectionId',
    'MessageAttribute.1.Value.DataType=String',
    'MessageAttribute.1.Value.StringValue=$util.urlEncode($context.connectionId)',
    'MessageAttribute.2.Name=requestId',
    'MessageAttribute.2.Value.DataType=String',
    'MessageAttribute.2.Value.StringValue=$util.urlEncode($context.requestId)',
  ].join('&');

const groupFromBody = "MessageGroupId=$util.urlEncode($input.path('$.room'))";
const deduplicationFromRequest = 'MessageDeduplicationId=$util.urlEncode($context.requestId)';

test('the API speaks WebSocket', () => {
  expect(configuration().resource.aws_apigatewayv2_api).toEqual({
    api: {
      name: 'dev-chat',
      description: 'Takes messages',
      protocol_type: 'WEBSOCKET',
      route_selection_expression: '$request.body.action',
    },
  });
});

describe('the $default route', () => {
  test('takes only messages that its model lets through', () => {
    expect(configuration().resource.aws_apigatewayv2_route).toEqual({
      api_default_route: {
        ...api,
        route_key: '$default',
        target: 'integrations/${aws_apigatewayv2_integration.api_default_route_integration.id}',
        model_selection_expression: '\\$default',
        request_models: { $default: '${aws_apigatewayv2_model.api_default_route_model.name}' },
      },
    });
  });

  test('sends to the queue as a role that may, with the ids that the reply needs', () => {
    const { resource } = configuration();

    expect(resource.aws_apigatewayv2_integration).toEqual({
      api_default_route_integration: {
        ...api,
        integration_type: 'AWS',
        integration_method: 'POST',
        integration_uri: 'arn:aws:apigateway:ap-northeast-2:sqs:path/111122223333/dev-messages.fifo',
        credentials_arn: '${aws_iam_role.sender.arn}',
        request_parameters: {
          'integration.request.header.Content-Type': "'application/x-www-form-urlencoded'",
        },
        passthrough_behavior: 'NEVER',
        template_selection_expression: '\\$default',
        request_templates: { $default: template(groupFromBody, deduplicationFromRequest) },
        depends_on: [
          'aws_iam_role_policy.sender_grants',
          'aws_sqs_queue_policy.queue_policy',
          'aws_sqs_queue_redrive_policy.queue_redrive',
        ],
      },
    });
    expect(resource.aws_apigatewayv2_integration_response).toEqual({
      api_default_route_integration_response: {
        ...api,
        integration_id: '${aws_apigatewayv2_integration.api_default_route_integration.id}',
        integration_response_key: '$default',
      },
    });
  });

  test('lets its role send, on the role’s side and on the queue’s', () => {
    const synthesizedStack = configuration();
    const arn = 'arn:aws:sqs:ap-northeast-2:111122223333:dev-messages.fifo';

    expect(statements(synthesizedStack, 'sender_grants_document')).toEqual([
      { sid: 'SendToTheQueue', effect: 'Allow', actions: ['sqs:SendMessage'], resources: [arn] },
    ]);
    expect((statements(synthesizedStack, 'queue_policy_document') as unknown[]).at(-1)).toEqual({
      sid: 'DevMessagesToQueueSends',
      effect: 'Allow',
      principals: [{ type: 'AWS', identifiers: ['arn:aws:iam::111122223333:role/dev-messages-to-queue'] }],
      actions: ['sqs:SendMessage'],
      resources: [arn],
    });
  });

  test.each<[string, Partial<WebSocketApiProps>, readonly string[]]>([
    [
      'the connection as group',
      { messageGroupId: { context: 'connectionId' } },
      ['MessageGroupId=$util.urlEncode($context.connectionId)', deduplicationFromRequest],
    ],
    [
      'a constant as group',
      { messageGroupId: { constant: 'all rooms' } },
      ['MessageGroupId=all%20rooms', deduplicationFromRequest],
    ],
    [
      'a field of the body as deduplication id',
      { messageDeduplicationId: { bodyField: 'id' } },
      [groupFromBody, "MessageDeduplicationId=$util.urlEncode($input.path('$.id'))"],
    ],
    ['no ids', { messageGroupId: undefined, messageDeduplicationId: undefined }, []],
  ])('can send %s', (_what, changes, ids) => {
    expect(configuration(changes).resource.aws_apigatewayv2_integration).toMatchObject({
      api_default_route_integration: { request_templates: { $default: template(...ids) } },
    });
  });
});

describe('an acknowledgement', () => {
  const { resource } = configuration({ acknowledgement: true });
  const response = (key: string, template: string) => ({
    ...api,
    integration_id: '${aws_apigatewayv2_integration.api_default_route_integration.id}',
    integration_response_key: key,
    template_selection_expression: '\\$default',
    response_templates: { $default: template },
  });

  test('makes the route two-way', () => {
    expect(resource.aws_apigatewayv2_route?.api_default_route).toMatchObject({
      route_key: '$default',
      route_response_selection_expression: '$default',
    });
    expect(resource.aws_apigatewayv2_route_response).toEqual({
      api_default_route_route_response: {
        ...api,
        route_id: '${aws_apigatewayv2_route.api_default_route.id}',
        route_response_key: '$default',
      },
    });
  });

  test('accepts for a 2xx of SQS alone, and says why it does not', () => {
    expect(resource.aws_apigatewayv2_integration_response).toEqual({
      api_default_route_integration_response_accepted: response(
        '/2\\d\\d/',
        '{"accepted":true,"requestId":"$context.requestId"}',
      ),
      api_default_route_integration_response: response(
        '$default',
        '#if($input.body.contains("InvalidMessageContents") || $input.body.contains("InvalidParameterValue") || $input.body.contains("MissingParameter"))' +
          '{"accepted":false,"requestId":"$context.requestId","message":"The queue cannot take this message"}' +
          '#else{"accepted":false,"requestId":"$context.requestId","message":"Not accepted, try again later"}#end',
      ),
    });
  });

  test('is what a deployment waits for', () => {
    expect(resource.aws_apigatewayv2_deployment).toMatchObject({
      stage_deployment: {
        depends_on: expect.arrayContaining([
          'aws_apigatewayv2_integration_response.api_default_route_integration_response_accepted',
          'aws_apigatewayv2_route_response.api_default_route_route_response',
        ]),
      },
    });
  });

  test('is not there unless it is asked for', () => {
    const off = configuration().resource;

    expect(off.aws_apigatewayv2_route_response).toBeUndefined();
    expect(off.aws_apigatewayv2_route?.api_default_route).not.toHaveProperty(
      'route_response_selection_expression',
    );
  });
});

describe('its model', () => {
  const model = (schema: string) => ({
    api_default_route_model: {
      ...api,
      name: 'Message',
      description: 'A message that SQS can take: its ids are in the body',
      content_type: 'application/json',
      schema,
    },
  });

  test('wants a group id that SQS takes', () => {
    expect(configuration().resource.aws_apigatewayv2_model).toEqual(
      model(
        '{"$schema":"http://json-schema.org/draft-04/schema#","properties":{"room":{"pattern":"^[!-~]{1,128}$","type":"string"}},"required":["room"],"type":"object"}',
      ),
    );
  });

  test('wants a deduplication id too where that is in the body', () => {
    const { resource } = configuration({ messageDeduplicationId: { bodyField: 'id' } });

    expect(resource.aws_apigatewayv2_model).toEqual(
      model(
        '{"$schema":"http://json-schema.org/draft-04/schema#","properties":{"id":{"pattern":"^[!-~]{1,128}$","type":"string"},"room":{"pattern":"^[!-~]{1,128}$","type":"string"}},"required":["room","id"],"type":"object"}',
      ),
    );
  });

  test.each<[string, Partial<WebSocketApiProps>]>([
    ['the connection', { messageGroupId: { context: 'connectionId' } }],
    ['a constant', { messageGroupId: { constant: 'all' } }],
    ['nothing', { messageGroupId: undefined, messageDeduplicationId: undefined }],
  ])('is not there when the group is %s', (_what, changes) => {
    const { resource } = configuration(changes);

    expect(resource.aws_apigatewayv2_model).toBeUndefined();
    expect(resource.aws_apigatewayv2_route).toEqual({
      api_default_route: {
        ...api,
        route_key: '$default',
        target: 'integrations/${aws_apigatewayv2_integration.api_default_route_integration.id}',
      },
    });
  });
});

describe('a $connect route', () => {
  test('is not there unless it is asked for', () => {
    const { resource } = configuration();

    expect(Object.keys(resource.aws_apigatewayv2_route ?? {})).toEqual(['api_default_route']);
    expect(resource.aws_apigatewayv2_route_response).toBeUndefined();
  });

  test.each(['NONE', 'AWS_IAM'] as const)(
    'with authorization %s accepts whoever passes that',
    (authorization) => {
      const { resource } = configuration({ connectAuthorization: authorization });

      expect(resource.aws_apigatewayv2_route?.api_connect_route).toEqual({
        ...api,
        route_key: '$connect',
        authorization_type: authorization,
        target: 'integrations/${aws_apigatewayv2_integration.api_connect_route_integration.id}',
        route_response_selection_expression: '$default',
      });
      expect(resource.aws_apigatewayv2_integration?.api_connect_route_integration).toEqual({
        ...api,
        integration_type: 'MOCK',
        template_selection_expression: '200',
        request_templates: { '200': '{"statusCode":200}' },
      });
      expect(resource.aws_apigatewayv2_integration_response?.api_connect_route_integration_response).toEqual({
        ...api,
        integration_id: '${aws_apigatewayv2_integration.api_connect_route_integration.id}',
        integration_response_key: '$default',
      });
      expect(resource.aws_apigatewayv2_route_response).toEqual({
        api_connect_route_route_response: {
          ...api,
          route_id: '${aws_apigatewayv2_route.api_connect_route.id}',
          route_response_key: '$default',
        },
      });
    },
  );
});
