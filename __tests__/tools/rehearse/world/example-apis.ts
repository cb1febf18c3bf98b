import { at, type Resources } from './example-stacks';

const form = { 'integration.request.header.Content-Type': "'application/x-www-form-urlencoded'" };

/** A REST API with `POST /v1/orders` into a queue, as the role `sender`. */
export function restApi(queueName: string, resourcePolicy?: string): Resources {
  const rest_api_id = '${aws_api_gateway_rest_api.api.id}';
  const method = { rest_api_id, resource_id: '${aws_api_gateway_resource.orders.id}', http_method: 'POST' };
  return {
    aws_api_gateway_rest_api: { api: { name: 'api', endpoint_configuration: { types: ['REGIONAL'] } } },
    aws_api_gateway_stage: { stage: { rest_api_id, stage_name: 'v1' } },
    aws_api_gateway_resource: {
      orders: {
        rest_api_id,
        parent_id: '${aws_api_gateway_rest_api.api.root_resource_id}',
        path_part: 'orders',
      },
    },
    aws_api_gateway_method: { orders: { ...method, authorization: 'NONE' } },
    aws_api_gateway_integration: {
      orders: {
        ...method,
        type: 'AWS',
        credentials: '${aws_iam_role.sender.arn}',
        integration_http_method: 'POST',
        uri: `arn:aws:apigateway:${at.region}:sqs:path/${at.accountId}/${queueName}`,
        passthrough_behavior: 'NEVER',
        request_parameters: form,
        request_templates: {
          'application/json': 'Action=SendMessage&MessageBody=$util.urlEncode($input.body)',
        },
      },
    },
    aws_api_gateway_integration_response: {
      accepted: { ...method, status_code: '202', selection_pattern: '2\\d{2}' },
      refused: { ...method, status_code: '502' },
    },
    ...(resourcePolicy !== undefined && {
      aws_api_gateway_rest_api_policy: { policy: { rest_api_id, policy: resourcePolicy } },
    }),
  };
}

/** A WebSocket API whose messages go to a FIFO queue, as the role `sender`. */
export function webSocketApi(queueName: string, connect?: object): Resources {
  const api_id = '${aws_apigatewayv2_api.api.id}';
  const fields = [
    'Action=SendMessage',
    'MessageBody=$util.urlEncode($input.body)',
    'MessageGroupId=$util.urlEncode($context.connectionId)',
    'MessageDeduplicationId=$util.urlEncode($context.requestId)',
    'MessageAttribute.1.Name=requestId',
    'MessageAttribute.1.Value.DataType=String',
    'MessageAttribute.1.Value.StringValue=$util.urlEncode($context.requestId)',
  ];
  return {
    aws_apigatewayv2_api: {
      api: {
        name: 'api',
        protocol_type: 'WEBSOCKET',
        route_selection_expression: '$request.body.action',
      },
    },
    aws_apigatewayv2_stage: { stage: { api_id, name: 'v1' } },
    aws_apigatewayv2_integration: {
      default: {
        api_id,
        integration_type: 'AWS',
        integration_method: 'POST',
        integration_uri: `arn:aws:apigateway:${at.region}:sqs:path/${at.accountId}/${queueName}`,
        credentials_arn: '${aws_iam_role.sender.arn}',
        passthrough_behavior: 'NEVER',
        request_parameters: form,
        request_templates: { $default: fields.join('&') },
        template_selection_expression: '\\$default',
      },
    },
    aws_apigatewayv2_route: {
      default: {
        api_id,
        route_key: '$default',
        target: 'integrations/${aws_apigatewayv2_integration.default.id}',
      },
      ...(connect && { connect: { api_id, route_key: '$connect', ...connect } }),
    },
  };
}
